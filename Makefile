# What can be done here, each by one word: `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
export PYTHON PORT

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench format messages clean

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

setup: ## .venv from requirements.lock, the system's libraries, compiled translations
	@bash scripts/setup.sh

demo: ## the demo municipality on http://127.0.0.1:8000 (PORT=, RESET=1 begins anew)
	@bash scripts/demo.sh $(if $(filter-out 0,$(RESET)),--reset)

test: ## everything the project promises: on SQLite, on PostgreSQL, in a browser
	@bash scripts/test.sh

check: ## format, lint, types, architecture, migrations, translations, deployment
	@bash scripts/check.sh

bench: ## the benchmarks, as ratios measured in one run
	@bash scripts/bench.sh

format: setup ## put Python and templates in their usual shape
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix --exit-zero --quiet .
	@find templates cabi_crm -name '*.html' -print0 | xargs -0 -r .venv/bin/djade --target-version 5.2 || true

messages: setup ## collect the texts of the interface into locale/da
	@bash scripts/messages.sh

clean: ## remove what the other targets made, the demo's data too
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache out data
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
