"""The tables of a document, and the steps that bring an older document up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

APPLICATION_ID = 0x646F6A6F  # "dojo"

Step = Callable[[sqlite3.Connection], None]

# Pixels never change and are large; label, split and deletion change and are small. Apart, relabelling
# 70,000 digits rewrites 4 MB instead of 60.
_FIRST = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE samples (
    id INTEGER PRIMARY KEY,
    label INTEGER CHECK (label BETWEEN 0 AND 9),       -- NULL: not labelled yet
    split INTEGER NOT NULL CHECK (split IN (0, 1, 2)), -- train, val, test
    automatic INTEGER NOT NULL CHECK (automatic IN (0, 1)), -- 1: the split was chosen by rule
    group_key TEXT,
    source TEXT NOT NULL,
    created TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
);
CREATE INDEX samples_by_state ON samples (deleted, automatic, label, split);
CREATE INDEX samples_by_group ON samples (group_key) WHERE group_key IS NOT NULL;

CREATE TABLE digits (
    id INTEGER PRIMARY KEY REFERENCES samples (id),
    pixels BLOB NOT NULL CHECK (length(pixels) = 784), -- 28 × 28 uint8, row by row, white ink on black
    digest BLOB NOT NULL                               -- BLAKE2b of the pixels, 16 bytes
);
CREATE INDEX digits_by_digest ON digits (digest);

CREATE TABLE originals (
    id INTEGER PRIMARY KEY REFERENCES samples (id),
    kind TEXT NOT NULL CHECK (kind IN ('strokes', 'image')),
    content BLOB NOT NULL
);

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    config TEXT NOT NULL,  -- JSON
    facts TEXT NOT NULL,   -- JSON
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'finished', 'stopped', 'failed')),
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    best_epoch INTEGER,
    val_loss REAL,
    val_accuracy REAL,
    val_images INTEGER,
    reason TEXT
);

CREATE TABLE run_samples (
    run INTEGER NOT NULL REFERENCES runs (id),
    split INTEGER NOT NULL CHECK (split IN (0, 1, 2)),
    count INTEGER NOT NULL,
    ids BLOB NOT NULL,     -- differences of successive ids, little-endian int64, zlib
    labels BLOB NOT NULL,  -- labels when the run started, int8, zlib
    PRIMARY KEY (run, split)
) WITHOUT ROWID;

CREATE TABLE metrics (
    run INTEGER NOT NULL REFERENCES runs (id),
    name TEXT NOT NULL,
    step INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    value REAL,            -- NULL: not a number
    PRIMARY KEY (run, name, step)
) WITHOUT ROWID;

CREATE TABLE checkpoints (
    run INTEGER NOT NULL REFERENCES runs (id),
    kind TEXT NOT NULL CHECK (kind IN ('last', 'best')),
    epoch INTEGER NOT NULL,
    step INTEGER NOT NULL,
    weights BLOB NOT NULL, -- safetensors
    training_state BLOB,   -- safetensors; NULL: training cannot go on from here
    PRIMARY KEY (run, kind)
);

INSERT INTO meta VALUES ('data_version', 0), ('untitled', 0);
"""


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of format 1 in an empty file."""
    run_script(connection, _FIRST)


# What people say of a run changes; what the run saw never does. A deleted run stays for undo, and because
# other runs may have started from it.
_RUN_NOTES = """
ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1));
"""


def add_run_notes(connection: sqlite3.Connection) -> None:
    """Let a run have a note and be deleted softly."""
    run_script(connection, _RUN_NOTES)


# A row for each epoch: what was taken for what is small and stays for all; models are thinned, see
# engine.data.epochs.
_EPOCHS = """
CREATE TABLE epochs (
    run INTEGER NOT NULL REFERENCES runs (id),
    epoch INTEGER NOT NULL,
    step INTEGER NOT NULL,
    confusion BLOB,  -- 10 × 10 counts on the val split, little-endian int32, zlib; NULL: without val split
    weights BLOB,    -- safetensors, half precision; NULL: not kept
    PRIMARY KEY (run, epoch)
) WITHOUT ROWID;

