# The one entry. Every target can be run again at any time and works from an empty clone.
# Variables: PORT (8000), DATA_DIR (var/), ARGS (passed on to the tests).

SHELL := /bin/sh
.DEFAULT_GOAL := help

PORT ?= 8000
DATA_DIR ?= var
export PORT DATA_DIR

# Compiled files are kept even where the machine says otherwise: dozens of processes start in a run.
export PYTHONDONTWRITEBYTECODE :=

# The first Python that is new enough; macOS keeps an old one under the plain name.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes
APT := $(shell test "$$(id -u)" = 0 || echo "sudo -n") env DEBIAN_FRONTEND=noninteractive apt-get -qq

.PHONY: help run dev test bench guards soak e2e lint format css coverage install install-dev install-browser clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run: install ## Start the shop with its worker, scheduler and queue (PORT, DATA_DIR)
	@exec $(BIN)/python -m workers up

dev: install-dev ## The same, restarting on every change and compiling the CSS
	@exec $(BIN)/python -m workers up --reload

test: install-dev install-browser ## Every test, on SQLite and PostgreSQL (ARGS="tests/orders -k refund")
	@$(BIN)/pytest --numprocesses=auto --dist=worksteal $(ARGS)

bench: install-dev ## Measured figures beside what this machine can do (ARGS="joins closing"); run it alone
	@$(BIN)/python -m tests.bench $(ARGS)

guards: install-dev ## Every guard of an invariant taken away once: its test must turn red
	@$(BIN)/python -m tests.guards $(ARGS)

soak: install-dev ## Break a shop while it is bought at, and keep a diary (ARGS="minutes=60 reservations=1000000")
	@$(BIN)/python -m tests.soak $(ARGS)

e2e: install-dev install-browser ## Only the journeys through a real browser
	@$(BIN)/pytest -m browser $(ARGS)

lint: install-dev ## Style, types, layers, templates, stale CSS, missing translations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy app workers tests wsgi.py
	@$(BIN)/lint-imports --cache-dir .cache/importlinter
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/pytest --quiet --durations=0 --durations-min=9 tests/architecture

format: install-dev ## Rewrite the code in the house format
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

css: install-dev ## Compile static/css/app.css
	@$(BIN)/tailwindcss --input static/css/input.css --output static/css/app.css --minify

coverage: install-dev install-browser ## Which lines no test runs
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest $(ARGS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

clean: ## Remove caches; the shop's data and the environment stay
	@rm -rf .cache .hypothesis htmcov

# The copy of the lock inside the environment says what is installed there.
install: $(BIN)/python
	@cmp -s requirements.txt .venv/requirements.txt || { \
		echo "Installing the shop's dependencies…"; \
		$(PIP) -r requirements.txt && cp requirements.txt .venv/requirements.txt; }

install-dev: $(BIN)/python
	@cmp -s requirements-dev.txt .venv/requirements-dev.txt || { \
		echo "Installing the tools for tests and checks…"; \
		$(PIP) -r requirements-dev.txt \
		&& cp requirements-dev.txt .venv/requirements-dev.txt \
		&& cp requirements.txt .venv/requirements.txt; }

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed." >&2; exit 1; }
	@$(PYTHON) -m venv .venv 2>/dev/null \
		|| { rm -rf .venv; $(APT) update && $(APT) install -y python3-venv && $(PYTHON) -m venv .venv; } \
		|| { rm -rf .venv; echo "$(PYTHON) cannot make environments (Debian: apt install python3-venv)." >&2; exit 1; }

# The browser without windows is six times as quick to open one for a visitor as the whole Chromium
# is, which is taken where there is no other.
HEADLESS := chromium-headless-shell
install-browser: install-dev
	@test -n "$(CHROMIUM)" || command -v $(HEADLESS) >/dev/null \
		|| { apt-cache show $(HEADLESS) && $(APT) install -y --no-install-recommends $(HEADLESS); } >/dev/null 2>&1 \
		|| $(BIN)/python -m tests.servers.chromium >/dev/null 2>&1 \
		|| { command -v apt-get >/dev/null && $(APT) update && $(APT) install -y --no-install-recommends chromium; } \
		|| $(BIN)/playwright install --only-shell chromium \
		|| { echo "The browser tests need Chromium (set CHROMIUM to its path)." >&2; exit 1; }
