"""What a generated client does about each risk of its surroundings, and which tests keep it so."""

from __future__ import annotations

from typing import NamedTuple


class Item(NamedTuple):
    risk: str
    does: str
    tests: tuple[str, ...]
    """As `file::function`, below `tests/`. None where there is nothing to test."""


_UNIT = "unit/test_runtime_"
_FAULT = "test_faults.py::test_a_fault_has_one_outcome"
_OWN = "test_runtime_items.py::test_"
_STANDARD = "features/test_stdlib_transport.py::test_"
_LARGE = "test_hostile_answers.py::test_large_answers_cost_what_they_weigh"

ITEMS = {
    "RT-01": Item(
        "`/`, `?`, `#`, `%` in a value of a path",
        "each octet but the unreserved of RFC 3986 is percent-encoded, in every style",
        (f"{_UNIT}url.py::test_a_segment_is_read_back", f"{_OWN}no_argument_leads_elsewhere"),
    ),
    "RT-02": Item(
        "a segment that is empty, `.` or `..`",
        "`ConstraintError`, which names the argument; `%2e%2e` is sent as `%252e%252e`",
        (
            f"{_UNIT}call.py::test_a_segment_that_makes_another_path_is_refused",
            f"{_OWN}no_argument_leads_elsewhere",
        ),
    ),
    "RT-03": Item(
        "a path of the document that is an address",
        "a URL is the base, checked once, and the path behind it: nothing is joined",
        (
            f"{_UNIT}confined.py::test_no_credential_leaves_unencrypted",
            f"{_UNIT}direct.py::test_a_path_stays_below_the_base",
            f"{_OWN}a_path_of_the_document_leads_nowhere",
        ),
    ),
    "RT-04": Item(
        "a value that ends its header",
        "names are tokens, values are visible ASCII with blanks within, or `ConstraintError`",
        (
            f"{_UNIT}headers.py::test_a_value_cannot_end_its_header",
            f"{_UNIT}headers.py::test_whatever_is_written_is_one_line_of_ascii",
        ),
    ),
    "RT-05": Item(
        "a value that begins another parameter or cookie",
        "queries and forms are encoded; a cookie that is not has no `;`, `,` or blank in it",
        (
            f"{_UNIT}url.py::test_a_query_is_read_back_by_others",
            f"{_UNIT}url.py::test_no_cookie_begins_another",
            f"{_UNIT}style.py::test_a_cookie_that_is_not_quoted_is_checked",
            f"{_OWN}no_argument_leads_elsewhere",
        ),
    ),
    "RT-06": Item(
        "a name of a file or field that ends its header",
        "it is quoted as HTML has it: `%22`, `%0D`, `%0A`",
        (f"{_UNIT}multipart.py::test_what_could_end_a_name_is_quoted",),
    ),
    "RT-07": Item(
        "a redirect with credentials",
        "none is followed, to whatever origin: it is a `StatusError`, whose text has no address",
        (_FAULT, "features/test_credentials.py::test_a_redirect_is_not_followed"),
    ),
    "RT-08": Item(
        "credentials over plain http",
        "`ConstraintError`, unless it is to this machine or `allow_http` is set",
        (
            f"{_UNIT}confined.py::test_no_credential_leaves_unencrypted",
            "features/test_credentials.py::test_they_do_not_leave_unencrypted",
        ),
    ),
    "RT-09": Item(
        "TLS that is not verified",
        "there is no option for it; a client of httpx2 or httpx, or `Connections`, with an "
        "`SSLContext` may be given",
        (f"{_OWN}a_certificate_of_nobody_is_refused", f"{_STANDARD}who_answers_is_verified"),
    ),
    "RT-10": Item(
        "proxies and `.netrc` of the environment",
        "proxies are taken, unless a client with `trust_env=False`, or `Connections` with proxies, "
        "is given; `.netrc` is never read",
        (f"{_OWN}proxies_are_those_of_the_environment", f"{_OWN}no_netrc_is_read"),
    ),
    "RT-11": Item(
        "an answer without end",
        "`max_bytes` of what is unpacked, 64 MiB if nothing is said, counted piece by piece. One "
        "limit for all answers: what is a token endpoint, a document says seldom",
        (_FAULT, "test_faults.py::test_the_memory_is_bounded"),
    ),
    "RT-12": Item(
        "a bomb of compressed data",
        "unpacked piece by piece up to `max_bytes`; several encodings, and unasked ones, are "
        "refused. Token endpoints may pack as well, since the limit holds for them",
        (_FAULT, "test_faults.py::test_the_memory_is_bounded"),
    ),
    "RT-13": Item(
        "an answer that drips",
        "`deadline` for the whole call, 600 seconds if nothing is said",
        (
            _FAULT,
            "test_faults.py::test_a_deadline_holds_on_a_connection_that_was_used_before",
            "test_faults.py::test_a_deadline_ends_the_sending",
        ),
    ),
    "RT-14": Item(
        "JSON that is deep, ambiguous or no JSON",
        "`DecodeError` for more than 100 levels, a name twice, `NaN`, numbers beyond a float or of "
        "4,301 digits. A lone surrogate is read, as servers cut texts anywhere, and is not sent",
        (
            f"{_UNIT}json.py::test_other_documents_are_refused",
            f"{_OWN}a_token_is_read_or_refused",
            _LARGE,
        ),
    ),
    "RT-15": Item(
        "another content type, HTML, nothing, a BOM",
        "`DecodeError`, which says what was expected and never what came",
        (_FAULT, f"{_OWN}a_token_is_read_or_refused"),
    ),
    "RT-16": Item(
        "another status",
        "`StatusError`; its `repr` shows no body",
        (
            _FAULT,
            f"{_UNIT}call.py::test_any_other_status_is_an_error",
            "test_silence.py::test_a_status_error_is_silent_in_every_way",
        ),
    ),
    "RT-17": Item(
        "secrets in reprs, errors, variables of frames, logs",
        "no error, `repr` or frame of the package shows one; keys of a query are `***` in what "
        "httpx logs. Values are plain data, which can be pickled: they are the caller's to keep",
        (
            "test_silence.py::test_a_status_error_is_silent_in_every_way",
            "test_faults.py::test_no_frame_keeps_a_secret",
            "test_faults.py::test_no_frame_keeps_a_credential_of_what_is_not_sent",
            "test_faults.py::test_no_logger_shows_a_key_of_the_query",
        ),
    ),
    "RT-18": Item(
        "an error that hangs on to the request",
        "errors are raised outside of what they were caught in: nothing hangs on to them",
        ("test_silence.py::test_a_transport_error_is_silent", _FAULT),
    ),
    "RT-19": Item(
        "a request that is sent again",
        "it is idempotent, has a key, or has not left (RFC 9110, section 9.2.2); a grant that is good "
        "for once has not left, whatever the caller says",
        (
            _FAULT,
            "unit/test_runtime_tries.py::test_another_is_not_where_it_may_have_arrived",
            "unit/test_runtime_tries.py::test_a_grant_is_presented_once_whatever_callers_say",
        ),
    ),
    "RT-20": Item(
        "secrets that are compared",
        "signatures of webhooks are, by `hmac.compare_digest`, before anything of them is read;"
        " a secret that is missing is an error",
        (
            f"{_UNIT}signature.py::test_whatever_is_changed_is_refused",
            f"{_UNIT}signature.py::test_no_error_shows_a_secret_or_a_right_signature",
            f"{_UNIT}signature.py::test_a_setting_that_is_missing_does_not_do_without",
        ),
    ),
    "RT-21": Item(
        "cookies that are kept",
        "none is sent back",
        (
            "test_faults.py::test_a_cookie_is_not_sent_back",
            f"{_UNIT}httpx.py::test_no_cookie_is_sent_again",
        ),
    ),
    "RT-22": Item(
        "threads that share a client",
        "a client does not change; copies with other credentials share its connections",
        (
            f"{_OWN}threads_keep_their_own_credentials",
            f"{_UNIT}transport.py::test_threads_that_come_first_together_share_a_transport",
        ),
    ),
    "RT-23": Item(
        "a client that is closed",
        "`TransportError`: the client is closed",
        (
            f"{_UNIT}session.py::test_a_closed_client_sends_nothing",
            f"{_UNIT}session.py::test_a_closed_asynchronous_client_sends_nothing",
        ),
    ),
    "RT-24": Item(
        "attributes that a server names",
        "unknown members are keys of `extra`, or nothing; their number is bounded by `max_bytes`",
        (f"{_OWN}no_member_becomes_an_attribute", _LARGE),
    ),
    "RT-25": Item(
        "patterns of the document that take forever",
        "nothing is held to one that may take very long, and generating warns of it "
        "(`unchecked-pattern`). By others, values are matched where decoding is strict, where "
        "variants are told apart, and before they are sent",
        (
            "unit/test_patterns_bounded.py::test_what_may_hang_is_not_searched_for",
            f"{_OWN}import_does_nothing",
        ),
    ),
    "RT-26": Item(
        "dates, UUIDs and decimals that are none",
        "`DecodeError`; an exponent of a decimal has four digits",
        (
            f"{_UNIT}formats.py::test_whatever_else_comes_is_refused_and_not_shown",
            "test_hostile_answers.py::test_a_decoder_takes_any_json",
            _LARGE,
        ),
    ),
    "RT-27": Item(
        "`expires_in` of every sort",
        "what the document says is read: an integer is no bool and no text, and may be negative "
        "where nothing forbids it. No client computes an expiry",
        (f"{_OWN}a_token_is_read_or_refused",),
    ),
    "RT-28": Item(
        "default arguments that are changed",
        "there are none that can be, but empty mappings that nobody changes",
        (f"{_OWN}defaults_stay_as_they_are",),
    ),
    "RT-29": Item(
        "an address of the document",
        "credentials go to none that is plain http; one that is relative, or has a user in it, is "
        "refused",
        (
            "features/test_relative_server.py::test_an_address_has_to_be_given",
            f"{_UNIT}session.py::test_a_base_url_is_plain",
            f"{_UNIT}confined.py::test_no_credential_leaves_unencrypted",
        ),
    ),
    "RT-30": Item(
        "an import that does something",
        "it opens files of its own and of Python, and compiles no pattern of the document; "
        "[BENCHMARKS.md](BENCHMARKS.md) says how long it takes",
        (f"{_OWN}import_does_nothing",),
    ),
}


def page() -> str:
    """Return `docs/RUNTIME.md`."""
    rows = [
        f"| {name} | {item.risk} | {item.does} | {_named(item.tests)} |\n"
        for name, item in ITEMS.items()
    ]
    return _BEFORE + "".join(rows)


def _named(tests: tuple[str, ...]) -> str:
    return "<br>".join(f"`{test}`" for test in tests) or "nothing to test"


_BEFORE = """\
# What a client does about its surroundings

Every answer is taken to be written by an attacker, and every argument to come from one. Each row is a
risk, what a generated client does about it, and the tests that keep it so, below `tests/`; the table
is written by `pytest tests/test_runtime_items.py --record`. [FAULTS.md](FAULTS.md) lists what becomes
of a call whose answer is wrong.

JSON takes more memory than it has bytes: some 25 times as much where it is all empty arrays. Where
that is too much, lower `max_bytes`. Where variants of a union can only be told apart by trying them,
and are within each other, each level is read once more, of a hundred that there can be.

| | risk | what a client does | tests |
|---|---|---|---|
"""
