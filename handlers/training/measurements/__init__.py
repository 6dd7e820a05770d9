"""Measurements: calves, heel raises and weight, and their pictures."""
