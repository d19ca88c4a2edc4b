"""How a training is told on the command line: JSON events, or a log line an epoch as Keras prints it."""

from __future__ import annotations

from engine import events
from engine.cli.output import Output
from engine.sentences import counted
from engine.setting_words import device_in_words


class TrainReport:
    """Prints events as they come."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._started: events.RunStarted | None = None

    def show(self, event: events.Event) -> None:
        """Print one event."""
        self._output.json(events.to_json(event))
        match event:
            case events.RunStarted():
                self._started = event
                self._tell_start(event)
            case events.StepCompleted():
                self._tell_step(event)
            case events.EpochCompleted():
                self._tell_epoch(event)
            case events.RunFinished():
                self._tell_end(event)

    def _tell_start(self, event: events.RunStarted) -> None:
        model = event.config.model
        device = device_in_words(event.device, "ja")
        self._output.text(
            f"Run {event.run}: {model}, {counted(event.parameters, 'parameter')}, on {event.device}; "
            f"{event.train_images:,} training and {counted(event.val_images, 'validation digit')}; "
            f"{counted(event.steps_per_epoch, 'step')} an epoch.",
            f"実行 {event.run}: {model}、パラメーター {event.parameters:,} 個、デバイス {device}、"
            f"学習用 {event.train_images:,} 個、検証用 {event.val_images:,} 個、"
            f"1 エポック {event.steps_per_epoch:,} ステップ。",
        )
        if event.step:
            self._output.text(
                f"Going on after epoch {event.epoch}, step {event.step:,}.",
                f"エポック {event.epoch}、ステップ {event.step:,} の続きから始めます。",
            )

    def _tell_step(self, event: events.StepCompleted) -> None:
        if self._started:
            label = f"{event.epoch}/{self._started.total_epochs} loss {event.loss:.4f} "
            self._output.progress(event.step, self._started.total_steps, label)

    def _tell_epoch(self, event: events.EpochCompleted) -> None:
        if self._started:
            line = epoch_line(event, self._started.total_epochs, self._started.steps_per_epoch)
            self._output.text(line, line)

    def _tell_end(self, event: events.RunFinished) -> None:
        if self._started and self._started.step == event.step and event.reason != "stopped":
            self._output.note(
                f"Run {event.run} is already complete; nothing was trained. --epochs N extends it.",
                f"実行 {event.run} はすでに完了しているため、学習していません。--epochs N で延長できます。",
            )
            return
        reasons = {
            "completed": ("Completed", "完了"),
            "stopped": ("Stopped", "停止"),
            "early_stop": ("Ended early, since it no longer got better", "改善が止まったため終了"),
        }
        english, japanese = reasons[event.reason]
        score_en = score_ja = ""
        if event.val_accuracy is not None:
            score = f"{event.val_accuracy:.2%}"
            score_en = (
                f" Best epoch {event.best_epoch}: {score} of {counted(event.val_images, 'validation digit')}."
            )
            score_ja = f"最良はエポック {event.best_epoch}: 検証用 {event.val_images:,} 個の正解率 {score}。"
        self._output.text(
            f"{english}: epoch {event.epoch}, step {event.step:,}, {event.seconds:.1f} s.{score_en}",
            f"{japanese}: エポック {event.epoch}、ステップ {event.step:,}、"
            f"{event.seconds:.1f} 秒。{score_ja}",
        )


def epoch_line(event: events.EpochCompleted, total_epochs: int, steps_per_epoch: int) -> str:
    """Return the log line of an epoch, in the form that Keras made familiar."""
    line = (
        f"Epoch {event.epoch}/{total_epochs} - {steps_per_epoch}/{steps_per_epoch} - "
        f"{event.ms_per_step:.3g}ms/step - "
        f"accuracy: {event.train_accuracy:.4f} - loss: {event.train_loss:.4f}"
    )
    if event.val_accuracy is not None and event.val_loss is not None:
        line += f" - val_accuracy: {event.val_accuracy:.4f} - val_loss: {event.val_loss:.4f}"
    return line
