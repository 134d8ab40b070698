# The only tools needed: python3 (3.11 or later) with venv and pip, and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.stamp

.PHONY: run test check format bench clean

run: $(STAMP)            ## study the packaged course (line mode when there is no terminal)
	@$(BIN)/quizkorea study

test: $(STAMP)           ## run every test
	@$(BIN)/python -m pytest

check: $(STAMP)          ## formatting, lint, strict types, and the decks themselves
	@$(BIN)/ruff format --check src tests benchmarks
	@$(BIN)/ruff check src tests benchmarks
	@$(BIN)/mypy
	@$(BIN)/quizkorea --decks decks check --strict

format: $(STAMP)
	@$(BIN)/ruff format src tests benchmarks
	@$(BIN)/ruff check --fix src tests benchmarks

# The stamp is renewed whenever what must be installed has changed.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "quizkorea needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12")'
	@echo "Setting up (first time only, about half a minute) ..." >&2
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' --constraint constraints.txt
	@touch $(STAMP)

bench: $(STAMP)          ## time the program beside Anki and bare floors; rewrites benchmarks/README.md
	@$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
