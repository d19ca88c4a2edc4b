"""Walk one batch: step, slow or play through the batches of the training that is real."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QHideEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from engine.events import BatchWalked, RunStarted
from gui import icons, theme
from gui.widgets.batch_table import BatchTable, Stage
from gui.widgets.drawn_view import DrawnView
from gui.widgets.sample_words import number

STILL, SLOW, PLAY = "still", "slow", "play"
DEAL_MS = {STILL: 350, SLOW: 700}  # the cards' way from the deck
LOOK_MS = {STILL: 500, SLOW: 1_100}  # with the guesses before the update alone
NEXT_MS = {SLOW: 1_300, PLAY: 150}  # from the whole batch to the next step


class BatchWalk(QWidget):
    """Shows single steps of the training, and asks for the next one.

    Signals:
        step_requested: one step, of a new training where there is none.
        pause_requested: a training that runs should wait, to be walked through.
        watched: True while somebody looks; only then the training tells of its batches.

    Attributes:
        table, drawn: the batch, and how often each image was drawn.
        step, slow, play: the buttons.
    """

    step_requested = Signal()
    pause_requested = Signal()
    watched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event: BatchWalked | None = None
        self._state = "idle"
        self._can_train = False
        self._mode = STILL
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        self.caption = QLabel()
        self.caption.setObjectName("walkCaption")
        self.result = QLabel()
        self.result.setObjectName("walkResult")
        self.legend = QLabel()
        self.legend.setObjectName("walkLegend")
        self.hint = QLabel()
        self.hint.setObjectName("walkHint")
        self.table = BatchTable()
        self.drawn = DrawnView()
        self.step = self._button("walkStepButton")
        self.slow = self._button("walkSlowButton", checkable=True)
        self.play = self._button("walkPlayButton", checkable=True)
        self._lay_out()
        self.step.clicked.connect(self._on_step)
        self.slow.clicked.connect(lambda on: self._choose(SLOW if on else STILL))
        self.play.clicked.connect(lambda on: self._choose(PLAY if on else STILL))
        self.table.dealt.connect(self._on_dealt)
        self.retranslate()

    # -- what happens --------------------------------------------------------------------------------

    def take(self, events: list[object], is_single: bool) -> None:
        """Follow the events of one look into the queue; a step that was asked for alone comes in stages."""
        newest: BatchWalked | None = None
        for event in events:
            if isinstance(event, BatchWalked):
                newest = event
            elif isinstance(event, RunStarted) and not event.step:
                newest = self._event = None
                self._show_batch(None, in_stages=False)
        if newest is not None:
            self._show_batch(newest, in_stages=is_single and self._mode != PLAY)

    def show_state(self, state: str) -> None:
        """Follow the controller."""
        self._state = state
        if state in ("idle", "stopping") and self._mode != STILL:
            self._choose(STILL)
        elif state == "paused" and self._mode != STILL and not self._is_busy():
            self._timer.start(NEXT_MS[self._mode])
        self._show_buttons()

    def set_can_train(self, can_train: bool) -> None:
        """Say whether there is anything to learn from."""
        self._can_train = can_train
        self._show_buttons()

    def halt(self) -> None:
        """Ask for no further step: somebody lets the training run, or another document is open."""
        self._choose(STILL)

    def clear(self) -> None:
        """Forget the batch."""
        self.halt()
        self._show_batch(None, in_stages=False)

    def _show_batch(self, event: BatchWalked | None, in_stages: bool) -> None:
        self._timer.stop()
        self._event = event
        self.drawn.show_batch(event)
        self._pages.setCurrentIndex(0 if event is None else 1)
        self.table.set_batch(event, Stage.DECK if in_stages else Stage.AFTER)
        if event is not None and in_stages:
            self.table.deal(DEAL_MS[self._mode])
        elif self._mode != STILL:
            self._timer.start(NEXT_MS[self._mode])
        self._say()

    def _on_dealt(self) -> None:
        self._show_stage(Stage.BEFORE)
        self._timer.start(LOOK_MS.get(self._mode, LOOK_MS[STILL]))

    def _on_time(self) -> None:
        """Show what comes after: the update, or the next batch."""
        if self._event is not None and self.table.stage == Stage.BEFORE:
            self._show_stage(Stage.AFTER)
            if self._mode != STILL:
                self._timer.start(NEXT_MS[self._mode])
        elif self._mode != STILL and self._state in ("idle", "paused"):
            self.step_requested.emit()

    def _show_stage(self, stage: Stage) -> None:
        self.table.set_stage(stage)
        self._say()

    def _is_busy(self) -> bool:
        """True while a batch comes to the table or waits for its next stage."""
        return self._timer.isActive() or (self._event is not None and self.table.stage != Stage.AFTER)

    def _on_step(self) -> None:
        self._choose(STILL)
        if self._event is not None and self.table.stage != Stage.AFTER:  # in a hurry
            self._timer.stop()
            self.table.set_batch(self._event, Stage.AFTER)
            self._say()
        self.step_requested.emit()

    def _choose(self, mode: str) -> None:
        was, self._mode = self._mode, mode
        if mode == STILL:
            if self._timer.isActive() and self.table.stage == Stage.AFTER:
                self._timer.stop()  # the next step was due
        elif was == STILL:
            if self._state == "running":
                self.pause_requested.emit()
            elif self._state in ("idle", "paused") and not self._is_busy():
                self.step_requested.emit()
        self._show_buttons()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to watch."""
        super().showEvent(event)
        self.watched.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing that nobody sees."""
        super().hideEvent(event)
        self._choose(STILL)
        self.watched.emit(False)

    # -- what is said --------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all texts in the window's language."""
        for button, text, told in (
            (
                self.step,
                self.tr("Step"),
                self.tr("Feed one batch and change the parameters once."),
            ),
            (self.slow, self.tr("Slow"), self.tr("One step after the other, slowly enough to follow.")),
            (self.play, self.tr("Play"), self.tr("One step after the other, quickly.")),
        ):
            button.setText(text)
            button.setToolTip(told)
            button.setAccessibleName(text)
            button.setAccessibleDescription(told)
        self.hint.setText(
            self.tr(
                "Here you see a step from inside: the training digits are shuffled like a deck of cards, "
                "the deck is cut into batches, and one batch is fed. You see what the network takes its "
                "images for, and again once its parameters have changed.\n\nPress Step."
            )
        )
        self.legend.setText(
            self.tr(
                "7 → 3: what it is taken for before and after the update, struck out where wrong. "
                "Bars: its loss before (pale) and after."
            )
        )
        self._say()
        self._show_icons()

    def _say(self) -> None:
        event = self._event
        if event is None:
            self.caption.clear()
            self.result.clear()
            return
        last = event.first + len(event.indices)
        words = (
            self.tr("Step {0}: batch {1} of {2} in epoch {3}, cards {4}–{5} of {6}")
            if event.sampling == "shuffle"
            else self.tr("Step {0}: batch {1} of {2} in epoch {3}, draws {4}–{5} of {6}")
        )
        values = (event.step, event.batch, event.batches, event.epoch, event.first + 1, last)
        self.caption.setText(words.format(*map(number, (*values, event.train_images))))
        self.result.setText(self._result(event))
        self.result.setAccessibleName(self.result.text())

    def _result(self, event: BatchWalked) -> str:
        if self.table.stage == Stage.DECK:
            return ""
        before, after = event.before, event.after
        total = number(len(event.indices))
        if self.table.stage == Stage.BEFORE:
            text = self.tr("loss {0} · read right: {1} of {2}").format(
                _loss(before.loss), number(before.correct), total
            )
        else:
            text = self.tr("loss {0} → {1} · read right: {2} → {3} of {4}").format(
                _loss(before.loss), _loss(after.loss), number(before.correct), number(after.correct), total
            )
        hidden = len(event.indices) - self.table.shown_images()
        rest = self.tr("{0} more are not shown").format(number(hidden))
        return f"{text} · {rest}" if hidden else text

    def _show_buttons(self) -> None:
        can_begin = self._state == "idle" and self._can_train
        self.step.setEnabled(can_begin or self._state == "paused")
        for button, mode in ((self.slow, SLOW), (self.play, PLAY)):
            button.setEnabled(can_begin or self._state in ("paused", "running"))
            button.setChecked(self._mode == mode)

    # -- looks ---------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        bold = QFont(self.font())
        bold.setBold(True)
        self.caption.setFont(bold)
        for label in (self.caption, self.result, self.legend, self.hint):
            label.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self.caption)
        texts.addWidget(self.result)
        top = QHBoxLayout()
        top.addLayout(texts, 1)
        for button in (self.step, self.slow, self.play):
            top.addWidget(button)
        batch = QWidget()
        below = QHBoxLayout(batch)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(16)
        left = QVBoxLayout()
        left.addWidget(self.table, 1)
        left.addWidget(self.legend)
        below.addLayout(left, 1)
        below.addWidget(self.drawn, 0, Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.hint)
        self._pages.addWidget(batch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addLayout(top)
        column.addLayout(self._pages, 1)
        self._color()

    def _button(self, name: str, checkable: bool = False) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setCheckable(checkable)
        button.setAutoDefault(False)
        return button

    def _color(self) -> None:
        quiet = QPalette(self.palette())
        quiet.setColor(QPalette.ColorRole.WindowText, theme.colors(self.palette()).quiet)
        self.legend.setPalette(quiet)

    def _show_icons(self) -> None:
        for button, name in ((self.step, "step"), (self.slow, "play"), (self.play, "play")):
            button.setIcon(icons.icon(name, self.palette()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._color()
            self._show_icons()


def _loss(value: float) -> str:
    return QLocale().toString(value, "f", 3)
