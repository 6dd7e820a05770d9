"""Outcomes of calls to Telegram, written down: a hot path, in Core statements. The caller commits."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlmodel import Session

from coach.requests import ShownKind
from db.outbox import Waiting
from db.tables import OUTBOX, REMINDER, USER

_ANSWERED: Final = update(USER).where(USER.c.id == bindparam("person"), USER.c.shown_kind == ShownKind.ENTRY)

_OVER: Final = delete(OUTBOX).where(OUTBOX.c.id.in_(bindparam("rows", expanding=True)))


@dataclass(frozen=True, slots=True)
class Again:
    """A row to try again."""

    id: int
    not_before: datetime
    attempts: int


@dataclass(slots=True)
class Outcomes:
    """The outcomes of a batch of rows."""

    over: list[int] = field(default_factory=list)  # sent, or ended for good
    again: list[Again] = field(default_factory=list)
    prompts: dict[int, int] = field(default_factory=dict)  # person → the id of the message that asks them
    unreachable: dict[int, str] = field(default_factory=dict)  # person → why
    unsaid: list[Waiting] = field(default_factory=list)  # replies that ended unsent: who waits for them is to be told
    moved: dict[tuple[int, int], int] = field(default_factory=dict)  # person, message not editable → sent anew
    answers: dict[int, int] = field(default_factory=dict)  # person → the id of the message with the last answer
    interrupted: dict[int, datetime] = field(default_factory=dict)  # person → when bulk was said to them last
    guides: dict[int, int] = field(default_factory=dict)  # number of a guide → the id of the message that shows it
    files: dict[str, str] = field(default_factory=dict)  # key of a shared file → its id at Telegram

    def __add__(self, then: "Outcomes") -> "Outcomes":
        def joined(name: str) -> Any:
            one, other = getattr(self, name), getattr(then, name)
            return one | other if isinstance(one, dict) else one + other

        return Outcomes(**{each.name: joined(each.name) for each in fields(self)})


def record(session: Session, outcomes: Outcomes) -> None:
    """Write down what became of a batch: removed, to be tried again, prompts remembered, people gone."""
    connection = session.connection()
    if outcomes.over:
        connection.execute(_OVER, {"rows": outcomes.over})
    if outcomes.again:
        later = update(OUTBOX).where(OUTBOX.c.id == bindparam("row"))
        connection.execute(
            later.values(not_before=bindparam("at", type_=OUTBOX.c.not_before.type), attempts=bindparam("tries")),
            [{"row": row.id, "at": row.not_before, "tries": row.attempts} for row in outcomes.again],
        )
    if outcomes.prompts:
        prompt = update(USER).where(USER.c.id == bindparam("person")).values(prompt_message_id=bindparam("message"))
        connection.execute(prompt, [{"person": who, "message": sent} for who, sent in outcomes.prompts.items()])
    if outcomes.answers:
        answers = [{"person": who, "shown_message_id": sent} for who, sent in outcomes.answers.items()]
        connection.execute(_ANSWERED, answers)
    if outcomes.interrupted:
        _end_questions(connection, outcomes.interrupted)
    for (person, before), after in outcomes.moved.items():
        asked = update(USER).where(USER.c.id == person, USER.c.prompt_message_id == before)
        connection.execute(asked.values(prompt_message_id=after))
    for person, reason in outcomes.unreachable.items():
        connection.execute(update(USER).where(USER.c.id == person).values(unreachable=reason))
        connection.execute(update(REMINDER).where(REMINDER.c.user_id == person).values(next_due_at=None))
        connection.execute(delete(OUTBOX).where(OUTBOX.c.user_id == person, OUTBOX.c.bulk))


def _end_questions(connection: Connection, interrupted: Mapping[int, datetime]) -> None:
    """End each person's open question of before the moment named: a yes is no answer to it any more."""
    open_questions = select(USER.c.id).where(USER.c.id.in_(interrupted), USER.c.shown_kind == ShownKind.QUESTION)
    people = connection.execute(open_questions).scalars().all()  # few of a crowd
    if people:
        ended = update(USER).where(
            USER.c.id == bindparam("person"),
            USER.c.shown_kind == ShownKind.QUESTION,
            USER.c.shown_at <= bindparam("before", type_=USER.c.shown_at.type),
        )
        values = [{"person": person, "before": interrupted[person]} for person in people]
        connection.execute(ended.values(shown_kind=None, shown_slug=None, shown_at=None), values)
