"""What a run's settings and facts are called, and their values in words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from gui.widgets.device_words import device_words

_FORM: dict[str, Any] = {  # said as the settings form says them
    "model": QT_TRANSLATE_NOOP("ConfigForm", "Model"),
    "start_from": QT_TRANSLATE_NOOP("ConfigForm", "Start from"),
    "epochs": QT_TRANSLATE_NOOP("ConfigForm", "Epochs"),
    "batch_size": QT_TRANSLATE_NOOP("ConfigForm", "Batch size"),
    "learning_rate": QT_TRANSLATE_NOOP("ConfigForm", "Learning rate"),
    "augment": QT_TRANSLATE_NOOP("ConfigForm", "Augmentation"),
    "device": QT_TRANSLATE_NOOP("ConfigForm", "Device"),
    "strokes": QT_TRANSLATE_NOOP("ConfigForm", "Pen strokes"),
    "class_weights": QT_TRANSLATE_NOOP("ConfigForm", "Class weights"),
    "sampling": QT_TRANSLATE_NOOP("ConfigForm", "Batches"),
    "early_stop": QT_TRANSLATE_NOOP("ConfigForm", "Early stopping"),
    "weight_decay": QT_TRANSLATE_NOOP("ConfigForm", "Weight decay"),
    "seed": QT_TRANSLATE_NOOP("ConfigForm", "Seed"),
}
_OWN: dict[str, Any] = {
    "hidden": QT_TRANSLATE_NOOP("SettingWords", "Hidden layers"),
    "augment_shift": QT_TRANSLATE_NOOP("SettingWords", "Shift (pixels)"),
    "augment_turn": QT_TRANSLATE_NOOP("SettingWords", "Rotation (degrees)"),
    "augment_scale": QT_TRANSLATE_NOOP("SettingWords", "Scale"),
    "augment_shear": QT_TRANSLATE_NOOP("SettingWords", "Shear"),
    "augment_thicker": QT_TRANSLATE_NOOP("SettingWords", "Thicker strokes"),
    "augment_thinner": QT_TRANSLATE_NOOP("SettingWords", "Thinner strokes"),
    "augment_elastic": QT_TRANSLATE_NOOP("SettingWords", "Elastic (pixels)"),
    "added_epochs": QT_TRANSLATE_NOOP("SettingWords", "Epochs added later"),
    "threads": QT_TRANSLATE_NOOP("SettingWords", "Threads"),
    "n_train": QT_TRANSLATE_NOOP("SettingWords", "Training digits"),
    "n_val": QT_TRANSLATE_NOOP("SettingWords", "Validation digits"),
    "data_version": QT_TRANSLATE_NOOP("SettingWords", "Version of the data"),
    "torch": QT_TRANSLATE_NOOP("SettingWords", "PyTorch"),
    "python": QT_TRANSLATE_NOOP("SettingWords", "Python"),
    "app": QT_TRANSLATE_NOOP("SettingWords", "Digit Dojo"),
    "platform": QT_TRANSLATE_NOOP("SettingWords", "System"),
}
SHARES = ("augment_scale", "augment_shear", "augment_thicker", "augment_thinner")  # shown in percent
_VALUES: dict[tuple[str, Any], Any] = {
    ("model", "mlp"): QT_TRANSLATE_NOOP("ConfigForm", "Perceptron (MLP)"),
    ("model", "cnn"): QT_TRANSLATE_NOOP("ConfigForm", "Convolutional (CNN)"),
    ("augment", "off"): QT_TRANSLATE_NOOP("ConfigForm", "Off"),
    ("augment", "light"): QT_TRANSLATE_NOOP("ConfigForm", "Light"),
    ("augment", "strong"): QT_TRANSLATE_NOOP("ConfigForm", "Strong"),
    ("augment", "custom"): QT_TRANSLATE_NOOP("ConfigForm", "Custom"),
    ("strokes", "stored"): QT_TRANSLATE_NOOP("ConfigForm", "As stored"),
    ("strokes", "redrawn"): QT_TRANSLATE_NOOP("ConfigForm", "Redrawn each epoch"),
    ("class_weights", "off"): QT_TRANSLATE_NOOP("ConfigForm", "Off"),
    ("class_weights", "balanced"): QT_TRANSLATE_NOOP("ConfigForm", "Balanced"),
    ("sampling", "shuffle"): QT_TRANSLATE_NOOP("ConfigForm", "Shuffled, each once"),
    ("sampling", "replacement"): QT_TRANSLATE_NOOP("ConfigForm", "Drawn with replacement"),
    ("start_from", "random"): QT_TRANSLATE_NOOP("ConfigForm", "Random numbers"),
    ("start_from", "base"): QT_TRANSLATE_NOOP("ConfigForm", "Shipped model"),
}


def setting_name(name: str) -> str:
    """Return what a setting or fact is called in the window's language; one without words stays as it is."""
    if name in _FORM:
        return QCoreApplication.translate("ConfigForm", _FORM[name])
    return QCoreApplication.translate("SettingWords", _OWN[name]) if name in _OWN else name


def setting_value(name: str, value: Any) -> str:
    """Return the value of a setting or fact in words."""
    locale = QLocale()
    if (name, value if isinstance(value, str) else None) in _VALUES:
        return QCoreApplication.translate("ConfigForm", _VALUES[name, value])
    if value is None:
        return "–"
    if name == "device":
        return device_words(str(value))
    if name == "start_from":
        return QCoreApplication.translate("ConfigForm", "Run {0}").format(value)
    if isinstance(value, bool):
        return QCoreApplication.translate("SettingWords", "yes" if value else "no")
    if isinstance(value, int):
        return str(value) if name in ("seed", "data_version") else locale.toString(value)
    if name in SHARES:
        return f"{locale.toString(100 * value, 'g', 4)} %"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, tuple | list):
        return " → ".join(setting_value("", part) for part in value)
    return str(value)


YES_NO = (QT_TRANSLATE_NOOP("SettingWords", "yes"), QT_TRANSLATE_NOOP("SettingWords", "no"))
