# Everything a developer runs. `make demo` and `make test` need only Python 3.11+ and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CONFIG ?= config.toml
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-header
EXTRAS := --extra postgres --extra demo --extra build

.PHONY: demo run test check lint format lock lock-check install install-dev clean

demo: install  ## deliver a sample inbox to an embedded mail server and answer it
	$(BIN)/postroom demo --into var/demo

run: install  ## start the poller on config.toml, for good
	$(BIN)/postroom --config $(CONFIG) run

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.installed-dev: $(VENV)/bin/python requirements-dev.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(VENV)/.installed $@

lock:  ## pin every dependency, with hashes
	$(COMPILE) $(EXTRAS) --output-file requirements.lock
	$(COMPILE) $(EXTRAS) --extra dev --constraints requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) var build dist
