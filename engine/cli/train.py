"""``train``: train a network on a document's digits, or go on with a run."""

from __future__ import annotations

import argparse
import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import events
from engine.cli import arguments as readers
from engine.cli.arguments import Say
from engine.cli.output import Output
from engine.cli.train_report import TrainReport
from engine.config import (
    BATCH_SIZE_RANGE,
    CUSTOM,
    EPOCHS_RANGE,
    LEARNING_RATE_RANGE,
    PATIENCE_RANGE,
    REHEARSE_RANGE,
    SEED_RANGE,
    TRAIN_IMAGES_RANGE,
    TrainConfig,
)
from engine.data.document import Document
from engine.data.plain_files import open_plain
from engine.errors import Code, EngineError

if TYPE_CHECKING:
    from engine.training.control import Control

NAME = "train"
SUMMARY = ("train a network on a document's digits", "ドキュメントの数字でネットワークを学習させる")
_LARGEST_CONFIG = 65_536  # bytes
_SETTINGS = (
    "model",
    "hidden",
    "epochs",
    "batch_size",
    "learning_rate",
    "weight_decay",
    "augment",
    "sampling",
    "early_stop",
    "seed",
    "device",
    "start_from",
    "rehearse",
    "layers",
    "train_images",
    "strokes",
    "class_weights",
)


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare what ``train`` takes; values are checked by TrainConfig, so that one place decides."""
    default = TrainConfig()
    whole = readers.whole

    def setting(flag: str, english: str, japanese: str, **options: Any) -> None:
        parser.add_argument(flag, help=say(english, japanese), **options)

    readers.add_document(parser, say)
    low, high = EPOCHS_RANGE
    setting(
        "--epochs",
        f"passes over the training digits (default {default.epochs}); with --resume: epochs in all",
        f"エポック数(既定 {default.epochs})。--resume では合計のエポック数",
        type=whole("epochs", f"{low} … {high}"),
        metavar="N",
    )
    low, high = BATCH_SIZE_RANGE
    setting(
        "--batch-size",
        f"images a step (default {default.batch_size})",
        f"バッチサイズ(既定 {default.batch_size})",
        type=whole("batch_size", f"{low} … {high}"),
        metavar="N",
    )
    setting(
        "--model",
        f"mlp or cnn (default {default.model})",
        f"mlp または cnn(既定 {default.model})",
        metavar="M",
    )
    setting(
        "--hidden",
        "units of the mlp's one or two hidden layers, as 128 or 128,64",
        "mlp の隠れ層のユニット数(1 層か 2 層、例: 128 または 128,64)",
        type=_hidden,
        metavar="UNITS",
    )
    rate_low, rate_high = LEARNING_RATE_RANGE
    setting(
        "--learning-rate",
        f"peak of the one-cycle schedule (default {default.learning_rate:g})",
        f"学習率の最大値(既定 {default.learning_rate:g})",
        type=readers.number("learning_rate", f"{rate_low:g} … {rate_high:g}"),
        metavar="X",
    )
    setting(
        "--weight-decay",
        f"pull of the weights towards zero (default {default.weight_decay:g})",
        f"重み減衰(既定 {default.weight_decay:g})",
        type=readers.number("weight_decay", "0 … 1"),
        metavar="X",
    )
    setting(
        "--seed",
        "source of all randomness (default 0)",
        "乱数のシード(既定 0)",
        type=whole("seed", "{} … {}".format(*SEED_RANGE)),
        metavar="N",
    )
    setting("--device", "auto, cpu, cuda or mps", "auto、cpu、cuda、mps のいずれか", metavar="D")
    setting("--sampling", "shuffle or replacement", "shuffle または replacement(復元抽出)", metavar="S")
    setting(
        "--augment",
        "off, light, strong or custom, whose augment_amounts stand in --config",
        "データ拡張 off、light、strong、または custom(量は --config の augment_amounts)",
        metavar="A",
    )
    setting(
        "--early-stop",
        "end after this many epochs without a better validation loss",
        "検証損失がこのエポック数だけ改善しなければ終える",
        type=whole("early_stop", "{} … {}".format(*PATIENCE_RANGE)),
        metavar="PATIENCE",
    )
    setting(
        "--start-from", "random, base or a run's number", "random、base、または実行の番号", metavar="FROM"
    )
    low, high = REHEARSE_RANGE
    setting(
        "--rehearse",
        "learn own digits only and mix in this many starter digits an epoch, so that nothing is forgotten",
        "自分の数字だけから学習し、忘れないように付属の数字をエポックごとにこの数だけ混ぜる",
        type=whole("rehearse", f"{low} … {high}"),
        metavar="N",
    )
    setting(
        "--layers",
        "which learn: all, or the last only, on top of --start-from",
        "学習する層: all(すべて)、または --start-from のモデルの最後の層だけ(last)",
        metavar="L",
    )
    setting(
        "--train-images",
        "learn from so many of the training digits only, all classes alike",
        "学習用の数字のうち、この個数だけを使う(クラスは均等)",
        type=whole("train_images", "{} … {}".format(*TRAIN_IMAGES_RANGE)),
        metavar="N",
    )
    setting(
        "--strokes",
        "digits stored as pen strokes: stored, or redrawn for each epoch",
        "ペンのストロークで保存された数字: stored(保存のまま)、redrawn(エポックごとに書き直す)",
        metavar="S",
    )
    setting(
        "--class-weights",
        "off, or balanced: errors on classes with few digits count more",
        "クラスの重み off、または balanced(数の少ないクラスの誤りを重く見る)",
        metavar="W",
    )
    setting(
        "--resume",
        "go on with this run, exactly where it was",
        "この実行を、止まったところから正確に続ける",
        type=whole("resume", "RUN"),
        metavar="RUN",
    )
    setting(
        "--stop-after",
        "stop once this epoch is done; --resume goes on from there",
        "このエポックが終わったら止める(--resume で続けられる)",
        type=whole("stop_after", f"1 … {EPOCHS_RANGE[1]}"),
        metavar="EPOCH",
    )
    setting(
        "--config",
        "read settings from a JSON file",
        "設定を JSON ファイルから読む",
        type=Path,
        metavar="FILE",
    )


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Train and print each event; a failed run is raised as its error."""
    if arguments.stop_after is not None:
        _within("stop_after", arguments.stop_after, *EPOCHS_RANGE)
    config = None
    if arguments.resume is None:
        config = _config(arguments)
        _refuse_hidden_layers(arguments, config, output)
    else:
        _refuse_settings(arguments, output)
    document = Document.open(arguments.document)
    try:
        from engine.training.control import Control

        control = Control()
        report = TrainReport(output)
        with _stop_on_signals(control, output):
            for event in _events(arguments, config, document, control):
                report.show(event)
                if isinstance(event, events.RunFailed):
                    raise EngineError(Code(event.code), **event.fields)
    finally:
        document.close()
    return 0


