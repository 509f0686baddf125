# Everything happens inside this folder: the packages in .venv, the data of the instance in var.
PYTHON ?= python3
PORT ?= 8000

.PHONY: help demo postgresql screenshots test test-all lint lock changelog

help:  ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

demo:  ## Start ClusterPoliSEE with real figures on http://localhost:8000 (another port: make demo PORT=8001)
	@$(PYTHON) scripts/bootstrap.py runtime --port $(PORT)
	@.venv/bin/clusterpolisee demo --port $(PORT)

postgresql:  ## Install what serving on PostgreSQL needs (docs/how-to/postgresql.md)
	@$(PYTHON) scripts/bootstrap.py postgresql

test:  ## Check everything: style, floors, types, tests, journeys in a browser, PostgreSQL
	@$(PYTHON) scripts/bootstrap.py test
	@.venv/bin/python scripts/test.py

test-all:  ## The same with the slow tests
	@$(PYTHON) scripts/bootstrap.py test
	@.venv/bin/python scripts/test.py --all

screenshots:  ## Remake the pictures of docs/users from a demo that is running
	@.venv/bin/python scripts/screenshots.py http://localhost:$(PORT)

lint:  ## Style, floors and types only
	@$(PYTHON) scripts/bootstrap.py test
	@.venv/bin/python scripts/test.py --lint

lock:  ## Pin the packages anew after a change of requirements/*.in
	@$(PYTHON) scripts/bootstrap.py test
	@for set in bootstrap runtime postgresql test adapters; do \
	  .venv/installer/bin/uv pip compile --quiet --no-header --universal --generate-hashes --python-version 3.11 \
	    requirements/$$set.in -o requirements/$$set.txt || exit 1; \
	done

changelog:  ## Gather changes/ into CHANGELOG.md under the version in pyproject.toml
	@$(PYTHON) scripts/changelog.py
