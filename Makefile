# The two that matter: make chat (try the coach in a browser), make test. Both set everything up by themselves.
# Another Python: make setup PYTHON=/path/to/python3.13. More words for the command itself: make chat ARGS="--port 9000".

PYTHON ?= python3
ARGS ?=
# Tests wait as much as they work: three workers keep two cores busy.
SIDE_BY_SIDE := -n 3 --dist worksteal
VENV := .venv
BIN := $(VENV)/bin
BENCH := $(VENV)/bench
UV := $(BIN)/uv

.PHONY: help chat talk run test check soak bench setup lock adapter classifier
.DELETE_ON_ERROR:

help:
	@echo "make chat    try the coach in the browser, without Telegram"
	@echo "make talk    the same in this terminal"
	@echo "make test    run the tests"
	@echo "make run     serve Telegram (needs BOT_TOKEN)"
	@echo "make check   linters, types, import contracts"
	@echo "make soak    the long tests: kills, fuzz, long histories, crowds"
	@echo "make bench   measure"
	@echo "make adapter teach the sentence model the texts under content/ anew"
	@echo "make classifier  weigh anew what tells a request from other talk"
	@echo "make setup   only make $(VENV)/, everything in it"
	@echo "make lock    resolve the dependencies anew (ARGS=--upgrade for newer ones)"

chat: $(VENV)/runtime.stamp
	@$(BIN)/python bot.py chat $(ARGS)

talk: $(VENV)/runtime.stamp
	@$(BIN)/python bot.py talk $(ARGS)

run: $(VENV)/runtime.stamp
	@$(BIN)/python bot.py run $(ARGS)

setup: $(VENV)/dev.stamp

test: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) $(ARGS)

soak: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -m soak --timeout=3600 $(ARGS)

bench: $(BENCH)/stamp
	@$(BENCH)/bin/python -m benchmarks $(ARGS)

# One thread: small matrices wait for one another longer than they are computed.
adapter: $(VENV)/dev.stamp
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m training.adapter $(ARGS)

classifier: $(VENV)/dev.stamp
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m training.classifier $(ARGS)

check: $(VENV)/dev.stamp
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	$(BIN)/bandit -q -c pyproject.toml -r *.py app cli coach content db gateway handlers scheduler services telegram_local

COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" $(ARGS)

lock: $(UV)
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) pyproject.toml --group bench -o requirements-bench.lock
	$(COMPILE) --group setup -c requirements-dev.lock -o requirements-setup.lock

# What is installed is stamped, so that an installed tree starts at once. uv takes seconds where pip takes a minute;
# pip is asked where uv finds no way, for pip knows the index that this machine was set up with. A lock is whole, and
# leaves out what nothing imports (pyproject.toml, tool.uv): what a package says it needs is not asked for.
define install
	@echo "Installing $(1) into $(VENV)/ …"
	@$(UV) pip $(2) --compile-bytecode --quiet --python $(BIN)/python --require-hashes --no-deps -r $(1) \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(1)
endef

$(VENV)/runtime.stamp: requirements.lock $(UV)
	$(call install,requirements.lock,install)
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock requirements.lock $(UV)
	$(call install,requirements-dev.lock,install --exact)
	@touch $(VENV)/runtime.stamp $@

# An environment of its own: the bots that ours is measured beside want an older pydantic.
$(BENCH)/stamp: requirements-bench.lock $(UV)
	@echo "Installing $< into $(BENCH)/ …"
	@$(BIN)/python -m venv $(BENCH)
	@$(UV) pip install --compile-bytecode --quiet --python $(BENCH)/bin/python --require-hashes --no-deps -r $< \
		|| $(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $<
	@touch $@

$(UV): requirements-setup.lock $(VENV)/pyvenv.cfg
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-setup.lock
	@touch $@

VERSION_OF = -c 'import sys; print(*sys.version_info[:3])'

ifneq ($(origin PYTHON),file)
ifneq ($(shell exec 2>/dev/null; $(BIN)/python $(VERSION_OF)),$(shell exec 2>/dev/null; $(PYTHON) $(VERSION_OF)))
.PHONY: $(VENV)/pyvenv.cfg
endif
endif

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Calf Coach needs Python 3.11 or newer, and PYTHON=$(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; \
		echo "Name another: make $(MAKECMDGOALS) PYTHON=/path/to/python3.13" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
