"""The window: Qt widgets over the engine; no training logic lives here."""
