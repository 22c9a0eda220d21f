# Needs make and a Python 3.11, 3.12 or 3.13 with venv; everything else is installed into .venv.

.DEFAULT_GOAL := help
.PHONY: help setup run demo test test-browser test-faults test-ops fuzz check audit roads bench bench-ferries bench-service bench-load lock lock-image linters

VENV := .venv
BIN := $(VENV)/bin
PACKAGES := $(VENV)/.packages
READY := $(VENV)/.ready
LINTERS := .linters/ready

# Where no bytecode is kept every process compiles some 340 modules of ours as it starts, and tests start many.
export PYTHONDONTWRITEBYTECODE :=

# The first interpreter that really starts, is new enough and can make environments.
SUPPORTED := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	if $$python -c "$(SUPPORTED)" >/dev/null 2>&1; then echo $$python; break; fi; done)

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-14s %s\n", $$1, $$2 }'

setup: $(READY)  ## Install everything into .venv from requirements.lock and compile the search

run: $(READY)  ## Start the service with its own database, solve the demo through it, keep serving
	SELAT_LOG_LEVEL=$${SELAT_LOG_LEVEL:-warning} $(BIN)/python -m router serve --demo

demo: $(READY)  ## Solve the demo without a service and show its routes
	$(BIN)/python -m router demo

test: $(PACKAGES)  ## Run the tests, but for the map page's, all storms but one, and load; with a browser, OSRM and Valhalla where they can be installed
	+@$(MAKE) --no-print-directory -j 4 $(READY) $(LINTERS) fetched
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not alone and not mostly_waits"
	$(BIN)/python -m pytest -n 2 --dist loadfile -m mostly_waits
	$(BIN)/python -m pytest -m alone --ignore tests/browser/test_map_page.py --ignore tests/browser/test_walk.py --ignore tests/integration/test_load.py --deselect 'tests/faults/test_storm.py::test_nothing_is_lost_and_nothing_ends_twice[short-Apart]'

test-browser: $(READY)  ## Use the map page as a dispatcher does, in a headless Chromium, for about two minutes
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m pytest tests/browser

test-faults: $(READY)  ## Kill every part of the service at random moments, for about half an hour
	SELAT_TEST_FAULTS=long $(BIN)/python -m pytest tests/faults tests/integration/test_load.py

test-ops: $(READY)  ## Try rules and dashboards on a real Prometheus, and see an alert fire; six minutes
	$(BIN)/python -m tests.ops.tools
	SELAT_TEST_OPS=real $(BIN)/python -m pytest -s tests/ops

fuzz: $(READY)  ## Look for ten minutes for what the description of the service does not allow
	$(BIN)/python -m tests.fuzz 600

check: $(READY)  ## Check format, lint, types and the import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pip check --disable-pip-version-check

audit:  ## Look the locked packages up in the advisory database; needs the network
	$(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(VENV)-audit/bin/pip-audit --require-hashes --disable-pip -r requirements.lock

roads: $(READY)  ## Install OSRM and Valhalla into .roads, for tests and benchmarks; needs Python 3.12 or newer
	$(BIN)/python -m benchmarks.roads

bench: $(READY)  ## Compare the search with OR-Tools, PyVRP and VROOM for five minutes
	$(BIN)/python -m benchmarks.quality --quick

bench-ferries: $(READY)  ## Compare both engines side by side on generated archipelagos
	$(BIN)/python -m benchmarks.ferries

bench-service: $(READY)  ## Measure what the service adds to the search: waits, answers, shares of the processor
	$(BIN)/python -m benchmarks.service

bench-load: $(READY)  ## Send a courier's morning to a service of its own for three minutes; eight minutes in all
	$(BIN)/python -m benchmarks.load

lock: $(READY)  ## Add what pyproject.toml has new to requirements.lock; UPGRADE=--upgrade renews everything
	cp requirements.lock requirements.lock.new
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --all-extras --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host $(UPGRADE) \
		--output-file requirements.lock.new pyproject.toml
	{ echo '# Every package that is installed, with the hashes of its files. Made by `make lock` from pyproject.toml.'; \
		cat requirements.lock.new; } > requirements.lock
	rm requirements.lock.new

lock-image: $(READY)  ## Take what the image installs out of requirements.lock
	$(BIN)/python -m tests.deploy.runtime_lock

linters: $(LINTERS)  ## Install the linters of what is under deploy/ into .linters; `make test` does, too

$(LINTERS): tests/deploy/linters.txt
	@test -n "$(PYTHON)" || { echo 'No Python 3.11, 3.12 or 3.13 with venv was found: install one, or name it: make PYTHON=...' >&2; exit 1; }
	$(PYTHON) -m venv --clear .linters
	.linters/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/deploy/linters.txt
	@touch $(LINTERS)

# What the tests fetch where they can, while the search is compiled.
.PHONY: fetched
fetched: $(PACKAGES)
	$(BIN)/python -m tests.browser.chromium --if-possible & $(BIN)/python -m benchmarks.roads --if-possible; wait
	$(BIN)/python -m tests.ops.tools --if-possible

$(READY): $(PACKAGES)
	$(BIN)/python -m router.solver.warm
	@touch $(READY)

$(PACKAGES): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo 'No Python 3.11, 3.12 or 3.13 with venv was found: install one, or name it: make PYTHON=...' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(PACKAGES)