CREATE TABLE watched (
    id INTEGER PRIMARY KEY,
    pixels BLOB NOT NULL CHECK (length(pixels) = 784) -- as in digits
);
"""


def add_epochs(connection: sqlite3.Connection) -> None:
    """Let a run keep each of its epochs, and the user the digits to look at through them."""
    run_script(connection, _EPOCHS)


# What was misread when its right label was told. Of corrections from before this format only that they are
# some is known.
_CORRECTIONS = """
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY REFERENCES samples (id),
    answer INTEGER CHECK (answer BETWEEN 0 AND 9), -- the most probable digit; NULL: not known
    confidence REAL,                               -- its probability; NULL: not known
    run INTEGER,                                   -- whose model read; NULL: the shipped one
    epoch INTEGER                                  -- of that run; NULL: its best
);
INSERT INTO corrections (id) SELECT id FROM samples WHERE source = 'correction';
"""


def add_corrections(connection: sqlite3.Connection) -> None:
    """Keep with a correction which model misread it, and as what."""
    run_script(connection, _CORRECTIONS)


TABLES = frozenset(
    (
        *("meta", "samples", "digits", "originals", "runs", "run_samples", "metrics", "checkpoints"),
        *("epochs", "watched", "corrections"),
    )
)
# what must find nothing in a document of the newest format: SQLite does not look at the CHECKs of a file
# that it opens for reading only
VIOLATIONS = (
    ("meta", "SELECT 1 FROM meta WHERE typeof(value) <> 'integer'"),
    (
        "samples",
        "SELECT 1 FROM samples NOT INDEXED WHERE typeof(split) <> 'integer' OR split NOT BETWEEN 0 AND 2"
        " OR typeof(coalesce(label, 0)) <> 'integer' OR coalesce(label, 0) NOT BETWEEN 0 AND 9"
        " OR deleted NOT IN (0, 1)",
    ),
    ("runs", "SELECT 1 FROM runs WHERE typeof(note) <> 'text' OR deleted NOT IN (0, 1)"),
    ("digits", "SELECT 1 FROM digits WHERE typeof(pixels) <> 'blob' OR length(pixels) <> 784"),
    ("metrics", "SELECT 1 FROM metrics WHERE typeof(coalesce(value, 0.0)) <> 'real'"),
    (
        "checkpoints",
        "SELECT 1 FROM checkpoints WHERE typeof(weights) <> 'blob'"
        " OR typeof(coalesce(training_state, x'')) <> 'blob'",
    ),
    (
        "epochs",
        "SELECT 1 FROM epochs WHERE typeof(coalesce(weights, x'')) <> 'blob'"
        " OR typeof(coalesce(confusion, x'')) <> 'blob'",
    ),
    ("watched", "SELECT 1 FROM watched WHERE typeof(pixels) <> 'blob' OR length(pixels) <> 784"),
    (
        "corrections",
        "SELECT 1 FROM corrections WHERE typeof(coalesce(answer, 0)) <> 'integer'"
        " OR coalesce(answer, 0) NOT BETWEEN 0 AND 9 OR typeof(coalesce(confidence, 0.0)) <> 'real'"
        " OR typeof(coalesce(run, 0)) <> 'integer' OR typeof(coalesce(epoch, 0)) <> 'integer'",
    ),
)
# STEPS[i] turns format i into format i + 1
STEPS: tuple[Step, ...] = (create_tables, add_run_notes, add_epochs, add_corrections)
VERSION = len(STEPS)


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run statements one by one; ``executescript`` would commit the open transaction first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def migrate(connection: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> int:
    """Bring a document to format ``len(steps)`` in one transaction: all of the missing steps or none.

    ``connection`` is in autocommit mode (``isolation_level=None``).

    Returns:
        The format the document had before.

    Raises:
        sqlite3.Error: what a step or the check of foreign keys met; the document is as it was.
    """
    connection.execute("PRAGMA foreign_keys = OFF")  # a step may rebuild a table that others point at
    connection.execute("BEGIN EXCLUSIVE")
    try:
        before = int(connection.execute("PRAGMA user_version").fetchone()[0])
        for step in steps[before:]:
            step(connection)
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise sqlite3.IntegrityError("a reference points nowhere after the migration")
        if before < len(steps):
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return before
