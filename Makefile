# Two commands for everybody: `make demo` and `make test`. Each sets up what it needs in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/.done

.PHONY: demo test check setup spark screens bench train clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    read the example briefs and answer who stood with whom"
	@echo "make test    run the tests; what the machine lacks is skipped, with the reason"
	@echo "make check   lint, types, direction of imports, examples in the docs"
	@echo "make setup   only set up .venv"
	@echo "make spark   PySpark into .venv, for the tests that need it and for --engine spark; needs Java 17 or later"
	@echo "make screens take the pictures of pages in the docs anew; needs Chromium"
	@echo "make bench   print the figures that the docs quote"
	@echo "make train   make the reader's network anew (training/README.md says what that needs)"

setup: $(DONE)

# Everything is pinned with hashes; the build back end comes from the same pins.
$(DONE): constraints.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(DONE)

demo: $(DONE)
	@$(BIN)/cordiale demo
	@echo '(after: . .venv/bin/activate)'

test: $(DONE)
	$(BIN)/python -m pytest -q

check: $(DONE)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q --doctest-modules src

# By itself, as it is 430 MB, and comes as source: setuptools is in .venv already.
spark: $(DONE)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r constraints-spark.txt

screens: $(DONE)
	CORDIALE_SCREENS=1 $(BIN)/python -m pytest -q tests/web/test_screens.py

bench: $(DONE)
	$(BIN)/python bench/start.py
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/store.py
	$(BIN)/python bench/ties.py
	$(BIN)/python bench/dossier.py --claims 1000000
	$(BIN)/python bench/networks.py
	$(BIN)/python bench/datasets.py
	$(BIN)/python bench/heldout.py
	$(BIN)/python bench/pairs.py
	$(BIN)/python bench/face.py
	$(BIN)/python bench/events.py

train: $(DONE)
	$(BIN)/python training/train.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
