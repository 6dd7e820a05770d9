"""What each command, button and question does: one module a feature, each ends in `register`."""