def _events(
    arguments: argparse.Namespace, config: TrainConfig | None, document: Document, control: Control
) -> Iterator[events.Event]:
    from engine.training import session  # torch loads here, after the settings proved right

    if config is not None:
        return session.start(document, config, control, stop_after=arguments.stop_after)
    return session.resume(
        document,
        arguments.resume,
        control,
        extra_epochs=_extra_epochs(arguments, document),
        stop_after=arguments.stop_after,
    )


def _refuse_hidden_layers(arguments: argparse.Namespace, config: TrainConfig, output: Output) -> None:
    """Refuse hidden layers for a model that takes none; those of a settings file are left alone.

    Raises:
        EngineError: USAGE.
    """
    if arguments.hidden is not None and config.model != "mlp":
        raise EngineError(
            Code.USAGE,
            detail=output.say(
                f"--hidden belongs to the model mlp, and this one is {config.model}: add --model mlp, "
                "or leave --hidden out",
                f"--hidden は mlp のための設定で、このモデルは {config.model} です。--model mlp を加えるか、"
                "--hidden を外してください",
            ),
        )


def _refuse_settings(arguments: argparse.Namespace, output: Output) -> None:
    """Refuse to change a setting of a resumed run, other than its epochs.

    Raises:
        EngineError: USAGE.
    """
    for name in (*_SETTINGS, "config"):
        if name != "epochs" and getattr(arguments, name) is not None:
            flag = "--" + name.replace("_", "-")
            raise EngineError(
                Code.USAGE,
                detail=output.say(
                    f"A resumed run keeps its settings, so {flag} cannot go with --resume",
                    f"再開する実行の設定は変えられないため、{flag} と --resume は同時に使えません",
                ),
            )


def _extra_epochs(arguments: argparse.Namespace, document: Document) -> int:
    """Return how many epochs ``--epochs`` asks for beyond what the run has planned.

    Raises:
        EngineError: CONFIG_INVALID when the epochs are fewer than planned or too many.
    """
    if arguments.epochs is None:
        return 0
    from engine.training import session

    planned = session.planned_epochs(document.runs.get(arguments.resume))
    _within("epochs", arguments.epochs, planned, EPOCHS_RANGE[1])
    return int(arguments.epochs) - planned


def _within(field: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise EngineError(Code.CONFIG_INVALID, field=field, value=value, allowed=f"{low} … {high}")


def _config(arguments: argparse.Namespace) -> TrainConfig:
    values: dict[str, Any] = _read_config(arguments.config) if arguments.config else {}
    values.update(
        (name, getattr(arguments, name)) for name in _SETTINGS if getattr(arguments, name) is not None
    )
    if arguments.augment is not None and arguments.augment != CUSTOM:
        values.pop("augment_amounts", None)  # what is said on the command line goes before the file
    return TrainConfig.from_dict(values)


def _read_config(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(_read_plain(path))
    except FileNotFoundError:
        raise EngineError(Code.FILE_MISSING, path=path) from None
    except OSError:
        raise EngineError(Code.FILE_UNREADABLE, path=path) from None
    except (ValueError, RecursionError):  # not JSON, or not text
        raise EngineError(Code.CONFIG_FILE_DAMAGED, path=path) from None
    if not isinstance(values, dict):
        raise EngineError(Code.CONFIG_FILE_DAMAGED, path=path)
    return values


def _read_plain(path: Path) -> str:
    with open_plain(path) as file:
        return file.read(_LARGEST_CONFIG).decode("utf-8-sig")


def _hidden(text: str) -> tuple[int, ...]:
    return tuple(readers.whole("hidden", "1 … 4096")(part) for part in text.split(","))


@contextmanager
def _stop_on_signals(control: Control, output: Output) -> Iterator[None]:
    """Let Ctrl+C and a polite kill end the run with its state saved; a second Ctrl+C ends at once."""

    def on_signal(number: int, frame: object) -> None:
        for name, previous in before.items():
            signal.signal(name, previous)
        output.note(
            "Stopping after this step; the state is saved. --resume goes on from there.",
            "このステップで止め、状態を保存します。--resume で続けられます。",
        )
        control.stop()

    before = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    for name in before:
        signal.signal(name, on_signal)
    try:
        yield
    finally:
        for name, previous in before.items():
            signal.signal(name, previous)
