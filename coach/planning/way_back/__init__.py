"""The way back after a calf strain or a break: its ladder, and where somebody stands on it."""
