"""The day, the week, feedback, measurements, progress."""
