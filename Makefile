# Meanwhile. `make` alone lists what there is.
#   make run PORT=8123        another port
#   make test ARGS="-k plan"  anything pytest understands
#   make run PYTHON=python3.13

.DEFAULT_GOAL := help
.PHONY: help run dev test check format promises bench docs words setup clean

# The first Python that is new enough; if none is, the one there is, to be told so in a sentence.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; \
	done; echo python3)
HOUSE = @command -v $(PYTHON) >/dev/null || \
	{ echo 'Meanwhile needs Python 3.11 or newer, and no Python was found: install it first.' >&2; exit 1; }; \
	exec $(PYTHON) scripts/setup.py

export PORT ARGS JOBS

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## set up what is missing, then serve on 127.0.0.1 (PORT=8000)
	$(HOUSE) run

dev: ## the same with DEBUG on; server and styles follow every edit
	$(HOUSE) dev

test: ## all checks, then all tests on SQLite
	$(HOUSE) test

check: ## format, lint, templates, types, migrations, directions
	$(HOUSE) check

format: ## bring code and templates into the one format
	$(HOUSE) format

promises: ## prove the promises: a line each, with its figure
	$(HOUSE) promises

bench: ## what pages cost, as multiples of a bare page
	$(HOUSE) bench

docs: ## write the generated pages of docs/ anew
	$(HOUSE) docs

words: ## list what can be translated in the .po files; new sentences come in empty
	$(HOUSE) words

setup: ## only set up: environment, packages, styles and scripts
	$(HOUSE) setup

clean: ## remove what was built here (the data stays)
	$(HOUSE) clean
