# People and CI run the same few commands. Works on a fresh Debian 12 with git, make, python3 (venv, pip) and a package index.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test check format accuracy schemas lock clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): pyproject.toml uv.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.5"
	UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --frozen --inexact --quiet
	@touch $@

demo: $(READY) ## build the graph of the fictional samples, print one trace and one impact, write the page
	$(BIN)/lineage demo

test: $(READY) ## run the tests
	$(BIN)/python -m pytest

check: $(READY) ## ruff, formatting and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY) ## let ruff format and mend what it can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

accuracy: $(READY) ## measure the loaders on the fictional fixtures again and rewrite the table in README.md
	$(BIN)/python benchmarks/accuracy.py --write

schemas: $(READY) ## write the JSON Schemas in docs/ again from the record types
	$(BIN)/python tools/schemas.py

lock: $(READY) ## pin the newest allowed versions of all dependencies in uv.lock
	UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv lock --upgrade

clean: ## remove the environment and the caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
