# make demo    a first look: installs everything, crawls a small site of our own, shows what you get
# make test    the test suite
# make test-all  and the long ones: a month of a source, sites of ten kinds, a killed browser, scrapyd
# make check   format, lint, types, tests
# make fuzz    10,000 of our pages broken on purpose: none may raise or take more than a second

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test test-all check fuzz format docs bench install clean help
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# //p' Makefile

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "newsbot needs Python 3.11 or newer; set PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@echo "installing newsbot and what it needs into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $(STAMP)

install: $(STAMP)

demo: $(STAMP)
	@$(BIN)/python -m tests.site.demo

test: $(STAMP)
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

test-all: $(STAMP)
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m "long or not long"

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(STAMP)
	$(BIN)/python -m newsbot.store.describe > docs/schema.md
	$(BIN)/python -m newsbot.catalogue.describe > docs/sources.md

fuzz: $(STAMP)
	$(BIN)/python -m tests.quality.mutate --pages 10000

bench: $(STAMP)
	$(BIN)/python -m benchmarks.crawl

clean:
	rm -rf $(VENV) demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
