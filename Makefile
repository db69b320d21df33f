# Everything here works on a fresh machine with Python >= 3.11 and make.
PYTHON ?= python3
JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin
# Both names: older versions of pip read the first for what a build needs, newer ones
# the second.
PINS := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt
PIP := $(PINS) $(BIN)/python -m pip --disable-pip-version-check -q
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
PARITY := .venv-parity
READY_PARITY := $(PARITY)/.ready

.PHONY: drill test check bench parity simulate pictures words records check-records clean

drill: $(READY)
	@$(BIN)/drillbox

# A file of tests stays in one process.
test: $(READY_DEV)
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

check: $(READY_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/drillbox lint

bench: $(READY_DEV)
	@$(BIN)/python bench

# The reference library against TRL and choix, in a venv of their own.
parity: $(READY_PARITY)
	@$(PARITY)/bin/python -m parity

# What the path asks of made-up learners, day by day; fails where a bound breaks.
simulate: $(READY_DEV)
	@$(BIN)/python tests/simulate.py

# The picture of the screen in docs/, and the text pictures the tests compare with.
pictures: $(READY_DEV)
	$(BIN)/python tests/pictures.py
	$(BIN)/python tests/states.py
	$(BIN)/python tests/figures.py

# The program's sentences for translators, in drillbox/locale/drillbox.pot; every
# translation beside it is checked and compiled.
words: $(READY_DEV)
	@$(BIN)/python tests/catalogue.py

# The committed records of the runs, which readings and cards quote: made again, or
# held equal to what the runs give (the tolerances stand in the tests).
records: $(READY)
	@for run in $$($(BIN)/drillbox lab list | cut -d' ' -f1); do echo $$run; \
	  case $$run in step) own="--set code=course";; \
	  four-models|leash) own="--set seeds=5";; *) own=;; esac; \
	  $(BIN)/drillbox lab run $$run $$own --json \
	  --save content/dpo/records/$$run.json > /dev/null || exit 1; done
	@echo checkpoints; $(BIN)/drillbox lab checkpoints > /dev/null \
	  --save content/dpo/records/checkpoints.json

check-records: $(READY_DEV)
	@$(BIN)/python -m pytest -q tests/lab -k shipped_record

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { echo "drillbox needs Python 3.11 or newer," \
	  "and $(PYTHON) is not; say which: make PYTHON=python3.12 …" >&2; exit 1; }
# A venv that broke off half-way, or of an older Python, is made anew.
	@$(BIN)/python -c 'import pip; $(NEW_ENOUGH)' 2>/dev/null \
	  || $(PYTHON) -m venv --clear $(VENV)
	@echo "installing drillbox into $(VENV); the first time takes a few minutes"
	@$(PIP) install -e .
	@touch $@

$(READY_DEV): $(READY) requirements-dev.txt
	@echo "installing what the tests need into $(VENV)"
	@$(PIP) install -r requirements-dev.txt
	@touch $@

$(READY_PARITY): parity/requirements.txt parity/constraints.txt
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { echo "make parity needs Python 3.11 or newer," \
	  "and $(PYTHON) is not; say which: make PYTHON=python3.12 parity" >&2; exit 1; }
	@$(PARITY)/bin/python -c 'import pip; $(NEW_ENOUGH)' 2>/dev/null \
	  || $(PYTHON) -m venv --clear $(PARITY)
	@echo '*' > $(PARITY)/.gitignore
	@echo "installing TRL and choix into $(PARITY); the first time takes some minutes"
	@$(PARITY)/bin/python -m pip --disable-pip-version-check -q install \
	  -c parity/constraints.txt -r parity/requirements.txt
	@touch $@

clean:
	rm -rf $(VENV) $(PARITY) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
