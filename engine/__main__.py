"""``python -m engine``: the command line (installed as ``digit-dojo-engine``)."""

from __future__ import annotations

import sys

from engine.cli.command_line import main

if __name__ == "__main__":
    sys.exit(main())
