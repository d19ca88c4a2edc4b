"""The settings form holds a TrainConfig: every field survives the way in and out."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QScrollArea, QSpinBox, QWidget

from engine.augmentation import RANGES, Amounts
from engine.config import (
    AUGMENTATIONS,
    CLASS_WEIGHTS,
    DEVICES,
    LAYERS,
    MODELS,
    SAMPLINGS,
    STROKES,
    TrainConfig,
)
from gui.i18n import Translation
from gui.widgets.config_form import ConfigForm, Start
from gui.widgets.number_inputs import DoublingSpin, FactorSpin
from gui.widgets.settings_column import SettingsColumn

VALUES = {
    "model": MODELS,
    "hidden": ((1,), (4096,), (300, 7)),
    "epochs": (1, 7, 10_000),
    "batch_size": (1, 600, 65_536),
    "learning_rate": (1e-6, 0.00025, 0.0123, 1.0),
    "weight_decay": (0.0, 0.0005, 1.0),
    "augment": AUGMENTATIONS,
    "sampling": SAMPLINGS,
    "early_stop": (None, 1, 1_000),
    "seed": (0, 2**31 - 1),
    "device": DEVICES,
    "start_from": ("random", "base", "12"),
    "rehearse": (0, 60, 9_000),
    "layers": LAYERS,
    "train_images": (None, 1, 60_000),
    "augment_amounts": (Amounts(turn=7.3721, elastic=0.123), Amounts(**{n: r[1] for n, r in RANGES.items()})),
    "strokes": STROKES,
    "class_weights": CLASS_WEIGHTS,
}
CASES = [(name, value) for name, values in VALUES.items() for value in values]


@pytest.fixture
def form(qtbot) -> ConfigForm:
    form = ConfigForm()
    qtbot.addWidget(form)
    return form


def test_a_new_form_holds_the_engines_defaults(form):
    assert form.config() == TrainConfig()


def test_no_field_of_the_config_is_left_out():
    assert set(VALUES) == {field.name for field in fields(TrainConfig)}


@pytest.mark.parametrize(("name", "value"), CASES)
def test_every_field_survives_the_way_into_the_form_and_out(form, name, value):
    start = "base" if name == "layers" else "random"  # random weights have no layers to leave alone
    kind = {"augment": "custom"} if name == "augment_amounts" else {}
    config = replace(TrainConfig(start_from=start), **kind, **{name: value})
    form.set_config(config)
    assert form.config() == config


def test_random_weights_let_all_layers_learn(form):
    form.set_config(TrainConfig(start_from="base", layers="last"))
    assert form.layers.isEnabled()
    form.start_from.setCurrentIndex(0)
    assert not form.layers.isEnabled()
    assert form.config().layers == "all"


def test_any_change_is_told_once_with_the_new_value(form):
    heard = []
    form.changed.connect(lambda: heard.append(form.config().epochs))
    form.epochs.setValue(40)
    assert heard == [40]


def test_the_stable_names_are_there_and_every_control_says_what_it_is(form):
    names = "epochsSpin batchSizeSpin learningRateSpin modelCombo startFromCombo augmentCombo deviceCombo"
    for name in names.split():
        assert form.findChild(QWidget, name) is not None
    for kind in (QComboBox, QSpinBox, FactorSpin):
        for control in form.findChildren(kind):
            assert control.accessibleName() and control.toolTip() and control.whatsThis()


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [("0.003", 0.003, "0.003"), (".02", 0.02, "0.02"), ("3e-4", 0.0003, "0.0003"), ("0,05", 0.05, "0.05")],
)
def test_a_learning_rate_can_be_typed_as_people_write_it(form, typed, value, shown):
    form.learning_rate.selectAll()
    QTest.keyClicks(form.learning_rate, typed)
    QTest.keyClick(form.learning_rate, Qt.Key.Key_Return)
    assert form.config().learning_rate == value
    assert form.learning_rate.text() == shown


def test_a_learning_rate_out_of_range_never_becomes_a_setting(form):
    form.learning_rate.selectAll()
    QTest.keyClicks(form.learning_rate, "7")
    QTest.keyClick(form.learning_rate, Qt.Key.Key_Return)
    assert 0 < form.config().learning_rate <= 1


def test_the_arrows_of_the_learning_rate_climb_one_two_three_five_ten(form):
    spin = form.learning_rate
    spin.setValue(0.001)
    seen = []
    for _ in range(5):
        spin.stepUp()
        seen.append(spin.value())
    assert seen == [0.002, 0.003, 0.005, 0.01, 0.02]
    for _ in range(6):
        spin.stepDown()
    assert spin.value() == 0.0005


def test_the_arrows_of_the_batch_size_double_and_halve_and_any_number_can_be_typed(qtbot):
    spin = DoublingSpin()
    qtbot.addWidget(spin)
    spin.setRange(1, 1_000)
    spin.setValue(64)
    spin.stepUp()
    assert spin.value() == 128
    spin.selectAll()
    QTest.keyClicks(spin, "100")
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert spin.value() == 100
    spin.stepDown()
    assert spin.value() == 64
    spin.setValue(1)
    spin.stepDown()
    assert spin.value() == 1


def choose(combo: QComboBox, value: str) -> None:
    """As a user does."""
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def test_a_start_from_another_model_brings_its_layers_along(form):
    form.set_runs({3: Start("mlp", (64, 32), "MLP, 5 epochs, 97 %")})
    choose(form.start_from, "3")
    assert (form.config().model, form.config().hidden) == ("mlp", (64, 32))


def test_other_layers_than_those_of_the_start_begin_at_random_again(form):
    choose(form.start_from, "base")
    choose(form.model, "mlp")
    assert form.config().start_from == "random"


def test_the_chosen_start_stays_when_a_run_is_added(form):
    form.set_runs({1: Start("cnn")})
    choose(form.start_from, "1")
    form.set_runs({1: Start("cnn"), 2: Start("mlp", (128,))})
    assert form.config().start_from == "1"


def test_devices_that_are_not_there_are_greyed_out_but_automatic_stays(form):
    form.set_available_devices(["cpu"])
    model = form.device.model()
    assert isinstance(model, QStandardItemModel)
    enabled = {DEVICES[row]: model.item(row).isEnabled() for row in range(len(DEVICES))}
    assert enabled == {"auto": True, "cpu": True, "cuda": False, "mps": False}


def test_only_what_counts_is_enabled(form):
    form.set_config(TrainConfig(model="cnn", early_stop=None))
    assert not form.hidden1.isEnabled() and not form.patience.isEnabled()
    form.set_config(TrainConfig(model="mlp", early_stop=3))
    assert form.hidden1.isEnabled() and form.patience.isEnabled()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_setting_is_seen_whole_beside_the_curves(qtbot, qapp, translations, system_again, language):
    Translation(qapp, translations).use(language)
    form = ConfigForm()
    column = SettingsColumn(form, QWidget(), ())
    qtbot.addWidget(column)
    form.more.setChecked(True)
    column.resize(column.width(), 300)  # so little height that it scrolls
    column.show()
    area = column.findChild(QScrollArea)
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
    assert form.width() == area.viewport().width() >= form.minimumSizeHint().width()
