# Two commands do everything, on any Linux with Python 3.11 or newer, make and git; nothing is installed
# outside this folder, and a later run reuses what is here:
#
#   make demo     sets up .venv, reads samples/ into .demo/demo.db, shows what was found
#   make test     lint, types, tests, and the wheel as others would install it
#
# Options, on the command line or in the environment:
#   PYTHON=python3.12    another interpreter than python3
#   WHEELS=folder        set up from a folder of wheels, without a network (make wheels fills one)
#   PIP_INDEX_URL=...    another package index; every option of pip and its pip.conf holds here too

PYTHON ?= python3
WHEELS ?=
DIR ?= wheels
LOCK := requirements.lock
DB := .demo/demo.db
QUESTIONS := .demo/metadata.json

export PIP_DISABLE_PIP_VERSION_CHECK := 1
ifneq ($(WHEELS),)
export PIP_NO_INDEX := 1
export PIP_FIND_LINKS := $(abspath $(WHEELS))
endif

ENV := .venv/bin
READY := .venv/.ready
WHEEL_ENV := .wheel/venv/bin
AUDIT := .audit
AUDIT_ENV := .audit/venv/bin
PAKTA := $(ENV)/pakta
# pakta answers 1 when the work is done and something in it waits for a person
SEEN := || test $$? -eq 1

COG := $(ENV)/python -m cogapp -P -p 'from docs.readme import *'
PAGES := README.md README.id.md docs/adding-a-type.md

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help demo test install lint types check wheel format coverage docs bench model lock audit sbom wheels clean

help: ## this list
	@awk '!/^#/ { exit } { sub(/^# ?/, ""); print }' Makefile
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: $(READY) ## read the samples into a database and show what it holds
	@mkdir -p $(dir $(DB))
	@$(PAKTA) ingest samples/documents --registry samples/registry.csv --db $(DB) $(SEEN)
	@$(PAKTA) findings --db $(DB) $(SEEN)
	@$(PAKTA) coverage --db $(DB) $(SEEN)
	@$(PAKTA) export --db $(DB) --datasette-metadata $(QUESTIONS)
	@echo
	@echo "Lihat lebih jauh / look further:"
	@echo "  basis data di peramban / the database in a browser:"
	@echo "    $(ENV)/datasette $(DB) -m $(QUESTIONS)"
	@echo "  semua perintah / all commands:"
	@echo "    $(PAKTA) --help"
	@echo "  dokumen Anda sendiri / your own documents:"
	@echo "    $(PAKTA) ingest FOLDER --registry FILE --db FILE"

test: lint types check wheel ## everything that must hold before a change is kept

install: $(READY) ## only set up .venv

lint: $(READY) ## style, and the format of the code
	$(ENV)/ruff check
	$(ENV)/ruff format --check

types: $(READY) ## types, strictly
	$(ENV)/mypy

check: $(READY) ## the tests
	$(ENV)/pytest -n auto --dist loadfile

