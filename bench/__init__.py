"""Benchmarks: each makes its own input, runs both sides in one go, and prints the ratio."""
