"""Words of paging: what APIs call the parameters that ask for a page, and what a page says of others.

A name is compared by its letters and digits alone: `page[cursor]` is `pagecursor`, as `pageCursor` is.
"""

from __future__ import annotations

import re

_OTHER = re.compile(r"[^a-z0-9]")

SIZES = frozenset(
    (
        *("limit", "perpage", "pagesize", "size", "count", "maxresults", "maxitems", "first"),
        *("pagelimit", "top", "take", "maxpagesize", "resultsperpage", "itemsperpage"),
        *("maxcount", "maxkeys", "numitems", "rows"),
    )
)
"""Parameters that say how many items a page has."""
CURSORS = frozenset(
    (
        *("cursor", "pagecursor", "nextcursor", "startcursor", "aftercursor", "endcursor"),
        *("after", "pageafter", "startingafter", "startafter", "afterid", "lastid"),
        *("pagetoken", "token", "nexttoken", "nextpagetoken", "continuationtoken"),
        *("continuation", "continue", "marker", "bookmark", "paginationtoken", "paginationkey"),
        *("next", "nextkey", "startkey", "pagestate", "nextpage", "pageid"),
    )
)
PAGES = frozenset(("page", "pagenumber", "pageno", "pagenum", "pageindex"))
OFFSETS = frozenset(("offset", "pageoffset", "skip"))
STARTS = frozenset(("start", "startindex", "startat", "from", "startfrom"))
"""Offsets as well, though some begin at 1, and some are times."""
ASKING = (
    *("before", "since", "sinceid", "maxid", "minid"),
    *SIZES,
    *CURSORS,
    *PAGES,
    *OFFSETS,
    *STARTS,
)
"""All parameters that say anything of pages."""

NEXT_CURSORS = frozenset(
    (
        *("nextcursor", "nextpagetoken", "nexttoken", "nextpagecursor", "nextmarker", "nextkey"),
        *("nextcontinuationtoken", "continuationtoken", "continuation", "nextpagestate"),
        *("paginationtoken", "nextpaginationtoken", "cursornext", "nextpageid", "nextid"),
        *("next", "nextpage", "nextafter"),
    )
)
CURSORS_WITHIN = frozenset(("cursor", "after", "token", "startingafter", "pagetoken", "id"))
"""Within a member that is called `next`."""
ENDS = frozenset(("endcursor", "lastid", "lastcursor"))
"""They are there on the last page, too."""
NEXT_PAGES = frozenset(("nextpage", "nextpagenumber", "pagenext"))
NEXT_OFFSETS = frozenset(("nextoffset", "nextpageoffset", "nextstart", "nextskip", "nextindex"))
NEXT_URLS = frozenset(
    (
        *("next", "nexturl", "nexturi", "nextlink", "nexthref", "nextpageurl", "nextpageuri"),
        *("nextpagelink", "nextpage", "nextpath"),
    )
)
URLS_WITHIN = frozenset(("href", "url", "uri", "link"))
"""Within a member that is called `next`."""
MORE = frozenset(
    (
        *("hasmore", "hasnextpage", "hasnext", "hasmorepages", "hasmoreitems", "hasmoreresults"),
        *("moreavailable", "morepages", "more", "hasadditionalpages", "hasmoredata"),
    )
)
PAGE_COUNTS = frozenset(("totalpages", "pagecount", "numpages", "numberofpages", "pagestotal"))
LAST_PAGES = frozenset(("maxpage", "lastpage", "lastpagenumber", "pages"))
"""How many pages there are, where the first is 1."""
ITEM_COUNTS = frozenset(
    (
        *("total", "totalcount", "totalitems", "totalresults", "totalrecords", "totalentries"),
        *("totalhits", "totalelements", "totalrows", "totalnumber", "counttotal", "totalobjects"),
    )
)
ITEMS = (
    *("data", "items", "results", "records", "entries", "values", "list", "objects", "content"),
    *("elements", "nodes", "rows", "hits", "resources", "edges", "result"),
)
"""Arrays that are the items, where an answer has several."""
PLACES = frozenset(
    (
        *("pagination", "paging", "pageinfo", "pageinformation", "meta", "metadata", "links"),
        *("cursors", "cursor", "responsemetadata", "page", "pages", "next", "pageable"),
        *(
            "listmetadata",
            "listmeta",
            "searchmetadata",
            "pagingmetadata",
            "paginationinfo",
            "listinfo",
        ),
        *("pagemeta", "paginationmetadata", "resultinfo", "paginationresult", "paginator"),
    )
)
"""Members that speak of the page, not of its items."""


def plain(name: str) -> str:
    return _OTHER.sub("", name.lower())
