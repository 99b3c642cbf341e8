"""Measurements: accuracy, speed and growth, each against a peer in the same run."""
