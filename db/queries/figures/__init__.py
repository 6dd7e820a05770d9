"""Queries about figures that people tell: measurements, sets, goals."""
