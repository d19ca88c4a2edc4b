"""What can go wrong, as codes with fields. The sentences a person reads are in ``engine.sentences``."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Every way a user's action can fail; the value is stable.

    ``--json`` prints it where one item of many failed, in the event RunFailed, and for what ``check`` found.
    A command that failed as a whole prints nothing on standard output: its sentence is on standard error.
    """

    # the document
    DOCUMENT_MISSING = "document_missing"  # path
    DOCUMENT_EXISTS = "document_exists"  # path
    DOCUMENT_FOREIGN = "document_foreign"  # path
    DOCUMENT_NEWER = "document_newer"  # path, version, supported
    DOCUMENT_TRUNCATED = "document_truncated"  # path
    DOCUMENT_DAMAGED = "document_damaged"  # path, detail
    DOCUMENT_READ_ONLY = "document_read_only"  # path
    DOCUMENT_BUSY = "document_busy"  # path
    FOLDER_MISSING = "folder_missing"  # path
    NAME_TOO_LONG = "name_too_long"  # path
    FOLDER_UNWRITABLE = "folder_unwritable"  # path
    DISK_FULL = "disk_full"  # path
    # files that are read
    FILE_MISSING = "file_missing"  # path
    FILE_UNREADABLE = "file_unreadable"  # path
    FILE_EMPTY = "file_empty"  # path
    FORMAT_UNKNOWN = "format_unknown"  # path
    FOLDER_WITHOUT_IMAGES = "folder_without_images"  # path
    IMAGE_UNREADABLE = "image_unreadable"  # path
    IMAGE_TOO_LARGE = "image_too_large"  # path, width, height, limit (megapixels)
    IMAGE_BLANK = "image_blank"  # path
    IDX_DAMAGED = "idx_damaged"  # path
    IDX_LABELS_MISSING = "idx_labels_missing"  # path, expected (the file name looked for)
    STROKES_DAMAGED = "strokes_damaged"  # path, line
    TABLE_DAMAGED = "table_damaged"  # path, line
    ARRAYS_DAMAGED = "arrays_damaged"  # path
    LABEL_INVALID = "label_invalid"  # value
    # training
    NO_TRAINING_DIGITS = "no_training_digits"
    NO_OWN_DIGITS = "no_own_digits"
    NO_PEN_STROKES = "no_pen_strokes"
    NO_LABELLED_DIGITS = "no_labelled_digits"
    SPLIT_EMPTY = "split_empty"  # path, split
    CONFIG_INVALID = "config_invalid"  # field, value, allowed
    CONFIG_UNKNOWN_FIELD = "config_unknown_field"  # field
    CONFIG_FILE_DAMAGED = "config_file_damaged"  # path
    DEVICE_UNAVAILABLE = "device_unavailable"  # device
    LOSS_NOT_FINITE = "loss_not_finite"  # epoch, step, learning_rate
    OUT_OF_MEMORY = "out_of_memory"  # device, batch_size
    # runs and models
    RUN_MISSING = "run_missing"  # run
    RUN_WITHOUT_MODEL = "run_without_model"  # run
    EPOCH_NOT_KEPT = "epoch_not_kept"  # run, epoch, kept (the epochs whose models there are)
    RUN_BUSY = "run_busy"  # run
    RUN_NOT_RESUMABLE = "run_not_resumable"  # run
    NO_RUNS = "no_runs"
    CHECKPOINT_DAMAGED = "checkpoint_damaged"  # run
    NETWORK_UNKNOWN = "network_unknown"  # run
    ASSET_MISSING = "asset_missing"  # path
    ASSET_DAMAGED = "asset_damaged"  # path
    # the rest
    OUTPUT_UNWRITABLE = "output_unwritable"  # reason, in the system's words
    USAGE = "usage"  # detail
    INTERNAL = "internal"  # detail


class EngineError(Exception):
    """A failure the user can understand and act on.

    Attributes:
        code: what went wrong.
        fields: the values its sentence names (``path``, ``run`` …), as plain str, int or float.
    """

    def __init__(self, code: Code, **fields: object) -> None:
        super().__init__(code, fields)
        self.code = code
        self.fields: dict[str, object] = {
            name: value if isinstance(value, int | float) else str(value) for name, value in fields.items()
        }

    def __str__(self) -> str:
        inside = ", ".join(f"{name}={value}" for name, value in self.fields.items())
        return f"{self.code.value}({inside})"
