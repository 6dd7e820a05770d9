"""The tables. Times are aware UTC; Telegram's ids are BIGINT; weight is kilograms."""

from db.models.messages import Alarm, Broadcast, HandledUpdate, OutboxMessage, Replica, SaidMessage, SetAsideUpdate
from db.models.people import LastChange, Measurement, Reminder, ReminderBackfill, User
from db.models.questions import Question, WaitingAsker
from db.models.training import Absence, NotedSets, PinnedWorkout, TrainingSession

__all__ = [
    "Absence",
    "Alarm",
    "Broadcast",
    "HandledUpdate",
    "LastChange",
    "Measurement",
    "NotedSets",
    "OutboxMessage",
    "PinnedWorkout",
    "Question",
    "Reminder",
    "ReminderBackfill",
    "Replica",
    "SaidMessage",
    "SetAsideUpdate",
    "TrainingSession",
    "User",
    "WaitingAsker",
]
