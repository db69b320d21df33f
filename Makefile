# Everything here works on a fresh machine with Python >= 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev

.PHONY: drill test check bench pictures clean

drill: $(READY)
	@$(BIN)/drillbox

test: $(READY_DEV)
	@$(BIN)/python -m pytest

check: $(READY_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/drillbox lint

bench: $(READY_DEV)
	@$(BIN)/python bench

# The picture of the screen in docs/, and the text pictures the tests compare with.
pictures: $(READY_DEV)
	$(BIN)/python tests/pictures.py

$(READY): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing drillbox into $(VENV); the first time takes a few minutes"
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(READY_DEV): $(READY)
	$(PIP) install -c constraints.txt -r requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
