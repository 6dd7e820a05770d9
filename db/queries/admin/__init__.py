"""Queries for administrators: alerts, broadcasts, counts. The session comes first; the caller commits."""
