"""Goals with a day: a figure to reach by then, and a date that the plan leads to."""
