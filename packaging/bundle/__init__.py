"""The installers: one bundle of program and Python, packed for each system. ``packaging/dev.py installer``."""
