"""Remarks about a red flag: that none was meant, that it has passed, that they see to it, whom to call."""

import re
from typing import Final

from coach.buttons.account import Dismiss
from coach.buttons.questions import HoldPlan, NotMeant, ShowEntry
from coach.buttons.reminders import Resume
from coach.parsing.mentions.mention import BEGINS, ENDS
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.planning.inputs import PauseReason
from coach.reminders.local_time import local_day, to_local
from coach.requests import Intent
from content.rendering.emergency_numbers import emergency_number
from content.rendering.keyboards import Button, Row, Titled
from content.schema.pages import URGENCIES
from content.understanding.meanings import (
    Answer,
    Between,
    ExerciseRequest,
    NoAnswer,
    PromptAnswer,
    PromptCommand,
    Requests,
    SmallTalk,
    Suggest,
    Understood,
)
from content.understanding.places import MAX_CHARACTERS
from content.understanding.red_flags.patterns import Remark
from content.understanding.red_flags.told import STOPPING, TENDER, Safety
from content.understanding.requests.reader import Request
from content.understanding.requests.replies import Reply, reply_of
from content.understanding.requests.slots.heard import Heard, Moment
from content.understanding.requests.slots.names import place
from content.understanding.smalltalk.phrases import SmallTalkKind
from content.understanding.smalltalk.sentences import wishes
from db.queries import absences
from handlers.account import pause
from handlers.framework.turn import Turn
from handlers.prompts import screening, setup
from handlers.questions import ask, misses
from services import shown
from services.shown import Held, RedFlag

TRAINING: Final = frozenset({
    Intent.SHOW_DAY, Intent.SHOW_NEXT, Intent.SHOW_WHY, Intent.START, Intent.DONE, Intent.SKIP, Intent.MOVE,
    Intent.PAIN, Intent.EASIER, Intent.HARDER, Intent.PAUSE, Intent.SWAP, Intent.SETS, Intent.TIMER, Intent.RAISES,
})  # fmt: skip
"""Requests that wait while training is held."""

WAITING: Final = TRAINING | {Intent.RESUME}
"""The same, and the wish to train again."""

_CLAUSE: Final = re.compile(r"[.,;:!?\n]+")

TALK: Final = frozenset({
    SmallTalkKind.LIFE, SmallTalkKind.REACTION, SmallTalkKind.TIRED, SmallTalkKind.WORRIED, SmallTalkKind.JOY,
})  # fmt: skip
"""Small talk that gets a word of care right behind a red flag."""

FEW_WORDS: Final = 12
FEW_WORDS_OF_GRIEF: Final = 3
"""Words, at most, of a remark that may be like a red flag and be none."""

SETTLED: Final = frozenset({Remark.CALLING, Remark.PASSED, Remark.MISTAKEN, Remark.CLEARED})
"""Remarks that have an answer of their own, however they are told."""

ABOUT_BEFORE: Final = frozenset({Remark.MISTAKEN, Remark.PASSED, Remark.CALLING})


def take(turn: Turn, written: str, understood: Understood) -> bool:  # noqa: PLR0912 - one line a remark, in order
    """Answer what is said of a red flag, or while one holds training; return whether it was that."""
    seen, blocked = shown.red_flag(turn.user, turn.now), screening.is_blocked(turn)
    remarks = turn.language.finder.remarks(written) if turn.user.pause_reason or seen is not None else frozenset()
    if isinstance(understood, PromptAnswer | PromptCommand) or (seen is None and not blocked):
        return _is_well_again(turn, understood, remarks)
    told = understood if isinstance(understood, Safety) else None
    if told is not None and (
        _only_resembles(turn, told, written, remarks) or (blocked and _is_weak(turn, told, remarks))
    ):
        told = None
    if told is not None and told.urgency == URGENCIES[0] and not told.other and Remark.CLEARED not in remarks:
        return False
    if told is None and Remark.NUMBER in remarks:
        _say_number(turn, written)
    elif seen is not None and _settles(turn, seen, written, remarks, told):
        pass
    elif blocked and Remark.CLEARED in remarks and Remark.MISTAKEN not in remarks and not _are_several(understood):
        pause.resume(turn, Resume())
    elif blocked and _is_seen_to(turn, seen, understood, remarks, told):
        pass
    elif told is None and blocked and seen is not None and _is_of_the_body(turn, seen, understood, remarks):
        _see_first(turn, seen, understood, offers=Remark.TREAT not in remarks)
    elif told is None and blocked and not remarks & SETTLED and _takes_care(turn, seen, understood):
        pass
    elif told is not None or _asks_for_more(understood, seen):
        return False
    elif Remark.CALLING in remarks:
        turn.say("ask/will_call", held=blocked, number=emergency_number(turn.user.zone))
    elif blocked and Remark.PASSED in remarks and _is_fresh(turn, seen) and (seen is None or seen.flag not in TENDER):
        _stay_firm(turn, seen, eased=True)
    elif blocked and isinstance(understood, Between) and understood.requests[0].intent in TRAINING:
        screening.say_blocked(turn, understood.requests[0].intent)
    else:
        return False
    misses.understood(turn)
    return True


