# Everything a developer runs. `make demo` and `make test` need only Python 3.11+ and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CONFIG ?= config.toml
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-header
# Whoever keeps Python from writing bytecode would wait a second longer for each command.
COMPILE_OURS := $(BIN)/python -m compileall -q intake responders storage
EXTRAS := --extra oauth --extra graph --extra postgres --extra demo --extra build

# Tests that need Dovecot or PostgreSQL start servers of their own; these are their programs.
SERVERS := dovecot-imapd postgresql
# Opens, fills in and saves the spreadsheets of a few tests.
OFFICE  := libreoffice-calc
JOBS    ?= 2

# Kept whatever the environment says: each of the many processes would compile every module anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo simulate run test test-all evaluate bench bench-small laws faults faults-small check lint \
	format types guards docs lock lock-check install install-dev servers peers help clean

demo: install  ## deliver a sample inbox to an embedded mail server and answer it
	$(BIN)/postroom demo --into var/demo

simulate: install  ## play the year of the grant call on a fake clock, and judge it
	$(BIN)/postroom simulate ace --into var/simulation

run: install  ## start the poller on config.toml, for good
	$(BIN)/postroom --config $(CONFIG) run

PYTEST := $(BIN)/pytest --quiet --numprocesses $(JOBS) --dist worksteal

test: install-dev servers  ## the everyday tests, on real servers
	$(PYTEST) -m "not slow"

test-all: install-dev servers  ## every test, also those that take seconds by their nature
	$(PYTEST)

LAWS_TESTS := tests/storage/domain tests/responders/test_reminder_lives.py
laws: install-dev  ## every law on as many examples as it was proven on
	LAWS=full $(BIN)/pytest --quiet --numprocesses $(JOBS) $(LAWS_TESTS)

# ROWS="R1 S3" measures some rows only, JSON=1 is for machines. JOBS rows are measured at once.
FAULTS = @$(MAKE) --silent --no-print-directory install-dev servers >&2 && \
	$(BIN)/python -m tests.faults $(ROWS) --jobs $(JOBS) $(if $(JSON),--json)

faults:  ## the scoreboard: kills, faults, floods and attacks in full size, beside the targets
	$(FAULTS)

# One more at once: the slowest of the small rows only waits for servers that say nothing.
faults-small:  ## the same rows, a little of everything
	$(FAULTS) --small --jobs 3

# CORPUS=DIR and THIRDPARTY=DIR name folders to measure, JSON=1 is for machines, DETAIL=1 shows each
# field and each corpus, MISSES=1 lists what was missed.
evaluate:  ## how right and how fast messages are read, beside the targets
	@$(MAKE) --silent --no-print-directory install-dev >&2
	@$(BIN)/python -m benchmarks.evaluate $(foreach folder,$(CORPUS),--corpus $(folder)) \
		$(if $(THIRDPARTY),--thirdparty $(THIRDPARTY)) $(if $(JSON),--json) \
		$(if $(DETAIL),--detail) $(if $(MISSES),--misses)

# ONLY="1 9" measures some things only. fetchmail is one of those that we are compared with.
BENCH = $(MAKE) --silent --no-print-directory install-dev servers peers >&2 && \
	$(BIN)/python -m benchmarks.speed $(ONLY)

bench:  ## how fast everything is, beside others and beside its goal; writes benchmarks/results.json
	@$(BENCH)

bench-small:  ## the same measures, a little of each: the figures mean nothing
	@$(BENCH) --small --to build/bench-small.json

check: lint types lock-check guards  ## everything that can be said without running the tests

lint: install-dev  ## style, import order, formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: install-dev  ## put style and formatting right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: install-dev  ## types, strictly
	$(BIN)/mypy

guards: install-dev  ## import rule, documents, migrations: what a reviewer would have to notice
	$(BIN)/pytest --quiet tests/test_repository.py tests/test_documents.py \
		tests/intake/configuration/test_configuration_reference.py tests/storage/test_migrations.py

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(COMPILE_OURS)
	touch $@

$(VENV)/.installed-dev: $(VENV)/bin/python requirements-dev.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(COMPILE_OURS)
	touch $(VENV)/.installed $@

# Debian's `postgresql` starts a server of its own on installation; the tests leave it alone.
servers:
	@if [ -x /usr/sbin/dovecot ] && ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q && \
		DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $(SERVERS); \
	else echo "Not installed: $(SERVERS). The tests that need them will say so."; fi
	@if [ -x /usr/bin/soffice ] || [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then :; \
	else DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $(OFFICE) || \
		echo "Not installed: $(OFFICE). The tests that need it will say so."; fi

peers:
	@if [ -x /usr/bin/fetchmail ] || [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then :; \
	else DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends fetchmail || \
		echo "Not installed: fetchmail. The measure that needs it will say so."; fi

docs: install  ## write the documents that come from the code
	$(BIN)/python -m intake.commands.reference > docs/commands.md
	$(BIN)/python -m intake.configuration.reference > docs/configuration.md

lock: install-dev  ## pin every dependency, with hashes
	$(COMPILE) $(EXTRAS) --output-file requirements.lock
	$(COMPILE) $(EXTRAS) --extra dev --constraints requirements.lock --output-file requirements-dev.lock

lock-check: install-dev  ## the locks say what pyproject.toml asks for
	@rm -rf build/locks && mkdir -p build/locks && cp requirements.lock requirements-dev.lock build/locks/
	$(COMPILE) $(EXTRAS) --output-file build/locks/requirements.lock >/dev/null
	$(COMPILE) $(EXTRAS) --extra dev --constraints requirements.lock --output-file build/locks/requirements-dev.lock >/dev/null
	diff -u requirements.lock build/locks/requirements.lock
	diff -u requirements-dev.lock build/locks/requirements-dev.lock

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*##/\1\t/p' $(MAKEFILE_LIST) | expand -t 14

clean:  ## remove what was installed and built
	rm -rf $(VENV) var build dist
