"""The guide through a session."""
