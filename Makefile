# `make demo` and `make test` set everything up themselves: a virtual environment in .venv with
# deltarule and what the target needs. Needs Python 3.11 or newer and make, nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MINUTES ?= 15
COUNT ?= 20000
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test check bench golden docs fuzz clean

demo: $(VENV)/.demo
	$(BIN)/python demo/run.py

test: $(VENV)/.test check
	$(BIN)/python -m pytest -n 2

check: $(VENV)/.test
	$(BIN)/ruff check src tests benchmarks tools demo
	$(BIN)/ruff format --check src tests benchmarks tools demo
	$(BIN)/mypy

bench: $(VENV)/.test
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/parse.py
	$(BIN)/python benchmarks/derive.py

golden: $(VENV)/.test
	$(BIN)/python tests/regenerate.py

docs: $(VENV)/.test
	$(BIN)/python tools/make_docs.py
	$(BIN)/python tools/make_pages.py

fuzz: $(VENV)/.test
	$(BIN)/python tools/fuzz_systems.py --count $(COUNT)
	$(BIN)/python tools/fuzz.py --minutes $(MINUTES)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist fit.* demo-output

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "deltarule needs Python 3.11 or newer: make PYTHON=python3.12 demo"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[demo]'
	@touch $@

# PyTorch is an independent witness of the tests, not a dependency: without it those tests say so.
$(VENV)/.test: pyproject.toml | $(BIN)/python
	$(PIP) torch==2.13.0 || echo "PyTorch is not available here: tests that compare with it are skipped"
	$(PIP) --editable '.[test,check]'
	@touch $@
