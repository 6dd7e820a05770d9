"""Imports for the fork server: the bot, its content read, which every child inherits."""

from tests.support.bot_process import content

content()
