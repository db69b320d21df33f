"""The rules of learning: pure, no I/O, no clock, no randomness without a seed."""
