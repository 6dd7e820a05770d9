"""Small talk: a hello gets a hello. It is no question, so nothing is found, kept or passed on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from coach.buttons.questions import ShowCategories
from coach.buttons.session import ShowToday
from coach.buttons.setup import BeginSetup
from content.rendering.keyboards import Button, Link, Row
from content.understanding.smalltalk.asks_nothing import introduced_name
from content.understanding.smalltalk.phrases import SmallTalkKind
from handlers.framework.turn import Turn
from handlers.prompts import screening


@dataclass(frozen=True)
class Reply:
    """The message, and whether it shows where to go from here."""

    template: str
    leads: bool = False


WELCOME: Final = "👍"
"""The reaction to thanks and nothing else, in place of words."""

_CLAUSE: Final = re.compile(r"[.,;:!\n]+")

REPLIES: Final[Mapping[SmallTalkKind, Reply]] = {
    SmallTalkKind.REACTION: Reply("smalltalk/reaction"),
    SmallTalkKind.LIFE: Reply("smalltalk/life"),
    SmallTalkKind.TIRED: Reply("smalltalk/tired"),
    SmallTalkKind.WORRIED: Reply("smalltalk/worried"),
    SmallTalkKind.WELL: Reply("smalltalk/well"),
    SmallTalkKind.TREATED: Reply("smalltalk/treated"),
    SmallTalkKind.JOINING: Reply("smalltalk/joining"),
    SmallTalkKind.JOY: Reply("smalltalk/joy"),
    SmallTalkKind.JOKE: Reply("smalltalk/joke"),
    SmallTalkKind.BEYOND: Reply("smalltalk/beyond"),
    SmallTalkKind.ANSWER: Reply("smalltalk/nothing_asked"),
    SmallTalkKind.GREETING: Reply("smalltalk/greeting", leads=True),
    SmallTalkKind.OKAY: Reply("smalltalk/okay"),
    SmallTalkKind.FAREWELL: Reply("smalltalk/farewell"),
    SmallTalkKind.THANKS: Reply("smalltalk/thanks"),
    SmallTalkKind.HOW: Reply("smalltalk/how", leads=True),
    SmallTalkKind.WHO: Reply("smalltalk/who", leads=True),
    SmallTalkKind.TRUST: Reply("smalltalk/trust", leads=True),
    SmallTalkKind.CAN: Reply("smalltalk/can", leads=True),
}


def answer(turn: Turn, kind: SmallTalkKind) -> None:
    """Answer small talk of this kind."""
    reply, own, name = REPLIES[kind], turn.group is None, turn.user.first_name
    if kind is SmallTalkKind.GREETING:
        name = introduced_name(turn.written, turn.language) or name
    set_up, blocked = turn.user.set_up_at is not None, own and screening.is_blocked(turn)
    if kind is SmallTalkKind.THANKS and _is_leaving(turn):
        kind, reply = SmallTalkKind.FAREWELL, REPLIES[SmallTalkKind.FAREWELL]
    welcomes = kind is SmallTalkKind.THANKS and (turn.user.prompt is not None or _only_said(turn) is kind)
    if welcomes and not blocked and turn.react(WELCOME, reply.template, name=name, own=own, blocked=blocked):
        return
    turn.say(
        reply.template,
        _rows(turn, kind),
        name=name,
        own=own,
        set_up=set_up,
        held=own and (turn.user.paused(turn.now) or blocked),
        blocked=blocked,
        variant=turn.said_id or 0,
    )


def _only_said(turn: Turn) -> SmallTalkKind | None:
    """Return the small talk that the message is from its first word to its last."""
    return turn.language.messages.small_talk.kind_of(turn.written)


def _is_leaving(turn: Turn) -> bool:
    """Say whether a clause of the message is a farewell: "thanks coach, to bed now"."""
    small_talk = turn.language.messages.small_talk
    clauses = [clause for clause in _CLAUSE.split(turn.written) if clause.strip()]
    return any(small_talk.kind_of(each) is SmallTalkKind.FAREWELL for each in clauses)


def leave(turn: Turn, rows: Sequence[Row] = ()) -> None:
    """Say that all stays as it is."""
    turn.say("smalltalk/left", rows, variant=turn.said_id or 0)


def _rows(turn: Turn, kind: SmallTalkKind) -> list[Row]:
    if kind is SmallTalkKind.JOINING and turn.group is None:
        return [[Link("send_to_them", f"https://t.me/share/url?{urlencode({'url': turn.bot_identity.link('start')})}")]]
    return _leads(turn) if REPLIES[kind].leads else []


def _leads(turn: Turn) -> list[Row]:
    if turn.group is not None:
        return [[Link("ask_in_private", turn.bot_identity.link("ask"))]]
    if turn.user.set_up_at is not None:
        return [[Button("offer_today", ShowToday()), Button("questions", ShowCategories())]]
    return [[Button("set_me_up", BeginSetup(), style="primary"), Button("questions", ShowCategories())]]
