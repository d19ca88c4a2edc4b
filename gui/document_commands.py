"""New, Open, Save, Save As and the recent documents: from the menu to the session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from gui.document_session import DocumentSession
from gui.messages import Kind
from gui.settings import Settings
from gui.training_controller import TrainingController
from gui.widgets.message_strip import MessageStrip


class Dialogs(Protocol):
    """What asks the user for a path."""

    def document_to_open(self) -> Path | None: ...
    def document_to_save(self, name: str) -> Path | None: ...


class DocumentCommands(QObject):
    """Goes from one document to another, but never while a training or an import writes into this one.

    Args:
        is_importing: True while a worker adds digits to the document.
    """

    def __init__(
        self,
        session: DocumentSession,
        controller: TrainingController,
        settings: Settings,
        strip: MessageStrip,
        dialogs: Dialogs,
        is_importing: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._session = session
        self._controller = controller
        self._settings = settings
        self._strip = strip
        self._dialogs = dialogs
        self._is_importing = is_importing
        self._after_training: Callable[[], object] | None = None
        controller.run_ended.connect(self._on_run_ended)
        session.document_changed.connect(self.remember)
        session.displaced.connect(self._on_displaced)

    def new(self) -> None:
        """Begin an empty document."""

        def begin() -> None:
            self._go(self._session.new)

        self._when_free(begin)

    def choose(self) -> None:
        """Ask which document to open, and open it."""
        path = self._dialogs.document_to_open()
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Open the document at ``path``."""

        def open_now() -> None:
            self._go(lambda: self._session.open(path))

        if path.absolute() != self._session.document.path:
            self._when_free(open_now)

    def open_dropped(self, path: Path, has_others: bool) -> None:
        """Open a document that was dropped; of the others that came with it say that they were not taken."""
        self.open(path)
        if has_others and self._session.document.path == path.absolute():  # else something else was said
            self._strip.show_message(
                Kind.WARNING,
                lambda: self.tr(
                    "One document at a time: only {name} was taken of what was dropped. "
                    "To import pictures, drop them without a document."
                ).format(name=path.name),
            )

    def save(self) -> None:
        """Give an untitled document a name; say of a named one that each change is saved already."""
        document = self._session.document
        if document.is_untitled:
            self.save_as()
        elif not document.is_in_place():
            self._on_displaced()
        else:
            name = document.path.name
            self._strip.show_message(
                Kind.SUCCESS,
                lambda: self.tr("Everything is saved already: each change goes into {name} at once.").format(
                    name=name
                ),
            )

    def save_as(self) -> None:
        """Ask for a name and keep the document under it."""

        def save_now() -> None:
            document = self._session.document
            name = self.tr("My digits") if document.is_untitled else document.path.stem
            path = self._dialogs.document_to_save(name)
            if path is not None and self._session.save_as(path):
                self._strip.show_message(
                    Kind.SUCCESS, lambda: self.tr("Saved as {name}.").format(name=path.name)
                )

        self._when_free(save_now)

    def remember(self) -> None:
        """Note which document is open, for the next start and the list of recent ones."""
        document = self._session.document
        self._settings.last_document = None if document.is_untitled else document.path
        if not document.is_untitled:
            self._settings.remember(document.path)

    def _go(self, command: Callable[[], object]) -> None:
        """Leave the document; what was said of it does not follow into the next one."""
        document, said = self._session.document, self._strip.kept()
        self._note_untitled()
        command()
        if self._session.document is not document:
            self._strip.dismiss(said)

    def _on_displaced(self) -> None:
        document = self._session.document
        name = document.path.name
        self._strip.show_message(
            Kind.WARNING,
            lambda: self.tr(
                "{name} is not where it was: it was moved, renamed or deleted while it is open here. "
                "Save it under a name, so that nothing is lost."
            ).format(name=name),
            lambda: self.tr("Save As…"),
            self.save_as,
            lambda: self._session.document is document and not document.is_in_place(),
        )

    def _note_untitled(self) -> None:
        """List an untitled document that is left among the recent ones: it has no other way back."""
        document = self._session.document
        if document.is_untitled and document.samples.count():
            self._settings.remember(document.path)

    def _when_free(self, command: Callable[[], object]) -> None:
        if self._is_importing():
            self._strip.show_message(
                Kind.INFO,
                lambda: self.tr("Digits are being added. Try again when they are all there."),
                holds=self._is_importing,
            )
        elif self._controller.is_active:
            self._strip.show_message(
                Kind.WARNING,
                lambda: self.tr(
                    "A training is running in this document. Stop it first; what it learnt is kept."
                ),
                lambda: self.tr("Stop and go on"),
                lambda: self._stop_then(command),
                lambda: self._controller.is_active,
            )
        else:
            command()

    def _stop_then(self, command: Callable[[], object]) -> None:
        if not self._controller.is_active:
            command()
            return
        self._after_training = command
        self._controller.stop()

    def _on_run_ended(self, _ending: object) -> None:
        command, self._after_training = self._after_training, None
        if command is not None:
            QTimer.singleShot(0, self, command)  # after everybody has heard of the end
