"""Weeks that differ: the first days, a smaller week after a silence, the weeks before a date."""
