"""Handlers of commands, buttons and messages: one module a feature, each ends in `register`."""
