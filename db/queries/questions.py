"""Questions, kept without the person, and people who want to be told of an answer."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import func, insert
from sqlmodel import Session, col, delete, or_, select, update

from coach.question_clustering import Asked
from db.models import Question, WaitingAsker
from db.tables import QUESTION

MAX_OPEN: Final = 2000  # open questions that are looked at, the newest
_IDS: Final = 10**12
_KEEP: Final = insert(QUESTION)


def store(session: Session, text: str, language: str, outcome: str, entry: str | None, now: datetime) -> int:
    """Store a question as asked and what it got, and return its id; nothing in the row names the person.

    The id stands in buttons and is drawn at random, so that nobody can guess the way to another person's question.
    """
    number = 1 + secrets.randbelow(_IDS - 1)
    asked = {"text": text, "language": language, "outcome": outcome, "entry": entry, "asked_at": now}
    session.connection().execute(_KEEP, asked | {"id": number, "state": "open"})
    return number


def find(session: Session, question_id: int) -> Question | None:
    """Return the question, None where it is gone."""
    return session.get(Question, question_id)


def set_verdict(session: Session, question_id: int, verdict: str) -> Question | None:
    """Note what the person thought of the answer; None where the question is gone.

    A curator's answer that did not fit opens the question again.
    """
    question = session.get(Question, question_id)
    if question is not None:
        question.verdict = verdict
        if verdict != "helpful" and question.state == "answered":
            question.state = "open"
    return question


def tell_when_answered(session: Session, question_id: int, user_id: int) -> bool:
    """Link the person to the question until they were told; False where the question is gone."""
    if session.get(Question, question_id) is None:
        return False
    linked = select(WaitingAsker).where(WaitingAsker.question_id == question_id, WaitingAsker.user_id == user_id)
    if session.exec(linked).first() is None:
        session.add(WaitingAsker(question_id=question_id, user_id=user_id))
    return True


def unanswered(session: Session) -> list[Asked]:
    """Return the open questions that got no answer, or one that did not fit."""
    failed = or_(Question.outcome == "none", col(Question.verdict).in_(("not-it", "curators")))
    statement = (
        select(Question.id, Question.text, Question.asked_at, func.count(col(WaitingAsker.id)))
        .outerjoin(WaitingAsker, col(WaitingAsker.question_id) == Question.id)
        .where(Question.state == "open", failed, func.coalesce(Question.verdict, "") != "helpful")
        .group_by(col(Question.id), col(Question.text), col(Question.asked_at))
        .order_by(col(Question.asked_at).desc(), col(Question.id))
        .limit(MAX_OPEN)
    )
    return [Asked(number or 0, text, at, waiting) for number, text, at, waiting in session.exec(statement)]


def close(session: Session, ids: Sequence[int], state: Literal["answered", "dismissed"]) -> dict[int, int]:
    """Note these questions as dealt with; return who waits to be told, with one question of theirs, and unlink them.

    Whoever closes first gets the people: nobody is told twice.
    """
    still_open = session.exec(
        select(Question.id).where(col(Question.id).in_(ids), Question.state == "open").with_for_update()
    ).all()
    session.exec(update(Question).where(col(Question.id).in_(still_open)).values(state=state))
    links = col(WaitingAsker.question_id).in_(still_open)
    waiting = session.exec(select(WaitingAsker.user_id, WaitingAsker.question_id).where(links)).all()
    session.exec(delete(WaitingAsker).where(links))
    return dict(waiting)


def purge(session: Session, before: datetime) -> int:
    """Forget questions asked before `before`, and who waits for their answers; return how many."""
    return session.exec(delete(Question).where(col(Question.asked_at) < before)).rowcount
