"""/timer: intervals that the person makes up, kept by name, guided like a session."""

from dataclasses import replace
from typing import Final

from coach.buttons.guide import ChangeRounds, ForgetIntervals, GuideIntervals, LogIntervals, RunIntervals, ShowIntervals
from coach.buttons.session import ShowToday
from coach.buttons.way_back import ShowWayBack
from coach.guide.gate import Hold
from coach.parsing.own_intervals import Intervals, SaidIntervals, advised, checked, read_intervals
from coach.planning.inputs import AgeGroup, Experience
from coach.requests import Intent, Slots
from coach.user_errors import StaleButton
from content.guide.wish import guide_of
from content.rendering.keyboards import Button, Row, Titled
from db.models import OwnIntervals
from db.queries.guides import own_intervals
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.requests.outcome import titled
from handlers.training.guide import audio, live
from services import shown
from services.live_guides import hold_of_own

CHOICES: Final = (4, 6, 8, 10)
"""Rounds that are offered where none were said."""


def timer(turn: Turn, words: str) -> None:
    """Show the intervals that were said, or those of a name that was kept; without words, all that were kept."""
    kept = own_intervals.of_user(turn.session, turn.user.id)
    if not words.strip():
        _list(turn, kept)
        return
    named = " ".join(words.split()).casefold()
    found = next((row for row in kept if row.name.casefold() == named), None)
    if found is not None:
        found.at = turn.now
        turn.session.add(found)
        _show(turn, found)
    else:
        take(turn, read_intervals(words, turn.language.vocabulary, turn.language.interval_words))


def take(turn: Turn, said: SaidIntervals) -> None:
    """Keep intervals as they were said, and show them; ask how many rounds where that is all that is missing."""
    if said.rounds is None and said.work_s and said.rest_s and said.name is None:
        checked(replace(said, rounds=1))
        choices = [
            titled(str(rounds), Intent.TIMER, Slots(rounds=rounds, work_s=said.work_s, rest_s=said.rest_s))
            for rounds in CHOICES
        ]
        turn.reply("guide/own", [choices], kept=False, missing_rounds=True)
        return
    intervals = checked(said)
    name = said.name or _figures(turn, intervals)
    row = OwnIntervals(
        user_id=turn.user.id,
        name=name,
        rounds=intervals.rounds,
        work_s=intervals.work_s,
        rest_s=intervals.rest_s,
        warm_up_s=intervals.warm_up_s,
        cool_down_s=intervals.cool_down_s,
        at=turn.now,
    )
    _show(turn, own_intervals.keep(turn.session, row))


def show(turn: Turn, action: ShowIntervals) -> None:
    """Show intervals that were kept."""
    _show(turn, _found(turn, action.intervals))


def guide(turn: Turn, action: GuideIntervals) -> None:
    """Send the guide through intervals as they are."""
    _send(turn, _found(turn, action.intervals))


def change_rounds(turn: Turn, action: ChangeRounds) -> None:
    """Keep them with so many rounds, and send the guide."""
    row = _found(turn, action.intervals)
    changed = checked(SaidIntervals(None, action.rounds, row.work_s, row.rest_s, row.warm_up_s, row.cool_down_s))
    if row.name == _figures(turn, intervals_of(row)):
        own_intervals.rename(turn.session, row, _figures(turn, changed))
    row.rounds = changed.rounds
    turn.session.add(row)
    _send(turn, row)


def run(turn: Turn, action: RunIntervals) -> None:
    """Let the guide in the chat begin."""
    row = _found(turn, action.intervals)
    if _may_run(turn):
        live.begin_or_offer(
            turn, row.name, intervals_of(row).steps, None, [[Button("guide_me", GuideIntervals(action.intervals))]]
        )


def forget(turn: Turn, action: ForgetIntervals) -> None:
    """Keep them no longer."""
    row = _found(turn, action.intervals)
    turn.session.delete(row)
    turn.say("guide/forgotten", name=row.name)


def intervals_of(row: OwnIntervals) -> Intervals:
    """Return intervals as they are kept."""
    return Intervals(row.rounds, row.work_s, row.rest_s, row.warm_up_s, row.cool_down_s)


def _show(turn: Turn, row: OwnIntervals) -> None:
    """Send the guide where nothing speaks against it; where they are much to begin with, offer fewer rounds first."""
    if not _may_run(turn):
        return
    experience = Experience(turn.user.experience) if turn.user.experience else Experience.NEW
    fewer = advised(intervals_of(row), experience, AgeGroup(turn.user.age_group or AgeGroup.ADULT)).rounds
    if fewer < row.rounds:
        rounds = [
            Button("own_rounds", ChangeRounds(row.id or 0, fewer), {"count": fewer}),
            Button("own_rounds", ChangeRounds(row.id or 0, row.rounds), {"count": row.rounds}),
        ]
        forgets = [Button("own_forget", ForgetIntervals(row.id or 0))]
        turn.say("guide/intervals", [rounds, forgets], **_values(row), fewer=fewer)
    else:
        _send(turn, row)


def _send(turn: Turn, row: OwnIntervals) -> None:
    if not _may_run(turn):
        return
    intervals, messages = intervals_of(row), turn.language.messages
    about = [
        messages.label("guide_rounds", count=row.rounds),
        messages.label("in_minutes", count=round(intervals.seconds / 60)),
    ]
    opening = ["session-own", f"rounds-{row.rounds}"]
    found = guide_of(turn.language, intervals.steps, opening, row.name, "own-intervals", about, turn.user.guide_voice)
    number = row.id or 0
    row.at = turn.now
    turn.session.add(row)
    shown.clear(turn.user)  # "done" is about these from now on
    rows = [
        [Button("done", LogIntervals(number), style="success")],
        [Button("guide_live", RunIntervals(number)), Button("own_forget", ForgetIntervals(number))],
    ]
    turn.send_audio(found, "guide/intervals", rows, **_values(row), fewer=None)


def _values(row: OwnIntervals) -> dict[str, object]:
    intervals = intervals_of(row)
    return {"name": row.name, "intervals": intervals, "minutes": round(intervals.seconds / 60)}


def _may_run(turn: Turn) -> bool:
    """Say whether nothing speaks against hard work now; else tell the person what does."""
    if not audio.may_train(turn):
        return False
    hold = hold_of_own(turn.session, turn.user, turn.now)
    if hold is not None:
        ways = [Button("way_back", ShowWayBack())] if hold is Hold.WAY_BACK else []
        turn.say("guide/held", [[Button("today", ShowToday()), *ways]], why=hold.value, own=True)
    return hold is None


def _list(turn: Turn, kept: list[OwnIntervals]) -> None:
    rows: list[Row] = [[Titled(row.name, ShowIntervals(row.id or 0))] for row in kept]
    turn.reply("guide/own", rows, kept=bool(kept), missing_rounds=False)


def _found(turn: Turn, number: int) -> OwnIntervals:
    row = own_intervals.find(turn.session, turn.user.id, number)
    if row is None:
        raise StaleButton
    return row


def _figures(turn: Turn, intervals: Intervals) -> str:
    """Return the name of intervals that were given none: their figures."""
    return turn.language.messages.label(
        "own_figures", rounds=intervals.rounds, work=intervals.work_s, rest=intervals.rest_s
    )


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "timer", timer)
    on_button(application, ShowIntervals, show)
    on_button(application, GuideIntervals, guide)
    on_button(application, RunIntervals, run)
    on_button(application, ChangeRounds, change_rounds)
    on_button(application, ForgetIntervals, forget)
