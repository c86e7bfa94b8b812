# Everything runs in .venv, made here from the locked requirements. `make help` lists what there is.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# The locks are complete: nothing beyond them is looked for.
INSTALL = $(PIP) install --quiet --no-deps --require-hashes -r
# Root in a fresh container is no reason for a warning: the packages go into .venv.
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help demo test lint browser database java messages bench fuzz docs lock clean

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

demo: $(VENV)/.installed ## Read the articles in examples/ and show their claims
	@$(BIN)/dabi read examples --format table
	@mkdir -p build
	@$(BIN)/dabi read examples --format html --output build/demo.html
	@echo "The same as one page, with every mention marked in its article: build/demo.html"
	@echo "All of them in a ledger, in the browser: $(BIN)/dabi serve --demo"

# Spread over the cores. Browsers by themselves: Playwright keeps a loop of asyncio running in its process, and no other
# test with one can run beside it.
SPREAD := --numprocesses auto --maxprocesses 4 --dist worksteal

test: lint browser database java ## Run all checks and tests
	$(BIN)/python -m pytest $(SPREAD) --ignore tests/browser
	$(BIN)/python -m pytest $(SPREAD) tests/browser

lint: $(VENV)/.installed-dev ## Check style, types and the one-way order of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

browser: # What tests/browser/ drives; installed where that is allowed, else those tests say that they were skipped
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
		&& apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null; } \
		|| echo "chromium is not here and could not be installed: the tests in tests/browser/ will be skipped" >&2

database: # The second store of the contract tests; without it they say that they were skipped
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq \
		&& apt-get install -y -qq --no-install-recommends postgresql >/dev/null; } \
		|| echo "PostgreSQL is not here and could not be installed: its half of the tests will be skipped" >&2

java: # What the distributed engine runs on; without it the tests of cluster/ say that they were skipped
	@command -v java >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
		&& apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null; } \
		|| echo "Java 17 is not here and could not be installed: the tests of cluster/ will be skipped" >&2

messages: $(VENV)/.installed ## Gather and compile the words of the desk after a change to its pages
	$(BIN)/python docs/messages.py

bench: $(VENV)/.installed-dev ## Measure speed and memory, beside dateparser
	$(BIN)/python -m bench

MINUTES ?= 10
fuzz: $(VENV)/.installed-dev ## Look for crashes and for inputs that cost too much, for MINUTES=10
	$(BIN)/python -m bench.fuzz --minutes $(MINUTES)

docs: $(VENV)/.installed ## Regenerate the pages of docs/ that come from the code and the lexicon
	$(BIN)/python docs/generate.py

lock: ## Resolve the requirements anew into requirements*.lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check install --quiet uv
	build/lock/bin/uv pip compile $(RESOLVE) --output-file requirements.lock --extra export pyproject.toml
	build/lock/bin/uv pip compile $(RESOLVE) --output-file requirements-dev.lock \
		--constraint requirements.lock --all-extras pyproject.toml

RESOLVE := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links --only-binary pyicu --group build

clean: ## Remove the environment and everything that was generated outside git
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "dabi needs Python 3.11 or newer; name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	$(INSTALL) requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(INSTALL) requirements-dev.lock
	@touch $@
