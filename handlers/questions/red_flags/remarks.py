"""Remarks about a red flag: that none was meant, that it has passed, that they see to it, whom to call."""

from typing import Final

from coach.buttons.account import Dismiss
from coach.buttons.questions import HoldPlan, NotMeant
from coach.buttons.reminders import Resume
from coach.planning.inputs import PauseReason
from coach.reminders.local_time import local_day
from coach.requests import Intent
from content.rendering.emergency_numbers import emergency_number
from content.rendering.keyboards import Button, Row
from content.schema.pages import URGENCIES
from content.understanding.meanings import (
    Between,
    NoAnswer,
    PromptAnswer,
    PromptCommand,
    Requests,
    SmallTalk,
    Suggest,
    Understood,
)
from content.understanding.red_flags.patterns import Remark
from content.understanding.red_flags.told import STOPPING, TENDER, Safety
from content.understanding.requests.replies import Reply, begins_with_no, reply_of
from db.queries import absences
from handlers.account import pause
from handlers.framework.turn import Turn
from handlers.prompts import screening, setup
from handlers.questions import misses
from handlers.questions.red_flags import warning, while_held, whom_to_call
from handlers.questions.red_flags.while_held import TRAINING, WAITING
from services import shown
from services.shown import Held, RedFlag

FEW_WORDS: Final = 12
FEW_WORDS_OF_GRIEF: Final = 3
"""Words, at most, of a remark that may be like a red flag and be none."""

SETTLED: Final = frozenset({Remark.CALLING, Remark.ON_WAY, Remark.PASSED, Remark.MISTAKEN, Remark.CLEARED})
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
        whom_to_call.say_number(turn, written)
    elif seen is not None and _settles(turn, seen, written, remarks, told):
        pass
    elif blocked and Remark.CLEARED in remarks and Remark.MISTAKEN not in remarks and not _are_several(understood):
        pause.resume(turn, Resume())
    elif blocked and _is_seen_to(turn, seen, understood, remarks, told):
        pass
    elif (
        told is None and blocked and seen is not None and while_held.goes_on_about_body(turn, seen, understood, remarks)
    ):
        while_held.see_first(turn, seen, understood, offers=Remark.TREAT not in remarks)
    elif told is None and blocked and not remarks & SETTLED and while_held.take_care(turn, seen, understood):
        pass
    elif told is None and blocked and seen is not None and Remark.ON_WAY in remarks and Remark.CALLING not in remarks:
        turn.say("ask/on_way", number=emergency_number(turn.user.zone))
    elif told is None and blocked and while_held.say_hold(turn, seen, understood):
        pass
    elif told is not None or _asks_for_more(understood, seen, remarks):
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
    words, asked = turn.language.reply_words, seen.held in {Held.ASKED, Held.DOUBTED}
    denied = seen.held is Held.DOUBTED and (told is None or told.doubted) and begins_with_no(written, words)
    if told is not None and not (told.other or told.asked or denied):
        return False
    reply = Reply.NO if denied else reply_of(written, words) if asked else None
    if reply is Reply.YES:
        warning.hold(turn, HoldPlan(seen.flag, 1))
        return True
    if (Remark.MISTAKEN not in remarks and reply is not Reply.NO) or seen.flag in TENDER:
        return False
    match seen.held:
        case Held.LIFTABLE if screening.is_blocked(turn):
            warning.not_meant(turn, NotMeant(seen.flag))
        case Held.PLAINLY | Held.FIRMLY if screening.is_blocked(turn):
            _stay_firm(turn, seen, eased=False)
        case Held.ASKED | Held.DOUBTED | Held.NOTHING:
            shown.forget_red_flag(turn.user)
            turn.say(
                "ask/not_yours",
                setup.way_on(turn),
                held=screening.is_blocked(turn),
                doubted=seen.held is Held.DOUBTED,
            )
        case _:
            return False
    return True


def _stay_firm(turn: Turn, seen: RedFlag | None, *, eased: bool) -> None:
    """Keep training held; who was misread has the button that says so."""
    rows: list[Row] = [[Button("resume_cleared", Resume())]]
    offered = seen is not None and seen.held in {Held.PLAINLY, Held.LIFTABLE}
    if seen is not None and offered:
        rows.append([Button("not_meant", NotMeant(seen.flag))])
    number, looked_at = emergency_number(turn.user.zone), while_held.was_looked_at(seen)
    turn.say("ask/still_held", rows, eased=eased, offered=offered, number=number, seen=looked_at)


def _is_fresh(turn: Turn, seen: RedFlag | None) -> bool:
    """Say whether training is held since today, or for what was shown just now."""
    today = local_day(turn.now, turn.user.zone or "UTC")
    return seen is not None or absences.began(turn.session, turn.user, today) == today


def _asks_for_more(understood: Understood, seen: RedFlag | None, remarks: frozenset[Remark]) -> bool:
    """Say whether a message asks for what goes on while training is held; or to train again, unless it just began."""
    waits = TRAINING if seen is None else WAITING
    waits |= {Intent.FEEDBACK} if Remark.PASSED in remarks else frozenset()  # "it's gone, so stop nagging me"
    return isinstance(understood, Requests) and any(each.intent not in waits for each in understood.all)
