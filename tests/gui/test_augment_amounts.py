"""The amounts of augmentation: sliders and numbers agree, and moving one makes it custom."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyle, QStyleOptionSlider

from engine.augmentation import NAMED, RANGES, Amounts
from engine.config import CUSTOM, TrainConfig
from engine.data.handwriting.writing import write
from engine.data.samples import NewSample, Split
from engine.data.strokes import render, to_json
from gui.augment_sampler import AugmentSampler
from gui.widgets.augment_amounts import SCALES, AmountsDialog
from gui.widgets.augment_choice import AugmentChoice
from gui.widgets.config_form import ConfigForm


@pytest.fixture
def form(qtbot) -> ConfigForm:
    form = ConfigForm()
    qtbot.addWidget(form)
    form.show()
    return form


@pytest.fixture
def choice(form) -> AugmentChoice:
    return form.augmentation


@pytest.fixture
def dialog(choice) -> AmountsDialog:
    QTest.mouseClick(choice.button, Qt.MouseButton.LeftButton)
    assert choice.dialog.isVisible()
    return choice.dialog


def pull(slider, to: float) -> None:
    """Drag the handle with the mouse to a part 0 … 1 of its way."""
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    control = QStyle.ComplexControl.CC_Slider
    handle = slider.style().subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, slider)
    groove = slider.style().subControlRect(control, option, QStyle.SubControl.SC_SliderGroove, slider)
    way = groove.width() - handle.width()
    end = QPoint(round(groove.left() + handle.width() / 2 + to * way), handle.center().y())
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=handle.center())
    QTest.mouseMove(slider, end)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=end)


@pytest.mark.parametrize("kind", ["light", "strong"])
def test_a_named_kind_shows_its_amounts(form, dialog, kind):
    QTest.mouseClick(dialog.kinds[kind], Qt.MouseButton.LeftButton)
    assert form.config() == TrainConfig(augment=kind)
    for name, row in dialog.rows.items():
        shown = getattr(NAMED[kind], name) * SCALES[name].factor
        assert row.number.value() == pytest.approx(shown)
        assert row.slider.value() * SCALES[name].step == pytest.approx(shown)


def test_off_shows_nothing_and_a_pulled_slider_makes_it_custom(form, dialog):
    QTest.mouseClick(dialog.kinds["off"], Qt.MouseButton.LeftButton)
    heard = []
    form.changed.connect(lambda: heard.append(form.config().augment))
    pull(dialog.rows["turn"].slider, 1.0)
    assert form.config().augment_amounts == Amounts(turn=RANGES["turn"][1])
    assert form.augment.currentData() == CUSTOM and dialog.kinds[CUSTOM].isChecked()
    assert set(heard) == {CUSTOM}


def test_a_typed_number_moves_its_slider_and_leaves_the_others(form, dialog):
    start = Amounts(shift=1.2345, turn=3.0, thinner=0.777)
    form.set_config(TrainConfig(augment=CUSTOM, augment_amounts=start))
    row = dialog.rows["elastic"]
    row.number.selectAll()
    QTest.keyClicks(row.number, "0.75")
    assert row.slider.value() * SCALES["elastic"].step == pytest.approx(0.75)
    assert form.config().augment_amounts == Amounts(shift=1.2345, turn=3.0, thinner=0.777, elastic=0.75)


def test_every_move_is_told_once(form, dialog):
    QTest.mouseClick(dialog.kinds["light"], Qt.MouseButton.LeftButton)
    heard = []
    form.changed.connect(lambda: heard.append(form.config().amounts.shear))
    for _ in range(3):
        QTest.keyClick(dialog.rows["shear"].slider, Qt.Key.Key_Right)
    assert heard == [0.13, 0.14, 0.15]


def test_custom_amounts_are_kept_while_another_kind_is_looked_at(form, dialog):
    pull(dialog.rows["scale"].slider, 0.0)
    own = form.config()
    assert own.augment == CUSTOM and own.augment_amounts.scale == 0
    for kind in ("strong", CUSTOM):
        QTest.mouseClick(dialog.kinds[kind], Qt.MouseButton.LeftButton)
    assert form.config() == own


def test_custom_chosen_from_the_list_begins_with_light_and_opens_the_amounts(form, choice):
    choice.combo.setFocus()
    QTest.keyClick(choice.combo, Qt.Key.Key_End)
    assert form.config().amounts == NAMED["light"] and form.config().augment == CUSTOM
    assert choice.dialog.isVisible()


def test_while_a_training_runs_the_amounts_can_only_be_looked_at(form, dialog):
    form.setEnabled(False)
    assert not dialog.rows["turn"].slider.isEnabled() and dialog.close_button.isEnabled()
    form.setEnabled(True)
    assert dialog.rows["turn"].slider.isEnabled()


def test_every_control_says_what_it_is(dialog):
    for row in dialog.rows.values():
        for widget in (row.slider, row.number):
            assert widget.accessibleName() and widget.toolTip() and widget.objectName()
    names = [button.accessibleName() for button in dialog.kinds.values()]
    assert len(set(names)) == 4 and all(names)


def test_it_fits_a_small_screen(dialog):
    hint = dialog.minimumSizeHint()
    assert hint.width() <= 640 and hint.height() <= 600


def test_the_digits_follow_a_slider(qtbot, session):
    strokes = write(3, np.random.default_rng(1))
    picture = render(strokes)
    session.document.samples.add(
        [NewSample(picture, 3, Split.TRAIN, original=to_json(strokes).encode(), original_kind="strokes")]
    )
    sampler, seen = AugmentSampler(lambda: session.document), []
    sampler.sampled.connect(seen.append)
    sampler.look()
    wanted = [
        TrainConfig(augment=CUSTOM, augment_amounts=Amounts(turn=10)),
        TrainConfig(augment=CUSTOM, augment_amounts=Amounts(turn=11)),
        TrainConfig(augment="off", strokes="redrawn"),
        TrainConfig(augment="light", strokes="redrawn"),
    ]
    for config in wanted:
        count = len(seen)
        sampler.ask(config)
        qtbot.waitUntil(lambda count=count: len(seen) > count, timeout=60_000)
    pictures = [np.frombuffer(one, np.uint8).reshape(-1, 28, 28) for one in seen]
    assert all((one[0] == picture).all() for one in pictures), "the digit itself comes first"
    assert len({one.tobytes() for one in pictures}) == 4
    assert (pictures[2][1:] != picture).any((1, 2)).all(), "redrawn without any augmentation"
    sampler.ask(TrainConfig(augment="off"))
    assert seen[-1] == b""
    assert sampler.shutdown()