def _is_seen_to(
    turn: Turn, seen: RedFlag | None, understood: Understood, remarks: frozenset[Remark], told: Safety | None
) -> bool:
    """Answer who tells what was found, or asks when training goes on; return whether they do.

    "They found a clot. When can I start again?"
    """
    tender = seen is not None and seen.flag in TENDER
    if tender or (isinstance(understood, Requests) and any(each.intent not in WAITING for each in understood.all)):
        return False
    returns, number = Remark.RETURN in remarks, emergency_number(turn.user.zone)
    rows: list[Row] = [[Button("resume_cleared", Resume())]]
    if Remark.SEEN in remarks:
        turn.say("ask/seen", rows, returns=returns, number=number)
        shown.note_seen(turn.user, turn.now)
    elif returns and told is None:
        turn.say("ask/no_date", rows, number=number)
    else:
        return False
    return True


def _is_well_again(turn: Turn, understood: Understood, remarks: frozenset[Remark]) -> bool:
    """Offer to end the pause of who was ill, and says that it is over; return whether they do."""
    ill = turn.user.pause_reason == PauseReason.SICK and turn.user.paused(turn.now)
    told = isinstance(understood, SmallTalk | Suggest | NoAnswer | Between)
    if not ill or not told or Remark.PASSED not in remarks or "?" in turn.written:
        return False
    misses.understood(turn)
    turn.say("ask/well_again", [[Button("resume", Resume())]], name=turn.user.first_name)
    turn.let_words_answer(Resume(), Dismiss())
    return True


def _was_looked_at(seen: RedFlag | None) -> bool:
    return seen is not None and seen.held is Held.SEEN


def _are_several(understood: Understood) -> bool:
    """Say whether several things are asked for: each is carried out, as far as training that is held lets it."""
    return isinstance(understood, Requests) and len(understood.all) > 1


def _only_resembles(turn: Turn, flag: Safety, written: str, remarks: frozenset[Remark]) -> bool:
    """Say whether a few words about the red flag before are like one themselves, and no rule sees one: "it passed"."""
    few = len(written.split()) <= (FEW_WORDS_OF_GRIEF if flag.flag in TENDER else FEW_WORDS)
    return few and bool(remarks & ABOUT_BEFORE) and turn.language.finder.detect_red_flags(written).safety is None


def _is_weak(turn: Turn, flag: Safety, remarks: frozenset[Remark]) -> bool:
    """Say whether no rule sees a red flag while training is held: it leaves time, or is what was looked at already."""
    if flag.flag in TENDER or turn.language.finder.detect_red_flags(turn.written).safety is not None:
        return False
    usual = turn.language.safety[flag.flag].urgency
    return Remark.SEEN in remarks or STOPPING.isdisjoint({usual, flag.urgency})


def _settles(turn: Turn, seen: RedFlag, written: str, remarks: frozenset[Remark], told: Safety | None) -> bool:
    """Go on, or not, where a person says that a red flag was not theirs or that none was meant."""
    if told is not None and not (told.other or told.asked):
        return False
    reply = reply_of(written, turn.language.reply_words) if seen.held is Held.ASKED else None
    if reply is Reply.YES:
        ask.hold(turn, HoldPlan(seen.flag, 1))
        return True
    if (Remark.MISTAKEN not in remarks and reply is not Reply.NO) or seen.flag in TENDER:
        return False
    match seen.held:
        case Held.LIFTABLE if screening.is_blocked(turn):
            ask.not_meant(turn, NotMeant(seen.flag))
        case Held.PLAINLY | Held.FIRMLY if screening.is_blocked(turn):
            _stay_firm(turn, seen, eased=False)
        case Held.ASKED | Held.NOTHING:
            shown.forget_red_flag(turn.user)
            turn.say("ask/not_yours", setup.way_on(turn), held=screening.is_blocked(turn))
        case _:
            return False
    return True


def _stay_firm(turn: Turn, seen: RedFlag | None, *, eased: bool) -> None:
    """Keep training held; who was misread has the button that says so."""
    rows: list[Row] = [[Button("resume_cleared", Resume())]]
    offered = seen is not None and seen.held in {Held.PLAINLY, Held.LIFTABLE}
    if seen is not None and offered:
        rows.append([Button("not_meant", NotMeant(seen.flag))])
    number, looked_at = emergency_number(turn.user.zone), _was_looked_at(seen)
    turn.say("ask/still_held", rows, eased=eased, offered=offered, number=number, seen=looked_at)


