"""What people ask, kept without the person; and who wants to be told of an answer."""

import secrets
from datetime import datetime
from typing import Final

from sqlmodel import Session, select

from db.models import Question, WaitingAsker

_IDS: Final = 10**12


def keep(session: Session, text: str, language: str, outcome: str, entry: str | None, now: datetime) -> Question:
    """Store a question as asked and what it got; nothing in the row names the person.

    Its id stands in buttons and is drawn at random, so that nobody can guess the way to another person's question.
    """
    question = Question(
        id=1 + secrets.randbelow(_IDS - 1), text=text, language=language, outcome=outcome, entry=entry, asked_at=now
    )
    session.add(question)
    session.flush()
    return question


def find(session: Session, question_id: int) -> Question | None:
    """Return the question, None where it is gone."""
    return session.get(Question, question_id)


def judge(session: Session, question_id: int, verdict: str) -> Question | None:
    """Note what the person thought of the answer; None where the question is gone."""
    question = session.get(Question, question_id)
    if question is not None:
        question.verdict = verdict
    return question


def tell_when_answered(session: Session, question_id: int, user_id: int) -> bool:
    """Link the person to the question until they were told; False where the question is gone."""
    if session.get(Question, question_id) is None:
        return False
    linked = select(WaitingAsker).where(WaitingAsker.question_id == question_id, WaitingAsker.user_id == user_id)
    if session.exec(linked).first() is None:
        session.add(WaitingAsker(question_id=question_id, user_id=user_id))
    return True
