"""Alerts to administrators: each kind of trouble at most once an hour, across restarts and replicas."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from db.tables import ALARM

ALERT_INTERVAL: Final = timedelta(hours=1)
SKEW: Final = timedelta(
    minutes=1
)  # between the clocks of replicas; what was told later was told before a clock went back


def due(session: Session, kind: str, now: datetime) -> bool:
    """Return whether to tell of this kind now, and note that it is told."""
    connection = session.connection()
    long_ago, ahead = ALARM.c.told_at <= now - ALERT_INTERVAL, ALARM.c.told_at > now + SKEW
    again = update(ALARM).where(ALARM.c.kind == kind, or_(long_ago, ahead)).values(told_at=now)
    if connection.execute(again).rowcount:
        return True
    dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
    first = dialect.insert(ALARM).values(kind=kind, told_at=now).on_conflict_do_nothing().returning(ALARM.c.kind)
    return connection.execute(first).first() is not None
