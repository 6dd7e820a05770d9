"""Meanings of messages as JSON: for `bot.py ask`, and for measuring."""

from __future__ import annotations

from content.understanding.requests.reader import Request
from content.understanding.understand import (
    Answer,
    Between,
    ExerciseRequest,
    Requests,
    Safety,
    SmallTalk,
    Suggest,
    Understood,
)


def as_json(understood: Understood) -> dict[str, object]:
    """Return the outcome of a message and what belongs to it."""
    match understood:
        case Safety(flag=flag, urgency=urgency):
            return {"outcome": "safety", "safety": flag, "urgency": urgency}
        case Requests(all=requests, care=care):
            beside = {"safety": care.flag, "urgency": care.urgency} if care else {}
            every = {"all": [_request(each) for each in requests]} if len(requests) > 1 else {}
            return {"outcome": "request", **_request(requests[0]), **every, **beside}
        case ExerciseRequest(slug=slug):
            return {"outcome": "request", "intent": "exercise", "slots": {"exercise": slug}}
        case Between(requests=requests):
            return {"outcome": "suggest", "intents": [_request(each) for each in requests]}
        case Answer(entry=entry):
            return {"outcome": "answer", "entry": entry}
        case Suggest(entries=entries):
            return {"outcome": "suggest", "entries": list(entries)}
        case SmallTalk(kind=kind):
            return {"outcome": "smalltalk", "kind": kind.value}
        case _:
            return {"outcome": "none"}


def _request(request: Request) -> dict[str, object]:
    return {"intent": request.intent.value, "slots": dict(request.slots.said())}
