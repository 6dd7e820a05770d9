"""Queries about what is taken in and sent: updates, messages that were said, files that were uploaded."""
