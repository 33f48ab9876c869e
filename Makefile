# Every gesture of the house. Only `python3` (3.11 or newer) and `make` are needed; `make` alone lists what follows.
PY = .venv/bin/python
.PHONY: help ready run test check fix bench conformance docs

help:         ## list what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile
ready:        ## put in .venv exactly what uv.lock says (the others call it; instant when nothing changed)
	@sh scripts/ready.sh
run: ready    ## open the demonstration on this machine (PORT=8000, DATABASE_URL for PostgreSQL)
	@.venv/bin/allervers demonstration prepare && .venv/bin/allervers serve
test: ready   ## every test, on SQLite and on PostgreSQL, and the journeys in a real browser
	@$(PY) -m scripts.testing
check: ready  ## style, types, import contracts, templates, migrations, lock
	@$(PY) -m scripts.checking
fix: ready    ## put the code and the templates in shape
	@$(PY) -m scripts.checking --fix
bench: ready  ## time every page on the demonstration times a hundred
	@$(PY) -m tests.bench
conformance: ready ## every worked example of the law against what we compute
	@$(PY) -m tests.conformance
docs: ready   ## write again what is generated: docs/ops.md, docs/register.md, the guide's screenshots
	@$(PY) -m scripts.documents
