"""Is there a screen to show a window on? Asked before Qt, which ends the process where there is none."""

from __future__ import annotations

import ctypes
import os
import sys


def displays() -> tuple[str, ...]:
    """Return Qt's plugins whose display answers, ``wayland`` and ``xcb``; elsewhere than Linux ``native``.

    What ``QT_QPA_PLATFORM`` asks for is taken at its word.
    """
    if not sys.platform.startswith("linux"):
        return ("native",)
    if os.environ.get("QT_QPA_PLATFORM"):
        return (os.environ["QT_QPA_PLATFORM"],)
    asked = (("wayland", "WAYLAND_DISPLAY", _wayland_answers), ("xcb", "DISPLAY", _x_answers))
    return tuple(name for name, variable, answers in asked if os.environ.get(variable) and answers())


def _x_answers() -> bool:
    """Say whether the X server of ``DISPLAY`` lets us in."""
    try:
        library = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # not to be asked
    library.xcb_connect.restype = ctypes.c_void_p
    library.xcb_connection_has_error.argtypes = library.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = library.xcb_connect(None, None)  # never null, also when it failed
    answers = library.xcb_connection_has_error(connection) == 0
    library.xcb_disconnect(connection)
    return bool(answers)


def _wayland_answers() -> bool:
    """Say whether the compositor of ``WAYLAND_DISPLAY`` lets us in."""
    try:
        library = ctypes.CDLL("libwayland-client.so.0")
    except OSError:
        return True  # not to be asked
    library.wl_display_connect.restype = ctypes.c_void_p
    library.wl_display_disconnect.argtypes = [ctypes.c_void_p]
    connection = library.wl_display_connect(None)
    if connection:
        library.wl_display_disconnect(connection)
    return bool(connection)
