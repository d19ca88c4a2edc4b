# All work is done by packaging/dev.py, which also serves Windows and macOS. Arguments: make test ARGS="-k canvas"
PYTHON ?= $(shell command -v python3 || command -v python)

.PHONY: setup run test check tour installer clean

setup run test check tour installer clean:
	@$(PYTHON) packaging/dev.py $@ $(ARGS)
