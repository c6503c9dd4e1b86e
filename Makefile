# Gazette's commands; `make` alone lists them. Needs Python 3.11 or newer and make, nothing else.
SHELL := /bin/bash
PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3 python; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$each"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
# Twice quiet: only errors, since warnings about how packages are built look like failures.
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check
WORKERS ?= auto

.DEFAULT_GOAL := help
.PHONY: help run setup setup-dask setup-dev test test-thorough coverage test-fast test-postgres test-crash check fix bench quality preview picture docs lock release clean

help:  ## List these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: setup  ## Set up, read seeds/ and print today's digest; with DISCORD_TOKEN, start the bot
	@$(BIN)/gazette start

setup: $(VENV)/.runtime  ## Create .venv with the packages the bot needs

setup-dask: $(VENV)/.dask  ## The same, plus the packages for analysis on a Dask cluster (docs/scale.md)

setup-dev: $(VENV)/.dev  ## The same, plus packages for tests, checks and benchmarks

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Gazette needs Python 3.11 or newer. Install it, or run: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing. On Debian and Ubuntu, run: sudo apt install python3-venv" >&2; exit 1; }

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(BIN)/python
	@test -f $(VENV)/.dev || echo "Installing packages into $(VENV) (only once, takes a minute or two) …"
	@test -f $(VENV)/.dev || $(PIP) --no-deps --require-hashes -r requirements/runtime.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dask: requirements/dask.txt pyproject.toml | $(BIN)/python
	@echo "Installing packages for a Dask cluster into $(VENV) (only once, takes a minute or two) …"
	@$(PIP) --no-deps --require-hashes -r requirements/dask.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.runtime

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "Installing packages for tests into $(VENV) (only once, takes a minute or two) …"
	@$(PIP) --no-deps --require-hashes -r requirements/dev.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.runtime

test: setup-dev check  ## Run all checks, and all tests that take less than a minute, on SQLite and PostgreSQL
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not thorough"

test-thorough: setup-dev check  ## Run all checks and all tests, with many more examples of what may come in
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --hypothesis-profile thorough

coverage: setup-dev  ## Run the tests of `make test` and show which lines none of them ran
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not thorough" --cov --cov-report=term

test-fast: setup-dev  ## Run the tests that take no more than a few seconds each
	$(BIN)/python -m pytest -n $(WORKERS) -m "not slow and not e2e and not browser"

test-postgres: setup-dev  ## Run the tests that need PostgreSQL (starts a server of its own)
	$(BIN)/python -m pytest -m postgres

test-crash: setup-dev  ## Kill the bot 300 times and count the messages in the channel
	$(BIN)/python -m benchmarks.crash_recovery

check: setup-dev  ## Run ruff, mypy --strict, import contracts; look for dead code and unused dependencies
	$(BIN)/ruff check bot summarizers tests benchmarks training
	$(BIN)/ruff format --check bot summarizers tests benchmarks training
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/deptry .
	$(BIN)/python -m bot.settings --check config/gazette.toml
	$(BIN)/python -m benchmarks.reference_pages --check

fix: setup-dev  ## Fix what ruff can and rewrite generated files
	$(BIN)/ruff check --fix bot summarizers tests benchmarks training
	$(BIN)/ruff format bot summarizers tests benchmarks training
	$(BIN)/python -m bot.settings --write config/gazette.toml
	$(BIN)/python -m benchmarks.reference_pages

quality: setup-dev  ## Measure the quality of every analysis; write docs/quality.md
	$(BIN)/python -m benchmarks.quality

bench: setup-dev  ## Measure speed against named libraries; write docs/speed.md
	$(BIN)/python -m benchmarks.speed

picture: setup-dev  ## Redraw the README's pictures (needs Chromium)
	$(BIN)/python -m benchmarks.screenshots

preview: setup  ## Show today's digest in a browser as Discord draws it
	@$(BIN)/gazette preview --open

docs: build/docs-venv/.installed  ## Build the documentation as a site, in build/site; a warning is an error
	@NO_MKDOCS_2_WARNING=1 build/docs-venv/bin/mkdocs build --strict
	@echo "build/site/index.html"

build/docs-venv/.installed: requirements/docs.txt
	@test -n "$(PYTHON)" || { echo "Gazette needs Python 3.11 or newer. Install it, or run: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -m venv build/docs-venv
	@build/docs-venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements/docs.txt
	@touch $@

lock:  ## Update the lock files from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --no-strip-extras --no-emit-index-url --no-emit-find-links --python-version 3.11 --extra meaning --extra pdf pyproject.toml -o requirements/runtime.txt
	uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --no-strip-extras --no-emit-index-url --no-emit-find-links --python-version 3.11 --extra dask --extra meaning --extra pdf --constraints requirements/runtime.txt pyproject.toml -o requirements/dask.txt
	uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --no-strip-extras --no-emit-index-url --no-emit-find-links --python-version 3.11 --extra dask --extra mcp --extra meaning --extra pdf --group test --group check --group bench pyproject.toml -o requirements/dev.txt
	{ echo '# For hosts that build from a Procfile: the packages of requirements/runtime.txt, and Gazette itself. Made by `make lock`.'; \
		sed -nE 's/^([A-Za-z0-9_.-]+(\[[a-z,-]+\])?==[^\]*[^ \]) *\\?$$/\1/p' requirements/runtime.txt; echo .; } > requirements.txt

release: setup-dev  ## Check version and changelog, then build the wheel and the source package into dist/
	@$(BIN)/python .ci/release

clean:  ## Remove what was installed and cached here; keep the database
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage* htmlcov build *.egg-info
