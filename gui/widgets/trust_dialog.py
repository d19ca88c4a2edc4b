"""How far a model's answers can be trusted: how often they are right when it is so sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from engine.training.interval import USEFUL
from gui import theme
from gui.widgets.percent import percent
from gui.widgets.reliability_view import ReliabilityView

if TYPE_CHECKING:
    from engine.inference.trust import Study


class TrustDialog(QDialog):
    """The reliability picture of one model with its calibration error, before and after.

    Args:
        study: what was measured.
        model: what the model is called.
        parent: the widget it belongs to.

    Attributes:
        picture: ``reliabilityView``.
        figures: ``trustFigures``: the calibration error, with its n.
    """

    def __init__(self, study: Study, model: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("trustDialog")
        self._study, self._model = study, model
        self.picture = ReliabilityView(study.before, study.after)
        self._intro = QLabel(wordWrap=True)
        self.figures = QLabel(wordWrap=True)
        self.figures.setObjectName("trustFigures")
        self._about = QLabel(wordWrap=True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(self.fontMetrics().height() // 2)
        for part in (self._intro, self.picture, self.figures, self._about, self._buttons):
            column.addWidget(part, 1 if part is self.picture else 0)
        self.picture.setVisible(bool(study.n))
        self._dress()
        self.retranslate()
        line = self.fontMetrics().height()
        self.resize(30 * line, 36 * line if study.n else 12 * line)

    def retranslate(self) -> None:
        """Set the texts of the window's language."""
        self.setWindowTitle(self.tr("How sure is it? – {model}").format(model=self._model))
        self._intro.setText(
            self.tr(
                "A model that says 80 % should be right 80 times out of 100. Points on the diagonal keep "
                "that promise; points below it promise too much."
            )
        )
        self.figures.setText(self._figures())
        self._about.setText(self._words())

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _figures(self) -> str:
        study = self._study
        if study.error_before is None or study.error_after is None:
            return self.tr("There are no validation digits, so nothing could be measured.")
        text = self.tr(
            "Calibration error on %n validation digit(s): {before} before, {after} after dividing by a "
            "temperature of {temperature}.",
            "",
            study.n,
        ).replace(str(study.n), QLocale().toString(study.n), 1)
        text = text.format(
            before=percent(study.error_before, 1),
            after=percent(study.error_after, 1),
            temperature=QLocale().toString(study.temperature, "f", 2),
        )
        return text.replace(" %", "\u00a0%")  # a number and its sign stay on one line

    def _words(self) -> str:
        study = self._study
        if not study.n:
            return self.tr("Put some labelled digits into the validation split and train again.")
        if study.is_fitted:
            words = self.tr(
                "The temperature was fitted on these digits; for the error after it, each half was measured "
                "with the temperature of the other half. It changes how sure the model sounds, never what it "
                "reads."
            )
        elif study.temperature != 1.0:
            words = self.tr(
                "The temperature comes with the model: it was fitted on writers whose digits it had not "
                "learned."
            )
        else:
            words = self.tr(
                "These are too few digits to fit a temperature: the answers are as the model gives them."
            )
        if study.n < USEFUL:
            return words + " " + self.tr("That is too few digits to rely on.")
        return words

    def _dress(self) -> None:
        quiet = self.palette()
        quiet.setColor(self.foregroundRole(), theme.colors(self.palette()).quiet)
        self._about.setPalette(quiet)
