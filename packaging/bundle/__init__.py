"""The installers: one bundle of program and Python, packed for each system: ``dev.py installer``."""
