"""Digit Dojo's engine: data, training and inference without any user interface.

Nothing in here imports Qt, pyqtgraph or ``gui``; only the modules that need torch import it.
"""

__version__ = "0.1.0"
