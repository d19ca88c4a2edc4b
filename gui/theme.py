"""Colours, light and dark: the system's palette where it has one, ours where it has none."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

CHOICES = ("system", "light", "dark")
READABLE = 4.5  # WCAG 2.2, 1.4.3: text against its ground
VISIBLE = 3.0  # WCAG 2.2, 1.4.11: marks and lines against their ground
BOXED = ("QCheckBox", "QRadioButton", "RunsTable")  # have boxes to tick
FRAME_DARKENED = 127  # percent by which Qt's Fusion style darkens the ground into the frame of a box


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours the palette does not have. Text colours reach READABLE, marks VISIBLE.

    ``train`` and ``val`` are the blue and orange of Okabe and Ito, told apart by colour-blind eyes; they are
    also drawn solid and dashed.
    """

    accent: QColor  # the one accent: marks, chosen things
    accent_text: QColor  # text on accent
    accent_soft: QColor  # a ground tinted with accent
    train: QColor
    val: QColor
    good: QColor
    bad: QColor
    warning: QColor
    quiet: QColor  # secondary text
    line: QColor  # separators and frames
    card: QColor  # ground of a panel on the window
    canvas_paper: QColor
    canvas_ink: QColor
    canvas_guide: QColor  # faint lines on the paper


def colors(palette: QPalette) -> Colors:
    """Return the colours that go with ``palette``, light or dark."""
    window = palette.color(QPalette.ColorRole.Window)
    text = palette.color(QPalette.ColorRole.WindowText)
    dark = is_dark(palette)
    tint = 0.20 if dark else 0.12
    accent = legible(palette.color(QPalette.ColorRole.Accent), window, READABLE)
    for _ in range(2):  # it is also the word on its own tint, which changes with it
        accent = legible(accent, mixed(accent, window, tint), READABLE)
    white, black = QColor("#ffffff"), QColor("#10141a")
    return Colors(
        accent=accent,
        accent_text=white if contrast(white, accent) >= contrast(black, accent) else black,
        accent_soft=mixed(accent, window, tint),
        train=QColor("#56b4e9" if dark else "#0072b2"),
        val=QColor("#f0a535" if dark else "#c85a00"),
        good=QColor("#5cc78a" if dark else "#1a7a45"),
        bad=QColor("#ff8f85" if dark else "#b3261e"),
        warning=QColor("#f2bd4b" if dark else "#8a5a00"),
        quiet=legible(mixed(text, window, 0.62), window, READABLE),
        line=mixed(text, window, 0.20),
        card=palette.color(QPalette.ColorRole.Base),
        canvas_paper=QColor("#1a1d22" if dark else "#fffdf8"),
        canvas_ink=QColor("#f4f1ea" if dark else "#14181f"),
        canvas_guide=QColor("#343a43" if dark else "#e6e1d6"),
    )


def is_dark(palette: QPalette) -> bool:
    """True where text is lighter than its ground."""
    text = palette.color(QPalette.ColorRole.WindowText)
    return _luminance(text) > _luminance(palette.color(QPalette.ColorRole.Window))


def apply(app: QApplication, choice: str) -> None:
    """Show the window light, dark or as the system has it (any other ``choice``)."""
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(choice)
    hints = QGuiApplication.styleHints()
    if scheme is None:
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(scheme)
    app.setPalette(QPalette())  # the platform's own again
    if hints.colorScheme() == Qt.ColorScheme.Unknown:  # a bare display: nobody else has a palette for it
        app.setPalette(own_palette(dark=choice == "dark"))
    for kind in BOXED:
        app.setPalette(boxes_framed(app.palette()), kind)  # type: ignore[arg-type]  # text it is


