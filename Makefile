# Every command a person or CI needs. `make run` and `make test` start from nothing.

PYTHON ?= python3
PORT ?= $(or $(shell sed -n 's/^PORT=//p' .env 2>/dev/null),8000)
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run examples dev test mutate pictures bench faults prove check lint words fix lock

help: ## List these commands.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'
	@test -e .venv/.dev || echo "What tests need is not installed yet: make dev"

run: export DEBUG ?= 1
run: .venv/.site ## Serve the directory on http://127.0.0.1:8000 (PORT and dotenv-sample change that).
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_places
	@$(BIN)/python manage.py load_directory
	@echo "Alongside is at http://127.0.0.1:$(PORT)  (stop it with Ctrl+C)"
	@$(BIN)/python manage.py runserver --verbosity 0 127.0.0.1:$(PORT)

examples: export DEBUG ?= 1
examples: .venv/.site ## Put 2,000 example groups beside the real ones; `manage.py make_examples --remove` takes them away.
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_places
	@$(BIN)/python manage.py load_directory
	@$(BIN)/python manage.py make_examples --count 2000

dev: .venv/.dev ## Install what tests and checks need; they do so themselves, the first time.

test: .venv/.dev ## Run the test suite on every core, on SQLite, or on DATABASE_URL. ARGS are given to pytest.
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not taste" $(ARGS)

mutate: .venv/.dev ## Put small faults into modules, and see whether tests fail. ARGS: --count, --seed, --only.
	$(BIN)/python -m tests.mutation $(ARGS)

pictures: .venv/.dev ## Take a picture of every page, with examples, on a phone and on a desk, into pictures/.
	$(BIN)/python -m tests.browser.pictures

prove: .venv/.dev ## Hold 20,000 patterns, over three years, to two other engines. PROVE_EXAMPLES says how many.
	PROVE_EXAMPLES=$${PROVE_EXAMPLES:-20000} $(BIN)/python -m pytest tests/groups/timetable/test_properties.py --durations=5

bench: .venv/.dev ## Measure how fast things are, on databases of examples. ARGS: --sizes, --walk, --addresses and others.
	$(BIN)/python -m bench $(ARGS)

faults: .venv/.dev ## Break something on purpose, and see what holds. ARGS: which, and on what (docs/reliability.md).
	$(BIN)/python -m tests.faults $(ARGS)

check: lint words ## Lint, import directions, types, missing migrations, deployment checks, words and names.

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	DEBUG=0 DATABASE_URL=sqlite://:memory: \
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') sh -c '\
		$(BIN)/mypy && \
		$(BIN)/python manage.py makemigrations --check --dry-run && \
		$(BIN)/python manage.py check --deploy --fail-level WARNING'

words: .venv/.dev
	$(BIN)/python -m pytest -m taste tests/architecture tests/pages/test_words.py

fix: .venv/.dev ## Format, and mend what the linter can mend.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/.dev ## Write the hash-locked requirements from the .in files.
	for set in requirements requirements-dev; do \
		$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-annotate --no-header --no-emit-index-url \
			--no-emit-find-links --python-version 3.11 --output-file $$set.txt $$set.in || exit 1; \
	done

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; PYTHON=… says which." \
		if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "On Debian: apt install python3-venv" >&2; exit 1; }

.venv/.site: .venv/bin/python requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: .venv/.site requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
