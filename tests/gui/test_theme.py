"""Light and dark: both are readable, and switching reaches widgets that are open."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from gui import theme
from gui.widgets.curve_legend import STEPS, pen_of

LOOKS = ("light", "dark")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", ["accent", "good", "bad", "warning", "quiet"])
def test_text_in_our_colours_is_readable_on_window_and_card(look, name):
    palette = theme.own_palette(look == "dark")
    color = getattr(theme.colors(palette), name)
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        assert theme.contrast(color, palette.color(role)) >= theme.READABLE


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", ["train", "val"])
def test_curves_are_visible_on_window_and_card(look, name):
    palette = theme.own_palette(look == "dark")
    color = getattr(theme.colors(palette), name)
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        assert theme.contrast(color, palette.color(role)) >= theme.VISIBLE


@pytest.mark.parametrize("look", LOOKS)
def test_text_on_accent_and_tinted_ground_and_ink_on_paper_are_readable(look):
    palette = theme.own_palette(look == "dark")
    colors = theme.colors(palette)
    text = palette.color(QPalette.ColorRole.WindowText)
    assert theme.contrast(colors.accent_text, colors.accent) >= theme.READABLE
    assert theme.contrast(text, colors.accent_soft) >= theme.READABLE
    assert theme.contrast(colors.accent, colors.accent_soft) >= theme.READABLE
    assert theme.contrast(colors.canvas_ink, colors.canvas_paper) >= theme.READABLE


@pytest.mark.parametrize("look", LOOKS)
def test_every_pair_of_our_palette_is_readable(look):
    palette, role = theme.own_palette(look == "dark"), QPalette.ColorRole
    for text, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.Link, role.Window),
    ):
        assert theme.contrast(palette.color(text), palette.color(ground)) >= theme.READABLE
    disabled = palette.color(QPalette.ColorGroup.Disabled, role.WindowText)
    assert theme.contrast(disabled, palette.color(role.Window)) >= theme.VISIBLE - 0.5


@pytest.mark.parametrize("accent", ["#ffff00", "#00ff00", "#808080", "#ff0000", "#000000", "#ffffff"])
@pytest.mark.parametrize("look", LOOKS)
def test_a_systems_accent_is_made_readable(look, accent):
    palette = theme.own_palette(look == "dark")
    palette.setColor(QPalette.ColorRole.Accent, QColor(accent))
    colors = theme.colors(palette)
    assert theme.contrast(colors.accent, palette.color(QPalette.ColorRole.Window)) >= theme.READABLE
    assert theme.contrast(colors.accent_text, colors.accent) >= theme.READABLE


def test_black_on_white_has_the_contrast_the_formula_gives():
    assert theme.contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert theme.contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


def test_switching_reaches_open_widgets_and_back(qapp, qtbot, system_again):
    widget = QWidget()
    qtbot.addWidget(widget)
    for look in ("dark", "light", "dark", "light"):
        theme.apply(qapp, look)
        QApplication.processEvents()
        assert theme.is_dark(widget.palette()) == (look == "dark")


def test_an_unknown_choice_means_the_systems(qapp, system_again):
    theme.apply(qapp, "dark")
    theme.apply(qapp, "purple")
    assert not theme.is_dark(QApplication.palette())


@pytest.mark.parametrize("look", LOOKS)
def test_single_steps_are_visible_and_quieter_than_their_epochs(look):
    palette = theme.own_palette(look == "dark")
    paper, train = palette.color(QPalette.ColorRole.Base), theme.colors(palette).train
    for color in (theme.steps(train, paper), pen_of(STEPS, palette).color()):
        assert theme.VISIBLE <= theme.contrast(color, paper) < theme.contrast(train, paper)


@pytest.mark.parametrize("is_enabled", [True, False])
def test_an_empty_box_is_seen_on_a_dark_window(qapp, qtbot, system_again, is_enabled):
    theme.apply(qapp, "dark")
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setEnabled(is_enabled)
    box.resize(40, 24)
    box.show()
    picture = box.grab().toImage()
    ground = theme.own_palette(dark=True).color(QPalette.ColorRole.Window)
    row = [picture.pixelColor(x, picture.height() // 2) for x in range(picture.width() // 2)]
    strongest = max(theme.contrast(color, ground) for color in row)
    assert strongest >= (theme.VISIBLE - 0.1 if is_enabled else 2.0)
