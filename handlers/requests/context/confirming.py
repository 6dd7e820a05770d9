"""Typed answers to a question with buttons: a yes does what its button does, a no leaves it.

What each does is remembered with the question, for half an hour and for the person's next message alone.
"""

import re
from datetime import timedelta
from typing import Final

from coach.buttons.callback_data import CallbackData, parse
from coach.buttons.reminders import SayCleared
from coach.buttons.requests import UndoChange
from coach.parsing.clauses import CLAUSE_END, SENTENCE_END
from coach.parsing.mentions.mention import BEGINS, ENDS
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.parsing.word_lists.reply_words import ReplyWords
from coach.parsing.words import NO_WORDS, Words
from coach.requests import SHOWING, Intent, Slots
from content.library import SearchResult
from content.rendering.keyboards import Button
from content.understanding.meanings import (
    Answer,
    Between,
    NoAnswer,
    NotAnAnswer,
    PromptAnswer,
    PromptCommand,
    Requests,
    SmallTalk,
    StillLearning,
    Suggest,
    Understood,
)
from content.understanding.red_flags.told import Safety
from content.understanding.requests.ranked import SURE_FROM
from content.understanding.requests.replies import Reply, begins_with_no, reply_of
from handlers.framework.turn import Turn
from handlers.questions import misses, smalltalk
from handlers.requests import requesting
from handlers.requests.goals import answering
from services import last_change, shown
from services.shown import Asked

PLAINLY: Final[tuple[type[CallbackData], ...]] = (SayCleared,)
"""Buttons that only a plain yes stands for: "ok" may be said of what was read."""

_AT_ONCE: Final = timedelta(seconds=5)  # what is offered beside a change is about that

TAKING_BACK: Final = frozenset({Intent.UNDO, Intent.RESUME, Intent.REMIND})
"""Intents that "forget it" or "cancel that" may have."""


def take(turn: Turn, written: str) -> bool:
    """Do what a whole message answers to the question before it; return whether it does.

    A question of the set-up may stand open too. What was asked last is answered: a yes to the health check would hold
    all training.
    """
    asked = turn.asked
    reply = reply_of(written, turn.language.reply_words) if asked is not None else None
    if asked is None or reply is None:
        return False
    if reply is Reply.AGREE and isinstance(parse(asked.yes), PLAINLY):
        return False
    _press(turn, asked.no if reply is Reply.NO else asked.yes)
    return True


def take_no(turn: Turn, written: str, understood: Understood, found: SearchResult) -> bool:
    """Leave what was asked where a message that asks for nothing else begins with a no; return whether it does.

    A request that only a part of it is like, and that says nothing, is none: "no no only today, not all the days". What
    is only asked needs no undo: "no wait. leave it how it is".
    """
    match understood:
        case Between() | Suggest() | NoAnswer() | SmallTalk() | StillLearning() | NotAnAnswer():
            asked = _asked(turn)
        case Answer():
            asked = _asked(turn) if _ends_with_no(turn) else None
        case Requests(all=(only,), care=None) if only.slots == Slots() and (
            only.intent is Intent.UNDO or not _asks_as_a_whole(only.intent, found)
        ):
            asked = _asked(turn)
        case Requests(all=every) if all(each.intent is Intent.SKIP and each.slots.day is None for each in every):
            asked = _asked(turn) if _ends_with_no(turn) else None  # "same time, isn't it. leave it"
        case _:
            return False
    refuses = begins_with_no(written, turn.language.reply_words) or _ends_with_no(turn)
    if asked is None or not refuses:
        return False
    _press(turn, asked.no)
    return True


def take_back_question(turn: Turn) -> bool:
    """Leave what was asked, where anything was; return whether it was."""
    asked = _asked(turn)
    if asked is not None:
        _press(turn, asked.no)
    return asked is not None


def _ends_with_no(turn: Turn) -> bool:
    """Say whether the last clause of a message wants no change, behind no yes: "my wife says no. keep three"."""
    words, clauses = turn.language.reply_words, [each for each in CLAUSE_END.split(turn.written) if each.strip()]
    if not clauses or "?" in turn.written or reply_of(clauses[0], words) in {Reply.YES, Reply.AGREE}:
        return False
    keeps = re.match(rf"{phrase_pattern(words.leave)}{ENDS}", fold(clauses[-1]).strip())
    days = answering.heard(turn, clauses[-1]).days
    return reply_of(clauses[-1], words) is Reply.NO or (keeps is not None and not days)


