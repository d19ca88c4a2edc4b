"""The command line's program in the bundle: ``digit-dojo-engine``."""

import sys

from engine.cli.command_line import main

if __name__ == "__main__":
    sys.exit(main())
