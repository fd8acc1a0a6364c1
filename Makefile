# make sample   install textmend in .venv and repair the sample
# make test     install textmend in .venv and run the tests against what was installed
# make lint     check style and types
# make clean    remove the environment and the caches
#
# It takes Python 3.11 or later, pip, git and make. PYTHON=python3.12 chooses another Python.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SAMPLE := fixtures/seed

.PHONY: sample test lint clean

sample: $(BIN)/python
	@$(PIP) install .
	@$(BIN)/textmend fix $(SAMPLE)/garbled.txt > $(VENV)/sample.txt
	@cmp $(VENV)/sample.txt $(SAMPLE)/expected.txt
	@head -n 5 $(VENV)/sample.txt
	@echo
	@echo "The whole repaired article is the same as $(SAMPLE)/expected.txt."

test: $(BIN)/python
	@$(PIP) install '.[dev]'
	$(BIN)/python -m pytest $(TESTS)

lint: $(BIN)/python
	@$(PIP) install '.[dev]'
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