def refuse_prompt(turn: Turn, understood: Understood) -> bool:
    """Close a question outside the set-up where a message refuses it: "nah, keep it as it is"; return whether it does.

    What asks for a change is carried out instead.
    """
    words = turn.language.reply_words
    match understood:
        case PromptAnswer() | PromptCommand() | Safety() | Answer():
            return False
        case Requests(all=every) if any(each.intent not in {*SHOWING, Intent.UNDO} for each in every):
            return False
    refuses = reply_of(CLAUSE_END.split(turn.written)[0], words) is Reply.NO
    refuses = refuses or (begins_with_no(turn.written, words) and _begins_to_leave(turn)) or _ends_with_no(turn)
    asked = turn.asked if refuses or begins_with_no(turn.written, words) else None
    if "?" in turn.written or not (refuses or asked):
        return False
    if asked is not None:  # asked last: the other question goes on standing open
        _press(turn, asked.no)
    else:
        turn.close_prompt()
        leave_all(turn)
    return True


def _asks_as_a_whole(intent: Intent, found: SearchResult) -> bool:
    """Say whether a message as a whole asks for this, and not only a part of it."""
    likely = dict(found.intents.whole.intents) if found.intents is not None else {}
    return likely.get(intent, 0) >= SURE_FROM


def leave(turn: Turn, understood: Understood, found: SearchResult, *, corrects: bool = False) -> bool:
    """Leave all as it is where a whole message is a no to nothing, or to what was only offered: "nvm, leave it".

    What else `corrects` the last change is more than "leave it at two".
    """
    offers = bool(shown.offered(turn.user, turn.now))
    match understood:
        case PromptAnswer() | PromptCommand() | NotAnAnswer() | Safety():
            return False
        case Answer() if not found.in_context:
            return False
        case Requests(all=(only,)) if only.intent in TAKING_BACK:
            return False
        case SmallTalk() if not offers and not _lets_go(turn):
            return False
    exact = found.intents is not None and found.intents.exact is not None
    asks_else = isinstance(understood, Requests) and not _is_bare_skip(understood)
    if exact or turn.user.prompt is not None or not _wants_no_change(turn, corrects, asks_else=asks_else):
        return False
    leave_all(turn)
    return True


def _lets_go(turn: Turn) -> bool:
    """Say whether the first clause of a message lets go what was spoken of: "never mind, I found it"."""
    first = fold(CLAUSE_END.split(turn.written)[0]).strip()
    return re.fullmatch(phrase_pattern(turn.language.reply_words.let_go), first) is not None


def _is_bare_skip(requests: Requests) -> bool:
    """Say whether "leave it" was understood as a skip, of which nothing else says a reason."""
    return all(each.intent is Intent.SKIP and each.slots.reason is None for each in requests.all)


def leave_all(turn: Turn) -> None:
    """Say that all stays as it is, with Undo where something was changed just now."""
    change = last_change.last(turn.session, turn.user, turn.now)
    recent = change is not None and turn.now - change.at <= shown.KEPT
    misses.understood(turn)
    shown.clear(turn.user)
    smalltalk.leave(turn, [[Button("undo", UndoChange(change.id))]] if recent and change and change.id else [])


def decline(turn: Turn, *, surely: bool = False) -> bool:
    """Leave all where a no is about what was offered just now, the last change being older: "nah put it back".

    `surely`: it is a no, whatever it begins with.
    """
    change = last_change.last(turn.session, turn.user, turn.now)
    at = turn.user.shown_at
    offers = bool(shown.offered(turn.user, turn.now)) and at is not None
    older = change is None or at is None or change.at < at - _AT_ONCE
    if not offers or not older or not (surely or begins_with_no(turn.written, turn.language.reply_words)):
        return False
    leave_all(turn)
    return True


