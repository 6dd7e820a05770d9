"""The tables. Times are aware UTC; Telegram's ids are BIGINT; weight is kilograms."""

from db.models.guides import LiveGuide, OwnIntervals
from db.models.messages import (
    Alarm,
    Broadcast,
    HandledUpdate,
    OutboxMessage,
    Replica,
    SaidMessage,
    SentFile,
    SetAsideUpdate,
)
from db.models.people import LastChange, Measurement, Reminder, ReminderBackfill, User
from db.models.questions import Question, WaitingAsker
from db.models.training import (
    Absence,
    ExtraSession,
    NotedSets,
    NumberGoal,
    OverriddenDay,
    PinnedWorkout,
    TrainingSession,
)

__all__ = [
    "Absence",
    "Alarm",
    "Broadcast",
    "ExtraSession",
    "HandledUpdate",
    "LastChange",
    "LiveGuide",
    "Measurement",
    "NotedSets",
    "NumberGoal",
    "OutboxMessage",
    "OverriddenDay",
    "OwnIntervals",
    "PinnedWorkout",
    "Question",
    "Reminder",
    "ReminderBackfill",
    "Replica",
    "SaidMessage",
    "SentFile",
    "SetAsideUpdate",
    "TrainingSession",
    "User",
    "WaitingAsker",
]
