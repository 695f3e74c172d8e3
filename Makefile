# Zhengtong (政通). Needs Python >= 3.11, Node >= 20, make and git; nothing else.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
ZT := $(BIN)/zhengtong
BUILT := src/zhengtong/faces/shared/static/built

.PHONY: help demo setup setup-dev test test-postgres check lint screenshots clean
.DEFAULT_GOAL := help

help:  ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/' | column -t -s:

demo: setup  ## the sample city on this machine, at PORT or 8000; RESET=1 starts afresh
ifeq ($(RESET),1)
	rm -rf var
endif
	@ZHENGTONG_URL=$${ZHENGTONG_URL:-http://localhost:$(PORT)} $(ZT) demo --port $(PORT)

setup: $(VENV)/.base $(BUILT)/.done  ## installs everything into .venv and builds the assets

setup-dev: setup $(VENV)/.dev  ## the same with what the tests need

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements/base.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.done: package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILT)/.done: node_modules/.done $(VENV)/.base $(wildcard src/zhengtong/faces/shared/theme/*) $(wildcard src/zhengtong/faces/*/locale/*/LC_MESSAGES/*.po) package.json
	npm run --silent build
	$(BIN)/python -m tools.messages compile
	@mkdir -p $(BUILT) && touch $@

test: setup-dev check  ## every check and every test, the browser journeys included
	@$(BIN)/python -m tools.what_is_skipped
	$(BIN)/python -m pytest -n 2

test-postgres: setup-dev  ## the same tests on PostgreSQL, by DATABASE_URL
	@DATABASE_URL=$${DATABASE_URL:?say which: postgres://user@host:5432/name} $(BIN)/python -m tools.what_is_skipped
	DATABASE_URL=$${DATABASE_URL} $(BIN)/python -m pytest -n 2

check: setup-dev  ## formatting, lint, types, layers, translations, links, migrations
	$(BIN)/ruff format --check --quiet src tests bench tools
	$(BIN)/ruff check --quiet src tests bench tools
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	$(BIN)/python -m tools.messages check
	$(BIN)/python tools/check_links.py
	$(ZT) makemigrations --check --dry-run
	$(ZT) check charters/qingshan

screenshots: setup-dev  ## the pictures in docs/pictures, made from a city of their own
	$(BIN)/python -m tools.screenshots

clean:  ## removes what was installed and built; keeps var/, where the data are
	rm -rf $(VENV) node_modules $(BUILT)