def _wants_no_change(turn: Turn, corrects: bool, *, asks_else: bool) -> bool:
    """Say whether a message is a no from its first word to its last, or begins with more than one word of it.

    "No leave it, I can handle it" is one, and so is "ok leave the goals how they are"; with a day or a figure none is,
    but where it `asks_else` for nothing: "leave it then. 4 is ok".
    """
    words = turn.language.reply_words
    if reply_of(turn.written, words) is Reply.NO or _leaves_until(turn):
        return True
    heard = answering.heard(turn, turn.written)
    if not corrects and not heard.days and "?" not in turn.written and leaves_value(turn):
        return True
    first = CLAUSE_END.split(turn.written)[0]
    long_enough = len(first.split()) > 1 or _lets_go(turn)
    says_no = long_enough and reply_of(first, words) is Reply.NO and "?" not in turn.written
    last = [each for each in SENTENCE_END.split(turn.written) if each.strip()][-1:]  # "I'm not sure. Leave it"
    leaves = _leaves_all([*([first] if says_no else []), *last], words) and "?" not in turn.written
    if leaves and not asks_else and not corrects:
        return True
    if heard.days or any(each.isdigit() for each in turn.written) or "?" in turn.written:
        return False
    if says_no:
        return True
    said = fold(turn.written).strip(" .!")
    ended = re.search(rf"{BEGINS}{phrase_pattern(words.as_it_is)}(?: {phrase_pattern(words.politeness)})*$", said)
    return bool(ended) and _begins_to_leave(turn)


def _leaves_until(turn: Turn) -> bool:
    """Say whether all is to stay as it is until a day, and no pause is meant: "leave it so until easter"."""
    words, said = turn.language.reply_words, fold(turn.written)
    until = phrase_pattern(turn.language.vocabulary.requests.until)
    stays = re.search(rf"{BEGINS}{phrase_pattern(words.as_it_is)} {until}{ENDS}", said)
    return stays is not None and _begins_to_leave(turn) and not find_phrases(said, words.pausing)


def _leaves_all(sentences: list[str], words: ReplyWords) -> bool:
    return any(reply_of(each, words) is Reply.NO and _begins_to_leave_all(each, words) for each in sentences)


def _begins_to_leave_all(clause: str, words: ReplyWords) -> bool:
    """Say whether a clause that is a no has a word such as "leave": "actually leave it"."""
    return bool(find_phrases(fold(clause), words.leave))


def leaves_value(turn: Turn) -> bool:
    """Say whether a message wants what stands to stay, and says what that is: "no leave it at two"."""
    return _begins_to_leave(turn, turn.language.reply_words.at_value)


def _begins_to_leave(turn: Turn, behind: Words = NO_WORDS) -> bool:
    """Say whether a message begins, behind a yes or a no, with a word such as "leave", and one of `behind` after it."""
    words = turn.language.reply_words
    after = rf" {phrase_pattern(behind)}{ENDS}" if behind else ""
    before = phrase_pattern(words.yes | words.agree | words.no - words.leave)
    pattern = rf"(?:{before}{ENDS}[\s,.]*)?{phrase_pattern(words.leave)}{ENDS}{after}"
    return re.match(pattern, fold(turn.written).strip()) is not None


def agree(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Do what a first word of yes does where what is behind it changes nothing: "yes. and my week", "yes but wow"."""
    match understood:
        case SmallTalk() | Suggest() | NoAnswer() | Between() if _agrees_beside(turn) and (asked := _asked(turn)):
            _press(turn, asked.yes)
            return True
        case Requests(all=every, care=None) if all(each.intent in SHOWING for each in every):
            asked, (first, *others) = _asked(turn), CLAUSE_END.split(turn.written)
        case _:
            return False
    if asked is None or not others or reply_of(first, turn.language.reply_words) is not Reply.YES:
        return False
    _press(turn, asked.yes)
    requesting.carry_out(turn, Requests(every), found)
    return True


def _agrees_beside(turn: Turn) -> bool:
    """Say whether a message is a yes, and what it goes on about is no other wish: "yes but she wants it back"."""
    words, said = turn.language.reply_words, fold(turn.written)
    pattern = rf"{phrase_pattern(words.yes)}[\s,.]+{phrase_pattern(words.beside_yes)}{ENDS}"
    limits = find_phrases(said, words.for_now | words.put_back | turn.language.person_words.wishing)
    says_more = limits or any(each in "?0123456789" for each in said) or answering.heard(turn, said).days
    return re.match(pattern, said) is not None and not says_more


def _asked(turn: Turn) -> Asked | None:
    """Return the question of the message before, None where one of the set-up stands open."""
    return turn.asked if turn.user.setup_prompt is None else None


def _press(turn: Turn, data: str) -> None:
    misses.understood(turn)
    turn.press(data)
