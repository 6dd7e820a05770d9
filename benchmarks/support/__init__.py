"""Support of the benchmarks: the bots and servers that are measured, and the questions that they are asked."""
