"""The commands of `bot.py`, by what they are about. Each takes settings and options, and returns an exit code."""
