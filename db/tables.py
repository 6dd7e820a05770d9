"""The tables as Core sees them, for the hot paths: no ORM object is made, no flush happens."""

from typing import Final

from sqlalchemy import Table
from sqlmodel import SQLModel

from db import models

_ALL: Final = SQLModel.metadata.tables


def _of(model: type[SQLModel]) -> Table:
    return _ALL[str(model.__tablename__)]


USER: Final = _of(models.User)
REMINDER: Final = _of(models.Reminder)
REMINDER_BACKFILL: Final = _of(models.ReminderBackfill)
SESSION: Final = _of(models.TrainingSession)
MEASUREMENT: Final = _of(models.Measurement)
ABSENCE: Final = _of(models.Absence)
PINNED_WORKOUT: Final = _of(models.PinnedWorkout)
OVERRIDDEN_DAY: Final = _of(models.OverriddenDay)
NOTED_SETS: Final = _of(models.NotedSets)
NUMBER_GOAL: Final = _of(models.NumberGoal)
LAST_CHANGE: Final = _of(models.LastChange)
LIVE_GUIDE: Final = _of(models.LiveGuide)
OUTBOX: Final = _of(models.OutboxMessage)
HANDLED: Final = _of(models.HandledUpdate)
QUESTION: Final = _of(models.Question)
SAID: Final = _of(models.SaidMessage)
SENT_FILE: Final = _of(models.SentFile)
SET_ASIDE: Final = _of(models.SetAsideUpdate)
ALARM: Final = _of(models.Alarm)
EVERY: Final = tuple(SQLModel.metadata.sorted_tables)
"""All tables, those that others refer to first."""
SEEDED: Final = (_of(models.ReminderBackfill),)
"""Tables into which a migration writes rows: a fresh database is not without them."""
