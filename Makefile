# All work is done by packaging/dev.py, which also serves Windows and macOS. Arguments: make test ARGS="-k canvas"
PYTHON ?= $(shell command -v python3 || command -v python)

.PHONY: setup run test check tour clean

setup run test check tour clean:
	@$(PYTHON) packaging/dev.py $@ $(ARGS)