def boxes_framed(palette: QPalette) -> QPalette:
    """Return ``palette`` for widgets with boxes to tick: on a dark ground their frames are to be seen.

    Fusion makes the frame from the window's colour, only darker, which on a dark window is no frame at all.
    These widgets draw nothing else with that colour.
    """
    framed = QPalette(palette)
    if is_dark(palette):
        text, role = palette.color(QPalette.ColorRole.Text), QPalette.ColorRole.Window
        ground, base = palette.color(role), palette.color(QPalette.ColorRole.Base)
        group = QPalette.ColorGroup
        for which, share in ((group.Active, 0.55), (group.Inactive, 0.55), (group.Disabled, 0.38)):
            frame = mixed(text, base, share)
            if which != group.Disabled:
                frame = legible(frame, ground, VISIBLE)
            framed.setColor(which, role, frame.lighter(FRAME_DARKENED))
    return framed


def own_palette(dark: bool) -> QPalette:
    """Return the palette for displays without a desktop that has one."""
    if dark:
        ground, base, raised, text = "#202329", "#181a1f", "#2b2f37", "#e9eaec"
        accent, on_accent, off = "#6cb2f0", "#10141a", "#7d838d"
    else:
        ground, base, raised, text = "#f4f4f2", "#ffffff", "#fbfbfa", "#1c2026"
        accent, on_accent, off = "#1f66b0", "#ffffff", "#8d9299"
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette(QColor(raised), QColor(ground))
    for target, color in {
        role.Window: ground,
        role.WindowText: text,
        role.Base: base,
        role.AlternateBase: raised,
        role.Text: text,
        role.Button: raised,
        role.ButtonText: text,
        role.BrightText: "#ffffff",
        role.ToolTipBase: raised,
        role.ToolTipText: text,
        role.PlaceholderText: off,
        role.Highlight: accent,
        role.HighlightedText: on_accent,
        role.Accent: accent,
        role.Link: accent,
    }.items():
        palette.setColor(target, QColor(color))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, target, QColor(off))
    palette.setColor(group.Disabled, role.Highlight, mixed(QColor(text), QColor(ground), 0.3))
    palette.setColor(group.Disabled, role.Accent, mixed(QColor(text), QColor(ground), 0.3))
    return palette


def primary_style(palette: QPalette) -> str:
    """Return the style sheet of the one button of a page that matters most: flat, in the accent colour."""
    chosen, window = colors(palette), palette.color(QPalette.ColorRole.Window)
    ground, hover, pressed = (mixed(chosen.accent, window, share) for share in (1.0, 0.9, 0.8))
    text = palette.color(QPalette.ColorRole.WindowText)
    button = "QPushButton"
    return (
        f"{button} {{ background: {ground.name()}; color: {chosen.accent_text.name()}; font-weight: 600;"
        f" border: 2px solid {ground.name()}; border-radius: 6px; padding: 4px 14px; }}"
        f"{button}:hover {{ background: {hover.name()}; }}"
        f"{button}:pressed {{ background: {pressed.name()}; }}"
        f"{button}:focus {{ border-color: {text.name()}; }}"
        f"{button}:disabled {{ background: {mixed(text, window, 0.12).name()};"
        f" color: {chosen.quiet.name()}; border-color: transparent; }}"
    )


def mixed(color: QColor, ground: QColor, share: float) -> QColor:
    """Return ``share`` (0 … 1) of ``color`` laid over ``ground``."""
    return QColor.fromRgbF(
        share * color.redF() + (1 - share) * ground.redF(),
        share * color.greenF() + (1 - share) * ground.greenF(),
        share * color.blueF() + (1 - share) * ground.blueF(),
    )


def legible(color: QColor, ground: QColor, ratio: float) -> QColor:
    """Return ``color``, moved towards black or white until its contrast with ``ground`` is ``ratio``."""
    target = QColor("#ffffff") if _luminance(ground) < 0.18 else QColor("#000000")
    for step in range(21):
        candidate = mixed(target, color, step / 20)
        if contrast(candidate, ground) >= ratio:
            return candidate
    return target


def steps(train: QColor, ground: QColor) -> QColor:
    """Return the colour of the single steps: quieter than their epochs' line ``train``, but to be seen."""
    shades = [mixed(train, ground, share / 20) for share in range(8, 20)]
    return next((shade for shade in shades if contrast(shade, ground) >= VISIBLE), train)


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, 1 … 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: QColor) -> float:
    """Relative luminance, 0 … 1 (WCAG 2.2, from sRGB)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
