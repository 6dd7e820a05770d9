"""Remarks about single days of the plan, read in the light of what was changed, shown or offered just now."""
