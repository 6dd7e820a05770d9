"""The composition root: settings → database → content → application → run, and the same backwards to stop."""
