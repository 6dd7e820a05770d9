"""The warning of a red flag: who to see, how soon, and what becomes of training; its buttons."""

from collections.abc import Mapping
from typing import Final

from coach.buttons.questions import HoldPlan, NotMeant, ShowEntry
from coach.buttons.reminders import Resume
from coach.user_errors import StaleButton
from content.library import Entry, Language, SearchResult
from content.rendering.emergency_numbers import emergency_number
from content.rendering.keyboards import Button, Row, Titled
from content.schema.pages import URGENCIES
from content.understanding.red_flags.told import STOPPING, TENDER, Safety, stops_training
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.prompts import screening, setup
from handlers.training.guide.halt import halt
from services import pauses, shown
from services.shown import Held

FACTS: Final = 2  # answers under a word of care
HELD_FROM: Final = "today"  # the mildest urgency at which training stops, whatever the kind of red flag
UNCLEARED: Final[Mapping[str, str]] = {"despair": "care", "illness": "sick"}
"""Reasons of a pause by red flags after which nobody need say that training is fine: a fever goes by itself."""


def warn(
    turn: Turn, seen: Safety, found: SearchResult | None = None, *, forwarded: bool = False, closes: bool = True
) -> None:
    """Stop: who to see, how soon. Reminders fall silent where training must, but a group is told of nobody's.

    Of what was forwarded, told of somebody else or only asked about, it is asked whether it is about the person; of
    what may be no red flag, whether it was meant. The open question is closed, unless the warning stands below a
    request that asks it.
    """
    flag = turn.language.safety[seen.flag]
    serious = stops_training(seen, turn.language) and turn.group is None
    blocked = screening.is_blocked(turn)
    elsewhere = forwarded or seen.other or seen.asked
    doubted = serious and not elsewhere and not blocked and _is_doubted(turn, seen)
    asks = doubted or (elsewhere and serious and not blocked)
    stops = serious and not elsewhere and not doubted
    reason = screening.NOT_CLEARED if blocked or _needs_clearance(seen) else UNCLEARED[seen.flag]
    turn.undoable = False  # no edit makes it safe to train
    reminded = stops and pauses.pause(turn.session, turn.user, reason, None, turn.now)
    if closes and not forwarded:
        turn.close_prompt()
    if turn.group is None:
        held = Held.DOUBTED if doubted else _held(seen, stops, asks, firmly=blocked or not _needs_clearance(seen))
        shown.note_red_flag(turn.user, shown.RedFlag(seen.flag, held), turn.now)
        if not elsewhere:
            halt(turn)
    tender = seen.flag in TENDER
    raised = seen.urgency if seen.urgency != flag.urgency else None
    offered = _facts(turn.language, seen, found) if turn.group is None and found is not None else []
    turn.reply(
        "ask/safety",
        [
            *([Titled(entry.question, ShowEntry(entry.slug))] for entry in offered),
            *(_doubt(seen) if doubted else _ways_on(turn, seen, stops, asks, meant=blocked)),
        ],
        flag=flag,
        pauses=stops,
        reminded=reminded,
        tender=tender,
        raised=raised,
        offered=bool(offered),
        asks=asks,
        forwarded=forwarded,
        other=seen.other,
        only_asked=seen.asked,
        doubted=doubted or (seen.doubted and blocked and seen.flag not in TENDER),
        number=emergency_number(turn.user.zone) if turn.group is None else None,
    )


def _is_doubted(turn: Turn, seen: Safety) -> bool:
    """Say whether it may be no red flag; who was asked whether they mean it, and tells the like again, means it."""
    before = shown.red_flag(turn.user, turn.now)
    return seen.doubted and seen.flag not in TENDER and (before is None or before.held is not Held.DOUBTED)


def _doubt(seen: Safety) -> list[Row]:
    """Return the buttons that say whether a red flag was meant."""
    return [[Button("hold_meant", HoldPlan(seen.flag, 1))], [Button("hold_not_meant", HoldPlan(seen.flag, 0))]]


def _needs_clearance(seen: Safety) -> bool:
    """Say whether somebody who can judge it has to say that training is fine; an illness may be more than a fever."""
    return seen.flag not in UNCLEARED or (seen.flag not in TENDER and seen.urgency in STOPPING)


def _held(seen: Safety, stops: bool, asks: bool, *, firmly: bool) -> Held:
    """Return what a red flag did, by which what is said of it next is read."""
    if not stops:
        return Held.ASKED if asks else Held.NOTHING
    return Held.FIRMLY if firmly else Held.PLAINLY if seen.plain else Held.LIFTABLE


def _ways_on(turn: Turn, seen: Safety, stops: bool, asks: bool, *, meant: bool) -> list[Row]:
    """Return the buttons under a red flag: to resume, to say whose it is or that none was meant, or back.

    `meant`: training was stopped before, which no misunderstanding undoes.
    """
    if asks:
        return [[Button("hold_mine", HoldPlan(seen.flag, 1)), Button("hold_not_mine", HoldPlan(seen.flag, 0))]]
    if stops:
        clears = meant or _needs_clearance(seen)
        label = "resume_tender" if seen.flag in TENDER else "resume_cleared" if clears else "resume_well"
        resume: Row = [Button(label, Resume())]
        return [resume, [Button("not_meant", NotMeant(seen.flag))]] if clears and not meant else [resume]
    return [] if turn.group is not None else setup.way_on(turn)


def hold(turn: Turn, action: HoldPlan) -> None:
    """Hold the plan for a red flag that was forwarded, or read as somebody else's, and is the person's own."""
    flag = turn.language.safety.get(action.flag)
    if flag is None or action.mine not in (0, 1):
        raise StaleButton
    if action.mine:
        usual = Safety(action.flag, flag.urgency)  # it was asked of one that stops training, whatever is usual
        warn(turn, usual if stops_training(usual, turn.language) else Safety(action.flag, HELD_FROM))
    else:
        shown.forget_red_flag(turn.user)
        turn.edit_buttons(setup.way_on(turn))


def not_meant(turn: Turn, action: NotMeant) -> None:
    """Go on as before after words that were no red flag: rules that miss none take some that are not."""
    if action.flag not in turn.language.safety or not screening.is_blocked(turn):
        raise StaleButton
    pauses.resume(turn.session, turn.user, turn.now)
    shown.forget_red_flag(turn.user)
    turn.reply("ask/not_meant", setup.way_on(turn))


def _facts(language: Language, seen: Safety, found: SearchResult) -> list[Entry]:
    """Return the answers to offer under a message that leaves time to read: those that fit the question, best first."""
    flag = language.safety[seen.flag]
    if seen.urgency == URGENCIES[0] or seen.urgency != flag.urgency:
        return []
    fitting = [slug for slug in found.suggested if slug in flag.entries]
    return [language.entries[slug] for slug in fitting if slug in language.entries][:FACTS]


def register(application: CoachApplication) -> None:
    """Hook up the buttons."""
    on_button(application, HoldPlan, hold)
    on_button(application, NotMeant, not_meant)
