"""Queries by feature. The session comes first; the caller commits."""
