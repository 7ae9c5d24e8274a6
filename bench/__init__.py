"""Benchmarks: each makes its own input, measures our program and others in one run, and prints the ratios."""