def _is_of_the_body(turn: Turn, seen: RedFlag, understood: Understood, remarks: frozenset[Remark]) -> bool:
    """Say whether a message goes on about the body, or wants an exercise, right behind a red flag that holds training.

    "It's probably only a strain, how do I stretch it?"
    """
    if seen.flag in TENDER or seen.held is Held.NOTHING or Remark.CALLING in remarks:
        return False
    match understood:
        case ExerciseRequest() | Requests(all=(Request(intent=Intent.EXERCISE),)):
            return True
        case Answer() | Suggest() | NoAnswer() | Between() if Remark.TREAT in remarks:
            return True
        case Requests(all=every) if Remark.TREAT in remarks and all(each.intent in WAITING for each in every):
            return "?" in turn.written or wishes(turn.written, turn.language)
        case Answer() | Suggest() | NoAnswer() if Remark.PASSED not in remarks:
            people = turn.language.person_words
            return bool(find_phrases(fold(turn.written), people.health - people.trained))
    return False


def _takes_care(turn: Turn, seen: RedFlag | None, understood: Understood) -> bool:
    """Answer with care what asks leave while training is held, "may I do the rest?", or only tells something."""
    number, allowed = emergency_number(turn.user.zone), phrase_pattern(turn.language.person_words.allowed)
    begins = any(re.match(rf" ?(?:\w+ )?{allowed}{ENDS}", part) for part in _CLAUSE.split(fold(turn.written)))
    trains = begins and bool(find_phrases(fold(turn.written), turn.language.person_words.spared))
    match understood:
        case Suggest() | NoAnswer() | Between() | Safety():  # of a red flag, one that only resembles
            asks = re.search(rf"{BEGINS}{allowed}{ENDS}", fold(turn.written)) is not None
        case Answer() | ExerciseRequest() if seen is not None and seen.flag not in TENDER:
            asks = begins
        case Answer() | ExerciseRequest():
            asks = trains and seen is None
        case _:
            asks = False
    if asks:
        turn.say("ask/not_mine_to_say", [[Button("resume_cleared", Resume())]], number=number)
    elif _is_talk_right_behind(turn, seen, understood):
        turn.say("ask/care_first", number=number, seen=_was_looked_at(seen), variant=turn.said_id or 0)
    else:
        return False
    return True


def _is_talk_right_behind(turn: Turn, seen: RedFlag | None, understood: Understood) -> bool:
    """Say whether a message only tells something, right behind a red flag that holds training."""
    if seen is None or seen.flag in TENDER or seen.held is Held.NOTHING:
        return False
    match understood:
        case SmallTalk(kind=kind):
            return kind in TALK
        case Suggest():
            return not wishes(turn.written, turn.language)  # a question of something else: "will I lose it all"
        case NoAnswer() | Safety():
            return True
    return False


def _see_first(turn: Turn, seen: RedFlag, understood: Understood, *, offers: bool) -> None:
    """Say who is to judge it before anything else; what an entry says of it waits behind a button that may be there."""
    entry = turn.language.entries.get(understood.entry) if offers and isinstance(understood, Answer) else None
    rows: list[Row] = [[Button("resume_cleared", Resume())]]
    if entry is not None:
        rows.append([Titled(entry.question, ShowEntry(entry.slug))])
    number = emergency_number(turn.user.zone)
    turn.say("ask/see_first", rows, number=number, seen=_was_looked_at(seen))


def _say_number(turn: Turn, written: str) -> None:
    """Say whom to call: where the message names a place there, else where the person's clock is set."""
    there = _named_zone(turn, written)
    number = emergency_number(there or turn.user.zone)
    turn.say("ask/emergency_number", number=number, there=there is not None, held=screening.is_blocked(turn))


def _named_zone(turn: Turn, written: str) -> str | None:
    """Return the zone of the place that a message names, None where it names none."""
    language = turn.language
    moment = Moment(to_local(turn.now, turn.user.zone or "UTC"), turn.user.weighs_in, turn.shown, turn.places)
    named = place(Heard(written, moment, language.vocabulary, language.exercise_names, language.goal_words))
    if turn.places is None or named is None or len(named) > MAX_CHARACTERS:
        return None
    found = turn.places.find(named.replace("_", " "), language.vocabulary.places)
    return found[0].zone if found else None


def _is_fresh(turn: Turn, seen: RedFlag | None) -> bool:
    """Say whether training is held since today, or for what was shown just now."""
    today = local_day(turn.now, turn.user.zone or "UTC")
    return seen is not None or absences.began(turn.session, turn.user, today) == today


def _asks_for_more(understood: Understood, seen: RedFlag | None) -> bool:
    """Say whether a message asks for what goes on while training is held; or to train again, unless it just began."""
    waits = TRAINING if seen is None else WAITING
    return isinstance(understood, Requests) and any(each.intent not in waits for each in understood.all)
