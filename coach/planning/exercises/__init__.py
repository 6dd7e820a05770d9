"""Single exercises within a strength session: what stands in for one, and what to aim at next time."""
