"""Meanings of messages as JSON: for `bot.py ask`, and for measuring."""

from __future__ import annotations

from typing import Final

from coach.requests import Intent
from content.understanding.meanings import Answer, Between, ExerciseRequest, Requests, SmallTalk, Suggest, Understood
from content.understanding.red_flags.told import Safety
from content.understanding.requests.request import Request

_OWN: Final = {Intent.SETS: frozenset({"exercise"}), Intent.SWAP: frozenset({"what"})}
"""Slots that the chat reads besides those of the contract; nor is a load of nothing in it."""


def as_json(understood: Understood) -> dict[str, object]:
    """Return the outcome of a message and what belongs to it."""
    match understood:
        case Safety(flag=flag, urgency=urgency):
            return {"outcome": "safety", "safety": flag, "urgency": urgency}
        case Requests(all=requests, care=care):
            beside = {"safety": care.flag, "urgency": care.urgency} if care else {}
            every = {"all": [_request(each) for each in requests]} if len(requests) > 1 else {}
            return {"outcome": "request", **_request(requests[0]), **every, **beside}
        case Between(requests=requests):
            return {"outcome": "suggest", "intents": [_request(each) for each in requests]}
    return _talk(understood)


def _talk(understood: Understood) -> dict[str, object]:
    match understood:
        case ExerciseRequest(slug=slug):
            return {"outcome": "request", "intent": "exercise", "slots": {"exercise": slug}}
        case Answer(entry=entry):
            return {"outcome": "answer", "entry": entry}
        case Suggest(entries=entries):
            return {"outcome": "suggest", "entries": list(entries)}
        case SmallTalk(kind=kind):
            return {"outcome": "smalltalk", "kind": kind.value}
    return {"outcome": "none"}


def _request(request: Request) -> dict[str, object]:
    own = _OWN.get(request.intent, frozenset())
    said = request.slots.said().items()
    slots = {name: value for name, value in said if name not in own and (name != "kg" or value)}
    return {"intent": request.intent.value, "slots": slots}
