"""Imports for the fork server: the bot and its commands, its content read and ready, which every child inherits."""

import tests.support.forked_command
import tests.support.reminder_process  # noqa: F401
from app.runtime import freeze_gc
from tests.support.bot_process import content

content().language(None).finder.warm()
freeze_gc()
