# Everything starts here: each target sets up what it needs on a machine with git, make and Python 3.11 or later.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= demo

.PHONY: venv demo test check notebooks screenshots lock dist clean

venv: $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml packaging/grader/pyproject.toml packaging/grader/hatch_build.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
	    --editable . --editable packaging/grader
	touch $@

demo: venv          ## the main job, once, on simulated applicants
	$(BIN)/talentpool demo --workspace $(DEMO)

test: venv
	$(BIN)/python -m pytest

check: venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

notebooks: venv     ## build source/<assessment>/<assessment>.ipynb from source/<assessment>.toml
	$(BIN)/talentpool build --workspace .

screenshots: venv   ## the pictures in docs/images/, from the assessments that ship; needs Chromium
	$(BIN)/python docs/screenshots.py
	$(BIN)/python docs/screenshots_of_assessments.py
	$(BIN)/python docs/screenshots_of_the_way.py

dist: venv          ## the two distributions, in dist/
	$(BIN)/python -m build --no-isolation --wheel --outdir dist .
	$(BIN)/python -m build --no-isolation --wheel --outdir dist packaging/grader

lock: venv          ## pin again; needs uv
	mkdir -p build && grep -v '"talentpool==' packaging/grader/pyproject.toml > build/pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate \
	    pyproject.toml build/pyproject.toml requirements.dev.in --output-file requirements.lock

clean:
	rm -rf $(VENV) dist build $(DEMO)
