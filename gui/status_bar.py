"""The line at the foot: what is open and saved, how many digits, which device, which model."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

from gui.document_session import DocumentSession
from gui.widgets.device_words import device_words
from gui.widgets.elided_label import ElidedLabel

WIDEST = 24  # lines' heights that the name of a model may take


class StatusBar(QStatusBar):
    """Four quiet facts, always there."""

    def __init__(self, session: DocumentSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._count = 0
        self._device: str | None = None
        self._model = ""
        self._document_label, self._samples_label, self._device_label = (
            self._fact(QLabel(), name) for name in ("statusDocument", "statusSamples", "statusDevice")
        )
        self._model_label = self._fact(ElidedLabel(), "statusModel")  # a run's name may be long, too
        self._model_label.setMaximumWidth(WIDEST * self.fontMetrics().height())
        # The name of a document may be long: it is the one that gives way.
        self._document_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.addWidget(self._document_label, 1)
        for label in (self._samples_label, self._device_label, self._model_label):
            self.addPermanentWidget(label)
        session.document_changed.connect(self._count_samples)
        session.samples_changed.connect(self._count_samples)
        self._count_samples()

    def show_device(self, spoken: str) -> None:
        """Say which device computes, in the engine's words."""
        self._device = spoken
        self.retranslate()

    def show_model(self, name: str) -> None:
        """Say which model reads, as the model choice names it."""
        self._model = name
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything anew, in the window's language."""
        document = self._session.document
        name = document_name(document.path, document.is_untitled)
        self._document_label.setText(self.tr("{name} · all changes saved").format(name=name))
        self._document_label.setToolTip(str(document.path))
        self._samples_label.setText(self.tr("%Ln digit(s)", "", self._count))
        device = device_words(self._device) if self._device is not None else self.tr("getting ready…")
        self._device_label.setText(self.tr("Device: {device}").format(device=device))
        self._model_label.setText(self.tr("Model: {model}").format(model=self._model))
        self._model_label.setVisible(bool(self._model))
        for label in (self._document_label, self._samples_label, self._device_label, self._model_label):
            label.setAccessibleName(label.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _count_samples(self) -> None:
        self._count = self._session.document.samples.count()
        self.retranslate()

    def _fact(self, label: QLabel, name: str) -> QLabel:
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setContentsMargins(3, 3, 3, 3)
        return label


def document_name(path: Path, is_untitled: bool) -> str:
    """Return what the window calls the document at ``path``."""
    return QCoreApplication.translate("Document", "Untitled") if is_untitled else path.stem
