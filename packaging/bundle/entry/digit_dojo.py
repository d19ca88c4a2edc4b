"""The window's program in the bundle: ``digit-dojo``."""

import os
import sys

if sys.platform.startswith("linux"):
    # PyInstaller's start-up tells the loader and Qt where our libraries are. Both know by now, and a file
    # manager that the window starts must find its own.
    for name in ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
        os.environ.pop(name, None)
        if f"{name}_ORIG" in os.environ:
            os.environ[name] = os.environ.pop(f"{name}_ORIG")

from gui.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
