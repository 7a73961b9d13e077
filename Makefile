# Everything happens in this folder: the virtual environment, pip's cache and what the browser of the tests writes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := PIP_CACHE_DIR="$(CURDIR)/$(VENV)/cache" PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip --quiet
QUICK ?=
# The tests want Datasette in two versions, which no environment can have both.
DATASETTE_1 := $(VENV)/datasette-1
# And wacz, whose libraries nothing else needs, to validate what is exported.
WACZ := $(VENV)/wacz
# A web archive to ask, which has a package of the tests' name.
PYWB := $(VENV)/pywb

.PHONY: help demo test coverage bench screenshots clean
.DEFAULT_GOAL := help

help: ## show this list
	@echo "Archiver: finds the social-media embeds in your articles and keeps them readable offline."
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20
	@echo
	@echo "  PYTHON=python3.12 make test   another Python than python3, for a fresh .venv"

$(VENV)/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Archiver needs Python 3.11 or newer; name one with PYTHON=python3.11" >&2; exit 1; }
	@echo "--> making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --upgrade "pip>=25.1"  # older ones know no --group
	@touch $@

$(VENV)/demo.stamp: $(VENV)/python.stamp pyproject.toml
	@echo "--> installing archiver into $(VENV)"
	@$(PIP) install --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/demo.stamp $(VENV)/datasette-1.stamp $(VENV)/wacz.stamp $(VENV)/pywb.stamp
	@echo "--> installing the tools of the tests into $(VENV)"
	@$(PIP) install --group dev
	@touch $@

$(VENV)/datasette-1.stamp: $(VENV)/demo.stamp
	@echo "--> installing Datasette 1.0 into $(DATASETTE_1)"
	@$(BIN)/python -m venv --without-pip $(DATASETTE_1)
	@$(PIP) --python $(DATASETTE_1)/bin/python install --editable . --group datasette-1
	@touch $@

$(VENV)/wacz.stamp: $(VENV)/demo.stamp
	@echo "--> installing wacz into $(WACZ)"
	@$(BIN)/python -m venv --without-pip $(WACZ)
	@$(PIP) --python $(WACZ)/bin/python install --group wacz
	@touch $@

$(VENV)/pywb.stamp: $(VENV)/python.stamp pyproject.toml
	@echo "--> installing pywb into $(PYWB)"
	@$(BIN)/python -m venv --without-pip $(PYWB)
	@$(PIP) --python $(PYWB)/bin/python install --group pywb
	@touch $@

demo: $(VENV)/demo.stamp ## set up, archive examples/articles and say what to open
	@echo "--> archiver run examples/articles"
	@$(BIN)/archiver run examples/articles --db archive.db --site site
	@echo
	@echo "Open the site:      $(CURDIR)/site/index.html"
	@echo "Ask the database:   $(BIN)/archiver stats --db archive.db"

test: $(VENV)/test.stamp ## set up and run every check: format, types, README, tests
	@echo "--> ruff"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "--> mypy"
	@$(BIN)/mypy
	@echo "--> the README's generated parts"
	@$(BIN)/cog --check README.md
	@echo "--> pytest"
	@mkdir -p $(VENV)/home
	@HOME="$(CURDIR)/$(VENV)/home" $(BIN)/pytest -q -n auto --dist worksteal
	@echo "All checks passed."

coverage: $(VENV)/test.stamp ## run the tests and say what of the package they do not run: a third slower
	@mkdir -p $(VENV)/home
	@HOME="$(CURDIR)/$(VENV)/home" $(BIN)/pytest -q -n auto --dist worksteal --cov --cov-report=term:skip-covered --cov-fail-under=90

bench: $(VENV)/test.stamp ## measure speed and memory beside a reference (QUICK=1: a smaller corpus)
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

screenshots: $(VENV)/test.stamp ## make pictures of twelve pages to look at, and the one in the README
	@$(BIN)/python -m benchmarks.screenshots screenshots

clean: ## remove what demo and test made, the virtual environment too
	rm -rf $(VENV) site screenshots archive.db archive.db-shm archive.db-wal .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
