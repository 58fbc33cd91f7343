# Every target sets itself up: .venv holds the product, editable, and all that checks it.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# What Specloom emits is checked as a stranger would check it: without this project's configuration.
# Its modules import one another by relative names (TID252), so that a package can be vendored.
OURS := generator tests
EMITTED := generated templates/runtime templates/transports $(wildcard tests/corpus/*/want)
RULES := E,F,W,I,UP,B,A,C4,PIE,RET,RSE,RUF,SIM,T20,TID,PERF,FURB,PT,DTZ

PYTHON ?=
CANDIDATES := $(or $(PYTHON),python3 python3.13 python3.12 python3.11)
VERSION := import sys; print("%d.%d.%d;" % sys.version_info[:3])

# A .venv serves one folder and one Python: if it was copied here, or PYTHON asks for another
# version, it is made anew.
SERVES := in $(CURDIR):$(if $(PYTHON), $(or $(shell $(PYTHON) -c '$(VERSION)' 2>/dev/null),none))
ifeq ($(findstring $(SERVES),$(shell test -x $(BIN)/python && cat $(READY) 2>/dev/null)),)
STALE := stale
endif

unexport PYTHONHOME PYTHONPATH

.DEFAULT_GOAL := help
.PHONY: help generate test lint ruff mypy basedpyright black bench large polar prism spector transports confinement jsts conformance oracle breadth audit unions recognised corpus ledger fuzz hostile clean stale bandit advisories

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 20
	@echo
	@echo '  PYTHON=python3.12 chooses the Python of $(VENV); it has to be 3.11 or newer.'

generate: $(READY) ## Generate every target of [tool.specloom] in pyproject.toml
	$(BIN)/specloom generate

test: $(READY) ## Run the tests of the generator and of what it generated
	$(BIN)/pytest -n auto --no-loadscope-reorder

lint: ruff mypy basedpyright black bandit advisories ## Run every check; with -k, also those after a failure

ruff: $(READY)
	$(BIN)/ruff check $(OURS)
	$(BIN)/ruff check --isolated --target-version py311 --select $(RULES) --ignore E501,TID252 $(EMITTED)

# Twice, since both roots may have a tests/conftest.py.
mypy: $(READY)
	$(BIN)/mypy --strict $(OURS) templates/runtime
	$(BIN)/mypy --strict generated

basedpyright: $(READY)
	$(BIN)/basedpyright

black: $(READY)
	$(BIN)/black --quiet --check --diff $(OURS)
	$(BIN)/black --quiet --check --diff --config /dev/null $(EMITTED)

# Generated tests copy by pickle what they have made, and give clients credentials that open nothing.
TESTED := B301,B403,B106
bandit: $(READY)
	$(BIN)/bandit --quiet -c pyproject.toml -r generator templates/runtime templates/transports generated -x generated/tests
	$(BIN)/bandit --quiet -c pyproject.toml -r generated/tests --skip $(TESTED)

advisories: $(READY)
	$(BIN)/python -m tests.judges.advisories

bench: $(READY) ## Measure against peers, in environments of their own
	$(BIN)/python -m tests.bench

large: $(READY) ## Measure large documents of the folder CORPUS against a peer
	$(BIN)/python -m tests.bench.large $(CORPUS)

polar: $(READY) ## Compare the client of DOC, which is Polar's document, with Polar's own
	@$(BIN)/python -m tests.bench.polar_sdk $(DOC)

# Judges that other people wrote, below .judges: they need npm, and documents of your own to judge.
DOC ?= specs/polar-oauth2.yaml

prism: $(READY) ## Call every operation of DOC against Prism
	$(BIN)/python -m tests.judges.prism $(DOC)

spector: $(READY) ## Play the scenarios of TypeSpec in the folder SCENARIOS
	$(BIN)/python -m tests.judges.spector $(SCENARIOS)

DOCS ?= $(DOC)

transports: $(READY) ## Compare what each transport sends for the operations of DOCS
	$(BIN)/python -m tests.judges.transports $(DOCS)

confinement: $(READY) ## See where the credentials of a client of DOC go
	$(BIN)/python -m tests.judges.confinement $(DOC)

jsts: $(READY) ## Play the cases for KEYWORDS of the JSON Schema Test Suite in the folder SUITE
	$(BIN)/python -m tests.judges.jsts $(SUITE) $(KEYWORDS)

conformance: $(READY) ## Count what conforms of the JSON Schema Test Suite, its drafts in the folder SUITE
	$(BIN)/python -m tests.judges.conformance $(SUITE)

oracle: $(READY) ## Compare codecs of the documents in the folder CORPUS with other validators, by oracle.py in SUITES
	@$(BIN)/python -m tests.judges.oracle $(SUITES) $(CORPUS)

breadth: $(READY) ## Say what becomes of every document in the folders FOLDERS
	$(BIN)/python -m tests.judges.breadth $(FOLDERS)

audit: $(READY) ## Make packages and tests of all documents in the folders FOLDERS: the gate lets each file pass
	$(BIN)/python -m tests.judges.breadth $(FOLDERS) --tests

unions: $(READY) ## Say how every union of the documents in the folder CORPUS is told apart
	$(BIN)/python -m tests.judges.unions $(CORPUS)

recognised: $(READY) ## Say which pages, streams and webhooks are recognised in five documents of the folder CORPUS
	@$(BIN)/python -m tests.judges.recognised $(CORPUS)

corpus: $(READY) ## Generate, import, check and test all documents of the folder CORPUS
	@$(BIN)/python -m tests.judges.corpus $(CORPUS)

hostile: $(READY) ## See whether the hostile documents of the folder CORPUS can hurt, by run_hostile.py in SUITES
	@$(BIN)/python -m tests.judges.hostile $(SUITES) $(CORPUS)

ledger: $(READY) ## Try the ledger of fidelity on the documents in the folder CORPUS
	$(BIN)/python -m tests.judges.ledger $(CORPUS)

SECONDS ?= 600

fuzz: $(READY) ## Look for SECONDS seconds for documents that Specloom comes to grief on
	@$(BIN)/python -m tests.fuzz $(SECONDS) --checked

clean: ## Remove what the other targets made, apart from generated code
	rm -rf $(VENV) .bench .judges build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find generator generated templates tests -name __pycache__ -prune -exec rm -rf {} +

define SUITABLE
import sys
if sys.version_info < (3, 11):
    sys.exit("is Python %d.%d" % sys.version_info[:2])
try:
    import ensurepip, venv
except ImportError:
    sys.exit("has no venv (on Debian and Ubuntu: apt-get install python3-venv)")
endef
export SUITABLE

# pip 25.3 and later read constraints of a build from a variable of its own.
$(READY): export PIP_CONSTRAINT := constraints.txt
$(READY): export PIP_BUILD_CONSTRAINT := constraints.txt
# The last line vouches for all before it, so an interrupted run starts over.
$(READY): pyproject.toml constraints.txt $(STALE)
	@for python in $(CANDIDATES); do \
	    if why=$$($$python -c "$$SUITABLE" 2>&1); then \
	        echo "Setting up $(VENV) with $$python ..."; \
	        exec $$python -m venv --clear $(VENV); \
	    fi; \
	    reasons="$$reasons\n  $$python: $$(echo "$$why" | head -n 1)"; \
	done; \
	printf "Specloom needs Python 3.11 or newer with venv; PYTHON=... says where it is.$$reasons\n" >&2; \
	exit 1
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --editable '.[dev]'
	@echo "in $(CURDIR): $$($(BIN)/python -c '$(VERSION)')" > $@
