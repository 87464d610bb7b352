# Meridian. `make run` starts it, `make test` tests it; both make their own environment first.
PYTHON ?= python3
BASE   ?= HEAD
VENV   ?= .venv
BIN     = $(VENV)/bin

.PHONY: run test check golden scan advisories lock translations clean
.DEFAULT_GOAL := run

run: $(VENV)/.run
	@exec $(BIN)/python manage.py up

test: $(VENV)/.dev
	@$(BIN)/python -m tests.run

check: $(VENV)/.dev            ## linters, types, import contracts, migrations, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --check --lint templates
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m tests.translations

golden: $(VENV)/.dev           ## does this tree behave as BASE does, byte for byte? For changes of shape
	@$(BIN)/python -m tests.golden $(BASE)

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Meridian needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make run PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements/run.txt
	@echo "Installing what Meridian runs on (once, under a minute) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@echo "Installing what the tests need (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

scan: $(VENV)/.dev $(VENV)/scan/.made $(VENV)/crawl/.made  ## attacks the running product from outside: API, pages, lines
	$(BIN)/python -m tests.scans.api $(VENV)/scan/bin/st
	$(BIN)/python -m tests.scans.pages $(VENV)/crawl/bin/wapiti
	$(BIN)/python -m tests.scans.raw

advisories: $(VENV)/.dev       ## asks the package index about every pin: yanked, quarantined, vulnerable, superseded
	$(BIN)/python -m tests.scans.pins

$(VENV)/%/.made: requirements/%.txt $(VENV)/.python
	@echo "Installing what scans from outside: requirements/$*.txt (once) …"
	@rm -rf $(VENV)/$*
	@$(PYTHON) -m venv $(VENV)/$*
	@$(VENV)/$*/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$*.txt
	@touch $@

translations: $(VENV)/.dev     ## takes all messages into locale/ and compiles it (needs gettext)
	$(BIN)/python -m tests.translations --write

lock: $(VENV)/.dev             ## pins requirements/*.in with hashes
	$(BIN)/pip-compile -q --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements/run.txt requirements/run.in
	$(BIN)/pip-compile -q --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements/dev.txt requirements/dev.in
	$(BIN)/pip-compile -q --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements/scan.txt requirements/scan.in
	$(BIN)/pip-compile -q --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements/crawl.txt requirements/crawl.in

clean:
	rm -rf $(VENV) var
