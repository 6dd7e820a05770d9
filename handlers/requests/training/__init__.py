"""Requests about sessions and the week: done, skipped, moved, sets, swaps."""
