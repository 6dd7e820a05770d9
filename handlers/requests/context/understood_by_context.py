"""Messages that the conversation before them explains, in the order in which that is tried."""

from dataclasses import replace

from coach.parsing.clauses import SENTENCE_END
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.requests import Intent, Slots
from content.library import SearchResult
from content.understanding.meanings import Requests, Understood
from content.understanding.requests.request import Request
from content.understanding.requests.slots.readers import read_slots
from handlers.account import privacy
from handlers.framework.turn import Turn
from handlers.requests import figures, requesting, undo
from handlers.requests.context import (
    confirming,
    corrections,
    day_offers,
    feasibility,
    likely,
    lone_figures,
    offers,
    one_day,
    own_sessions,
    plain_changes,
    revert,
    temporary,
)
from handlers.requests.day_changes import after_change, circumstances, plain_sessions
from handlers.requests.facts import asked, clauses, own_plan, own_questions, own_week
from handlers.requests.goals import answering, events
from handlers.requests.logged import amendments, reports
from handlers.requests.training import corrected_sets, moves_meant
from handlers.requests.training.session_meant import session_meant
from handlers.training.today import today_of
from services import last_change


def carry_out(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Do what a message means by what was said or shown before it; return whether it means anything by that."""
    steps = (
        amendments.take,
        reports.take,
        likely.asks_to_go_on,
        after_change.take,
        _changes_sessions,
        circumstances.take,
        _is_sure_of_days,
        own_plan.answer,
        temporary.limit,
        _is_of_one_day,
        _reverts,
        confirming.agree,
        temporary.take,
        _tell_fact,
        _puts_back,
    )
    if any(step(turn, understood, found) for step in steps):
        return True
    match understood:
        case Requests(all=(only,), care=None) if only.intent is Intent.UNDO and _decline_or_ask(turn, found):
            return True
        case Requests(all=(Request(intent=Intent.MOVE, slots=slots),), care=None) if corrections.corrected(
            turn, understood, found
        ) is None and (meant := _instead_of_move(turn, slots)):
            requesting.carry_out(turn, Requests((meant,)), found)
            return True
    return (
        events.ask_again(turn, understood)
        or figures.ask_leg(turn, understood)
        or _correct_sets(turn, understood, found)
        or _take_back(turn, understood, found)
        or _complete(turn, understood, found)
    )


def _reverts(turn: Turn, understood: Understood, _: SearchResult) -> bool:
    return revert.take(turn, understood)


def _changes_sessions(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    changes = plain_sessions.meant(turn, understood)
    if changes:
        requesting.carry_out(turn, Requests(changes), found)
    return bool(changes)


def _is_sure_of_days(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Carry out the change of one session that a message surely means, or tell what it asks of the week."""
    if moves_meant.choose(turn, understood):
        return True
    asks = clauses.asking(turn, turn.language.week_words.may_train) is not None
    if asks and own_questions.answer(turn, understood, found):  # "can I train on Wednesday or not" moves nothing
        return True
    sure = plain_changes.meant(turn, understood) or moves_meant.as_planned(turn, understood)
    sure = sure or moves_meant.meant(turn, understood)
    if sure is None:
        return (not asks and own_questions.answer(turn, understood, found)) or own_week.answer(turn, understood)
    requesting.carry_out(turn, Requests((sure,)), found)
    return True


def _puts_back(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Pause anew, or take the last change back, where a message wants that of what was just done."""
    if revert.takes_skip_back(turn, understood):
        requesting.carry_out(turn, Requests((Request(Intent.UNDO),)), found)
        return True
    if (instead := revert.unpaused(turn, understood)) is not None:
        _do_instead_of_pause(turn, instead, found)
        return True
    if (on := revert.reminded_again(turn, understood)) is not None:
        requesting.carry_out(turn, Requests((on,)), found)
        return True
    if (again := revert.paused_anew(turn, understood) or revert.kept_on_day(turn)) is not None:
        requesting.correct(turn, again, found)
    elif not revert.put_back(turn, understood):
        return False
    elif not confirming.decline(turn, surely=True) and not undo.ask_older(turn, found):
        requesting.carry_out(turn, Requests((Request(Intent.UNDO),)), found)
    return True


def _do_instead_of_pause(turn: Turn, instead: Request, found: SearchResult) -> None:
    """Take a pause back that was made just now, and move what is wanted on another day instead."""
    slots = instead.slots
    if instead.intent is Intent.MOVE and revert.is_paused_just_now(turn):
        last_change.undo(turn.session, turn.user, turn.now)
    if instead.intent is Intent.MOVE and slots.from_day is None:
        moving = session_meant(turn)
        slots = replace(slots, from_day=moving if moving != slots.to_day else None)
    requesting.carry_out(turn, Requests((replace(instead, slots=slots),)), found)


def _tell_fact(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Tell the single fact of their own training that somebody asks for; return whether they do."""
    fact = asked.where(turn, understood) or asked.meant(turn, understood, found)
    if fact is not None:
        requesting.carry_out(turn, Requests((fact,)), found)
    return fact is not None


def _is_of_one_day(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    # Where a question stands open, what is surely a request is no answer to it.
    return (turn.user.prompt is None or isinstance(understood, Requests)) and one_day.take(turn, understood, found)


def _decline_or_ask(turn: Turn, found: SearchResult) -> bool:
    """Leave what was offered, or ask about an older change, where words for undo are not about the last one.

    Behind an answer, where nothing can be undone, they say that it does not fit.
    """
    if turn.shown_entry is not None and not undo.is_possible(turn):
        requesting.carry_out(turn, Requests((Request(Intent.FEEDBACK),)), found)
        return True
    return confirming.decline(turn) or undo.ask_older(turn, found)


def _take_back(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Correct what was changed or asked, or leave it as it is; return whether the message wants that."""
    again = corrections.corrected(turn, understood, found)
    if again is not None and turn.asked is not None:  # nothing has changed yet
        requesting.carry_out(turn, Requests((again,)), found)
    elif confirming.take_no(turn, turn.written, understood, found):
        pass
    elif again is not None:
        if not confirming.leave(turn, understood, found, corrects=True):
            requesting.correct(turn, again, found)
    else:
        return confirming.leave(turn, understood, found) or lone_figures.leave_unrated(turn, understood)
    return True


def _correct_sets(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Note sets that were told just now as a message corrects or completes them; return whether it does."""
    sets = corrected_sets.meant(turn, understood)
    if sets is None:
        return False
    if corrected_sets.are_last_change(turn):
        requesting.correct(turn, sets, found)
    else:
        requesting.carry_out(turn, Requests((sets,)), found)
    return True


def _instead_of_move(turn: Turn, slots: Slots) -> Request | None:
    """Return the request that a move is by what it says besides, or by what was shown; None where it is one."""
    if (asked := _asked_move(turn)) is not None and asked.to_day != slots.to_day:
        kept = slots.from_day if slots.from_day != asked.to_day else None
        return Request(Intent.MOVE, replace(asked, from_day=asked.from_day or kept))
    if _is_other_day_only(turn, slots):
        return Request(Intent.MOVE, Slots(to_day=slots.to_day))
    days = _days_for_good(turn, slots)
    return Request(Intent.DAYS, Slots(days=days)) if days is not None else None


def _asked_move(turn: Turn) -> Slots | None:
    """Return the move that the last question of a message asks for, whose other days tell why: "can it be today?"."""
    *told, asked = SENTENCE_END.split(turn.written.strip().removesuffix("?"))
    if not turn.written.strip().endswith("?") or not any(answering.heard(turn, each).days for each in told):
        return None
    slots = read_slots(Intent.MOVE, answering.heard(turn, asked))
    return slots if slots.to_day is not None else None


def _is_other_day_only(turn: Turn, slots: Slots) -> bool:
    """Say whether a move is only another day behind one to come that was shown: what moves there is asked."""
    shows = turn.shown_day is not None and turn.shown_day > today_of(turn) and slots.from_day == turn.shown_day
    return shows and slots.to_day is not None and likely.lone_day(turn) == slots.to_day


def _days_for_good(turn: Turn, slots: Slots) -> frozenset[int] | None:
    """Return the days for training, where one of them is another from now on: "friday to saturday, for good"."""
    said, words = fold(turn.written), turn.language.reply_words
    lasts = find_phrases(said, words.for_good) and not find_phrases(said, words.for_now)
    if not lasts or slots.from_day is None or slots.to_day is None:
        return None
    free = {int(day) for day in turn.user.free_days}
    return frozenset(free - {slots.from_day.isoweekday()} | {slots.to_day.isoweekday()})


def _complete(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Carry out the request that a message completes, or ask what it is about; return whether it does."""
    meant = (
        offers.painless(turn, understood)
        or offers.completed(turn, understood, found)
        or offers.exercise_named(turn, understood)
        or lone_figures.of_asked_pain(turn, understood)
        or lone_figures.of_the_session(turn, understood)
        or lone_figures.minutes_of_the_session(turn, understood)
        or lone_figures.of_what_hurts(turn, understood)
        or lone_figures.of_both_legs(turn, understood)
        or own_sessions.meant(turn, understood, found)
        or likely.meant(turn, understood, found)
    )
    if meant is not None:
        requesting.carry_out(turn, Requests((meant,)), found)
        return True
    return (
        privacy.answer(turn, understood, found)
        or offers.which(turn, understood)
        or offers.to_nothing(turn, understood)
        or feasibility.answer(turn, understood)
        or lone_figures.ask(turn, understood)
        or day_offers.offer(turn, understood, found)
    )
