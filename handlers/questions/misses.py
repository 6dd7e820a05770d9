"""Messages that got no answer, several running: said in other words each time, and at the third a hand is offered."""

from datetime import timedelta
from typing import Final

from coach.buttons.plan import ShowWeek
from coach.buttons.questions import SendToCurators, ShowCategories
from coach.buttons.session import ShowToday
from content.library import Language
from content.rendering.keyboards import Button
from content.understanding.smalltalk.asks_nothing import laughs
from content.understanding.smalltalk.sentences import is_lament, is_told
from db.queries import questions
from db.queries.messages import said_messages
from handlers.framework.turn import Turn

MAX_CHARACTERS: Final = 500  # of a message that is kept
HAND_AFTER: Final = 3  # messages running
RUNNING_WITHIN: Final = timedelta(hours=3)  # of the message before
PUNCTUATION: Final = "?!.,;:'’\"()"


def keep(turn: Turn, written: str) -> int:
    """Keep a message that was not surely understood for the curators, without the person; return its number."""
    return questions.store(turn.session, written[:MAX_CHARACTERS], turn.language.code, "suggest", None, turn.now)


def missed(turn: Turn, question: int) -> bool:
    """Count a message that got no answer; at the third running offer a hand instead, and return true."""
    if turn.group is not None:
        return False
    before = said_messages.newest(turn.session, turn.user.id)
    if before is None or turn.now - before.at > RUNNING_WITHIN:
        turn.user.misses = 0  # those were of another talk
    turn.user.misses += 1
    if turn.user.misses < HAND_AFTER:
        return False
    turn.user.misses = 0
    week = [Button("today", ShowToday()), Button("my_week", ShowWeek(0))]
    turn.say("ask/hand", [week, [Button("subjects", ShowCategories()), Button("tell_human", SendToCurators(question))]])
    return True


def understood(turn: Turn) -> None:
    """Begin to count anew: something was understood."""
    if turn.user.misses:  # a row that did not change is not saved again
        turn.user.misses = 0


def again(turn: Turn) -> bool:
    """Say whether the message before got no answer either: it is said in other words then."""
    return turn.user.misses > 1


def remark(turn: Turn, question: str) -> dict[str, object]:
    """Return whether a message only tells something, and whether that is a lament."""
    told = turn.group is None and is_told(question, turn.language)
    sorry = told and is_lament(question, turn.language) and not laughs(question, turn.language)
    return {"told": told, "sorry": sorry}


def weekday(language: Language, question: str) -> str | None:
    """Return the weekday that a question names, None where it names none."""
    known = language.vocabulary.days.one
    words = (word.strip(PUNCTUATION) for word in question.casefold().split())
    day = next((known[word] for word in words if word in known), None)
    return None if day is None else language.messages.label("weekdays").split()[day - 1]
