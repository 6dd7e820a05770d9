"""What is measured, against what, in the same run. `python -m benchmarks` prints the tables."""
