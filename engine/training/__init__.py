"""From digits to a trained network, as a stream of events."""
