"""What a training will do, as arithmetic: images ÷ batch size = steps, × epochs = images shown."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from engine.config import TrainConfig
from engine.training.plan import EpochPlan


class ArithmeticView(QWidget):
    """The sentence under the settings; it changes with every key typed.

    Signals:
        starter_requested: an empty document wants the starter digits.
        data_requested: it wants digits drawn or imported.
    """

    starter_requested = Signal()
    data_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._config = TrainConfig()
        self._train = 0
        self._val = 0
        self.label = QLabel()
        self.label.setObjectName("arithmeticLabel")
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.label.linkActivated.connect(lambda _link: self.data_requested.emit())
        self.button = QPushButton()
        self.button.setObjectName("addStarterButton")
        self.button.clicked.connect(self.starter_requested)
        self._is_busy = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.label)
        column.addWidget(self.button)
        self.retranslate()

    def show_config(self, config: TrainConfig) -> None:
        """Calculate for these settings."""
        self._config = config
        self.retranslate()

    def show_counts(self, train: int, val: int) -> None:
        """Calculate for ``train`` labelled training images and ``val`` held back."""
        self._train, self._val = train, val
        self.retranslate()

    def retranslate(self) -> None:
        """Take all texts in the window's language and calculate anew."""
        self.button.setText(
            self.tr("Adding the digits…") if self._is_busy else self.tr("Add 10,000 starter digits")
        )
        self.button.setAccessibleName(self.button.text())
        self.button.setEnabled(not self._is_busy)
        self.button.setVisible(self._train == 0)
        lines = self.lines()
        self.label.setText("<br>".join(lines))
        self.label.setAccessibleName(self.plain_text())
        self._make_room()

    def show_busy(self, is_busy: bool) -> None:
        """Say that the starter digits are on their way."""
        self._is_busy = is_busy
        self.retranslate()

    def plain_text(self) -> str:
        """Return what the view says, without marks."""
        return re.sub("<[^>]*>", "", " ".join(self.lines()))

    def lines(self) -> list[str]:
        """Return the sentence, a part a line."""
        if self._train == 0:
            return [
                self.tr("There are no labelled digits to learn from yet."),
                self.tr('<a href="data">Draw or import your own</a>, or take ready ones:'),
            ]
        plan = EpochPlan(self._train, self._config.batch_size, self._config.epochs)
        lines = [
            self.tr("{images} ÷ {batch} = <b>{steps}</b> an epoch").format(
                images=self.tr("%Ln image(s)", "", plan.images),
                batch=_number(plan.batch_size),
                steps=self.tr("%Ln step(s)", "", plan.steps_per_epoch),
            ),
            self._last_batch(plan),
            self.tr("× {epochs} = <b>{steps}</b>").format(
                epochs=self.tr("%Ln epoch(s)", "", plan.epochs),
                steps=self.tr("%Ln step(s)", "", plan.total_steps),
            ),
            self.tr("= {images} shown").format(images=self.tr("%Ln image(s)", "", plan.images_shown)),
        ]
        if self._val:
            lines.append(
                self.tr("+ {images} held back for validation").format(
                    images=self.tr("%Ln image(s)", "", self._val)
                )
            )
        else:
            lines.append(self.tr("No digits are held back for validation."))
        return lines

    def _last_batch(self, plan: EpochPlan) -> str:
        if plan.batch_size > plan.images:
            return self.tr("(the batch is larger than the data: one step of {images})").format(
                images=self.tr("%Ln image(s)", "", plan.images)
            )
        if plan.last_batch == plan.batch_size:
            return self.tr("(each batch has {count})").format(count=_number(plan.batch_size))
        return self.tr("(the last batch has {count})").format(count=_number(plan.last_batch))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Keep every line in sight: a wrapped label alone gives way to the settings above it."""
        self.label.setMinimumHeight(self.label.heightForWidth(self.width()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _number(value: int) -> str:
    return QLocale().toString(value)
