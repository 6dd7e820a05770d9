"""Measurements: one value a kind, leg and day; a later one of the same day corrects it."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session, col, delete, select

from coach.parsing.measurements import MeasuredValue, MeasurementKind, Side
from db.models import Measurement, User
from db.queries.messages import said_messages


def log(
    session: Session,
    user: User,
    kind: MeasurementKind,
    values: Mapping[Side, float] | Mapping[None, float],
    day: date,
    now: datetime,
) -> None:
    """Keep these figures for `day`, instead of what was kept for it; None is the side of what has but one."""
    for side, value in values.items():
        key = side or ""
        row = session.exec(
            select(Measurement).where(
                Measurement.user_id == user.id,
                Measurement.kind == kind,
                Measurement.side == key,
                Measurement.day == day,
            )
        ).first() or Measurement(user_id=user.id, kind=kind, side=key, day=day, value=value, at=now)
        row.value, row.at = value, now
        session.add(row)
    session.flush()


def delete_day(session: Session, user: User, kind: MeasurementKind, day: date) -> bool:
    """Erase what was kept of this kind for `day`; return whether there was anything."""
    rows = session.exec(
        select(Measurement).where(Measurement.user_id == user.id, Measurement.kind == kind, Measurement.day == day)
    ).all()
    for row in rows:
        session.delete(row)
    session.flush()
    return bool(rows)


def series(session: Session, user: User, kind: MeasurementKind) -> dict[Side | None, list[MeasuredValue]]:
    """Return everything kept of this kind, oldest first, by leg; legs without a figure are left out."""
    rows = session.exec(
        select(Measurement)
        .where(Measurement.user_id == user.id, Measurement.kind == kind)
        .order_by(col(Measurement.side), col(Measurement.day))
    )
    found: dict[Side | None, list[MeasuredValue]] = {}
    for row in rows:
        found.setdefault(Side(row.side) if row.side else None, []).append(MeasuredValue(row.day, row.value))
    return found


def kinds(session: Session, user: User) -> frozenset[MeasurementKind]:
    """Return the kinds of which anything is kept."""
    found = session.exec(select(Measurement.kind).where(Measurement.user_id == user.id).distinct())
    return frozenset(MeasurementKind(kind) for kind in found)


def erase(session: Session, user: User, kind: MeasurementKind) -> None:
    """Erase everything kept of this kind."""
    session.exec(delete(Measurement).where(col(Measurement.user_id) == user.id, col(Measurement.kind) == kind))
    said_messages.forget_changes(session, user.id)
