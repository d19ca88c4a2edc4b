"""Devices in the window's words."""

from __future__ import annotations

import pytest

from gui.i18n import Translation
from gui.widgets.device_words import device_words


@pytest.mark.parametrize(
    ("spoken", "english", "japanese"),
    [
        ("cpu", "CPU", "CPU"),
        ("cpu (1 thread)", "CPU (1 thread)", "CPU(1 スレッド)"),
        ("cpu (12 threads)", "CPU (12 threads)", "CPU(12 スレッド)"),
        ("cuda (NVIDIA H100 (80 GB))", "GPU (NVIDIA H100 (80 GB))", "GPU(NVIDIA H100 (80 GB))"),
        ("mps", "GPU (Apple)", "GPU(Apple)"),
        ("an abacus", "an abacus", "an abacus"),
    ],
)
def test_a_device_is_called_what_people_call_it(qapp, translations, system_again, spoken, english, japanese):
    translation = Translation(qapp, translations)
    translation.use("en")
    assert device_words(spoken) == english
    translation.use("ja")
    assert device_words(spoken) == japanese