wheel: $(READY) .wheel/.locked ## build the wheel, install it on its own, try what was installed
	@rm -rf .wheel/dist
	$(ENV)/python -m build --no-isolation --outdir .wheel/dist >.wheel/build.log || { cat .wheel/build.log; exit 1; }
	@sha256sum .wheel/dist/*.whl | sed 's,\([0-9a-f]*\)  \(.*\),./\2 --hash=sha256:\1,' >.wheel/wheel.txt
	@$(WHEEL_ENV)/pip uninstall --quiet --yes pakta 2>/dev/null
	$(WHEEL_ENV)/pip install --quiet --only-binary :all: --constraint $(LOCK) --requirement .wheel/wheel.txt
	$(WHEEL_ENV)/pip check
	$(WHEEL_ENV)/python -I .ci/smoke.py

format: $(READY) ## format the code and mend what ruff can mend
	$(ENV)/ruff check --fix
	$(ENV)/ruff format

coverage: $(READY) ## the tests, and which lines and branches they reach
	$(ENV)/pytest --cov
	$(ENV)/coverage html --quiet

docs: $(READY) ## write the generated parts of the READMEs and of docs/ again
	$(ENV)/python -m pipeline.store.dictionary >docs/schema.md
	$(COG) -r $(PAGES)
	$(ENV)/python -m docs.readme

bench: $(READY) ## compare with plain pdfplumber and with the bare OCR engine: docs/benchmarks.md
	$(ENV)/python -m benchmarks

# Needs torch and onnx, which are not in the lock: .venv/bin/pip install torch==2.13.0 onnx==1.23.2
model: $(READY) ## train the model of signatures anew into .model and compare it with the one that is shipped
	$(ENV)/python -m benchmarks.signatures.train --out .model
	$(ENV)/python -m benchmarks.signatures.bench --model .model

# The lock names every package for every platform, with the sha256 of its files and no index.
lock: ## refresh the lock files (needs uv; UPGRADE=--upgrade takes newer versions)
	uv pip compile pyproject.toml --extra analysis --group dev --python-version 3.11 --universal \
		--generate-hashes --no-emit-index-url --no-annotate --no-header $(UPGRADE) --quiet -o $(LOCK)
	uv pip compile --group audit --python-version 3.11 --universal \
		--generate-hashes --no-emit-index-url --no-annotate --no-header $(UPGRADE) --quiet -o audit.lock

# Needs a network: it fails where packages could not be looked up, and so is no part of make test.
audit: $(AUDIT)/.locked ## ask whether a locked package has a known vulnerability (needs a network)
	$(AUDIT_ENV)/python -I .ci/audit.py $(LOCK) audit.lock

sbom: $(AUDIT)/.locked wheel ## list what is installed with the wheel: .audit/sbom.json (CycloneDX)
	$(AUDIT_ENV)/cyclonedx-py environment --no-validate --output-reproducible --pyproject pyproject.toml \
		--output-format JSON --output-file $(AUDIT)/sbom.json $(WHEEL_ENV)/python
	@$(AUDIT_ENV)/python -c 'import json, sys; listed = len(json.load(open(sys.argv[1]))["components"]); \
		print(f"{listed} paket / packages: {sys.argv[1]}"); sys.exit(not listed)' $(AUDIT)/sbom.json

# The other machine needs this folder, the same processor and the same Python: make demo WHEELS=folder
wheels: $(READY) ## download all wheels into DIR=folder, for a machine without a network
	$(ENV)/pip download --require-hashes --only-binary :all: --requirement $(LOCK) --dest $(DIR)
	$(ENV)/python -m build --no-isolation --wheel --outdir $(DIR)

clean: ## remove the environments, the demo and the caches
	rm -rf .venv .wheel .audit .demo .model .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.* htmlcov

.venv/.locked: $(LOCK) .ci/bootstrap.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Perlu Python 3.11 ke atas / needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) .ci/bootstrap.py .venv $(LOCK)
	$(ENV)/pip install --require-hashes --only-binary :all: --requirement $(LOCK)
	@touch $@

$(AUDIT)/.locked: audit.lock .ci/bootstrap.py
	$(PYTHON) .ci/bootstrap.py $(AUDIT)/venv audit.lock
	$(AUDIT_ENV)/pip install --quiet --require-hashes --only-binary :all: --requirement audit.lock
	@touch $@

$(READY): .venv/.locked pyproject.toml
	$(ENV)/pip install --quiet --no-index --no-deps --no-build-isolation --editable .
	$(ENV)/pip check
	@touch $@

# Remade when the project asks for other packages, so that one it uses and does not name is missed here.
.wheel/.locked: $(LOCK) pyproject.toml .ci/bootstrap.py
	$(PYTHON) .ci/bootstrap.py .wheel/venv $(LOCK)
	@touch $@
