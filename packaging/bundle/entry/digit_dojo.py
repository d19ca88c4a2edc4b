"""The window's program in the bundle: ``digit-dojo``."""

import sys

from gui.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
