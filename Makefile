# The environment is made of the locks alone, in .venv; `make lock` renews them.

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
CANDIDATES := python py
else
BIN := .venv/bin
CANDIDATES := python3 python3.14 python3.13 python3.12 python3.11 python
endif

# The first interpreter on PATH that is new enough.
PYTHON = $(shell for p in $(CANDIDATES); do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
PIP = $(BIN)/python -m pip --disable-pip-version-check -qq
UV := uv==0.13.9
LOCKING := $(subst .venv,.venv-lock,$(BIN))
COMPILE = $(LOCKING)/uv pip compile pyproject.toml --quiet --upgrade \
	--universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

# Passed on: make site BUILD="--site DIR", make test PYTEST="-k NAME".
BUILD =
PYTEST =
# Tests run side by side, as many at once as there are cores; one after another with PYTEST="-n 0". A worker that
# crashes fails its test and is not replaced.
PARALLEL = -n auto --dist worksteal --max-worker-restart 0
# Passed on to benchmarks: make bench-linking BENCH="--megabytes 5".
BENCH =
# Of an invented dossier; several sizes for bench-build: make bench-build ARTICLES=1000,10000.
ARTICLES = 10000
bench-build: ARTICLES = 1000

.DEFAULT_GOAL := site
.PHONY: site serve test test-fast check screenshots bench-linking bench-search bench-build format lock clean

site: .venv/installed
	@$(BIN)/dossier build --check-links $(BUILD)

serve: .venv/installed
	@$(BIN)/dossier serve

test: .venv/installed .venv/dev
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m tests.nodejs
	@$(BIN)/python -m pytest $(PARALLEL) $(PYTEST)

# Without browser, Node.js packages and whole sites: for every save.
test-fast: .venv/installed .venv/dev
	@$(BIN)/python -m pytest $(PARALLEL) -m "not slow" $(PYTEST)

check: .venv/installed .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/dossier check

screenshots: site .venv/dev
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m tests.screenshots

bench-linking: .venv/installed
	@$(BIN)/python -m bench.linking $(BENCH)

bench-search: .venv/installed .venv/dev
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m bench.search --articles $(ARTICLES)

bench-build: .venv/installed .venv/dev .venv/bench
	@$(BIN)/python -m bench.build --sizes $(ARTICLES) $(BENCH)

format: .venv/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.venv/locked: requirements/site.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: none of $(CANDIDATES) is" >&2; exit 1; }
	@echo "Setting up .venv (once, and when requirements/ change) ..."
	@"$(PYTHON)" -m venv --clear .venv
	@$(PIP) install --require-hashes -r requirements/site.lock
	@touch $@

.venv/dev: requirements/dev.lock .venv/locked
	@echo "Adding what checks and tests need ..."
	@$(PIP) install --require-hashes -r requirements/dev.lock
	@touch $@

.venv/bench: requirements/bench.lock .venv/locked
	@echo "Adding what builds are measured against ..."
	@$(PIP) install --require-hashes -r requirements/bench.lock
	@touch $@

# Apart from the rest, since pyproject.toml changes more often than the locks do.
.venv/installed: pyproject.toml .venv/locked
	@$(PIP) install --no-deps --no-build-isolation --editable .
# As is done with all that is installed otherwise: where Python is told to keep no compiled code, it compiles ours each time.
	@$(BIN)/python -m compileall -q generator
	@touch $@

lock:
	@"$(PYTHON)" -m venv --clear .venv-lock
	@$(LOCKING)/python -m pip --disable-pip-version-check -qq install $(UV)
	@$(COMPILE) --group build --output-file requirements/site.lock
	@$(COMPILE) --group dev --constraint requirements/site.lock --output-file requirements/dev.lock
	@$(COMPILE) --group bench --constraint requirements/site.lock --output-file requirements/bench.lock
	@rm -rf .venv-lock

clean:
	rm -rf .venv .venv-lock site .cache/dossier screenshots tests/node/node_modules bench/peers/eleventy/node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
