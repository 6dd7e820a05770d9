"""Strength sessions: the sets that are noted, and the exercises that stand in for others."""
