"""The way of requests: carried out in their order, with Undo in one message for what changed; or offered by buttons."""

from collections.abc import Sequence

from coach.buttons.questions import SendToCurators
from coach.buttons.requests import (
    ChangeEffort,
    ConfirmRequest,
    DoRequest,
    TellHuman,
    UndoChange,
    unpack_slots,
)
from coach.requests import Intent, Slots
from coach.user_errors import StaleButton, UserError
from content.library import SearchResult
from content.rendering.keyboards import Button, Row
from content.understanding.meanings import Between, Requests
from content.understanding.requests.beside_prompt import are_unrelated, is_about
from content.understanding.requests.request import Request
from db.changes import recording
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.questions import faq, misses
from handlers.questions.red_flags import warning
from handlers.requests import changes, feedback, gestures, undo
from handlers.requests.goals import events
from handlers.requests.outcome import Changed, Outcome, Step, Work
from handlers.requests.registry import ABOUT_SHOWN, CHANGING, CONFIRMED, FACTS, WORKS
from handlers.requests.training import sessions
from handlers.training.today import today_of
from services import last_change, shown


def carry_out(turn: Turn, requests: Requests, found: SearchResult) -> None:
    """Carry out a message's requests in their order, up to the first that stands open with a question."""
    works = [(each, FACTS[each.fact] if each.fact is not None else WORKS[each.intent]) for each in requests.all]
    kind = turn.user.prompt
    leaves = kind is None or is_about(kind, requests.all) or not are_unrelated(kind, turn.written, requests.all)
    _carry_out(turn, works, cheers=requests.care is None, leaves=leaves)
    if requests.care is not None:
        warning.warn(turn, requests.care, found, closes=False)
    if requests.answer is not None:
        faq.show(turn, faq.entry_of(turn, requests.answer))


def correct(turn: Turn, request: Request, found: SearchResult) -> None:
    """Undo the last change, and carry out what takes its place, where anything does."""
    if request.intent is not Intent.UNDO:
        last_change.undo(turn.session, turn.user, turn.now)
    carry_out(turn, Requests((request,)), found)


def offer(turn: Turn, between: Between, written: str) -> None:
    """Offer each of the requests that a message may be; the words are kept without the person."""
    number = misses.keep(turn, written)
    rows: list[Row] = [
        [Button(f"request_{each.intent}", DoRequest.of(each.intent, each.slots))] for each in between.requests
    ]
    if misses.missed(turn, number):
        return
    match between.requests:
        case (Request(intent=Intent.EVENT, slots=slots),) if slots.day is not None and slots.day > today_of(turn):
            events.offer(turn, slots, [[Button("not_this", SendToCurators(number))]])
            return
    rows.append([Button("none_of_these" if len(rows) > 1 else "not_this", SendToCurators(number))])
    turn.say("requests/between", rows, again=misses.again(turn), only=len(between.requests) == 1)
    turn.note_offered(*((each.intent, each.slots) for each in between.requests))


def do_request(turn: Turn, action: DoRequest) -> None:
    """Carry out the request of a button."""
    slots = _slots(action.slots)
    if action.intent is Intent.UNDO and slots == Slots():
        undo.undo(turn, slots)
        return
    _carry_out(turn, [(Request(action.intent, slots), WORKS[action.intent])])


def confirm(turn: Turn, action: ConfirmRequest) -> None:
    """Carry out a lasting request that is confirmed."""
    work = CONFIRMED.get(action.intent)
    if work is None:
        raise StaleButton
    _carry_out(turn, [(Request(action.intent, _slots(action.slots)), work)])


def _slots(packed: str) -> Slots:
    slots = unpack_slots(packed)
    if slots is None:
        raise StaleButton
    return slots


def _carry_out(turn: Turn, works: Sequence[tuple[Request, Work]], *, cheers: bool = True, leaves: bool = True) -> None:
    """Carry out requests; `leaves`: those that change something end the question that stands open."""
    intents = [request.intent for request, _ in works]
    changing = [request for request, _ in works if request.intent in CHANGING]
    misses.understood(turn)
    if not ABOUT_SHOWN.intersection(intents):
        shown.clear(turn.user)
    if changing and leaves:
        setup.leave(turn)
    began, made, left = len(turn.outgoing), list[Changed](), 0
    with recording(turn.session, turn.user.id) as record:
        for place, (request, work) in enumerate(works):
            turn.wanted = request.intent
            outcome = _tried(turn, work, request.slots, alone=len(works) == 1)
            if isinstance(outcome, Changed):
                made.append(outcome)
            elif outcome is Step.ASKED:
                left = len(works) - place - 1
                break
        changed = record.changes() if made else []
    if made:
        assert changing, "what changes something is listed as such"
        changes.say(turn, made, changed, changing, first=began)
        if cheers:
            gestures.beside(turn, [request for request, _ in works], made, turn.outgoing[began])
    if left:
        turn.say("requests/left_open", left=left)


def _tried(turn: Turn, work: Work, slots: Slots, *, alone: bool) -> Outcome:
    """Carry out one request; of several, one that does not work is answered, and what came before it stays done."""
    if alone:
        return work(turn, slots)
    try:
        return work(turn, slots)
    except UserError as mistake:
        turn.say(mistake.template, (), **mistake.values)
        return Step.ASKED


def register(application: CoachApplication) -> None:
    """Hook up the buttons."""
    on_button(application, DoRequest, do_request)
    on_button(application, ConfirmRequest, confirm)
    on_button(application, UndoChange, undo.pressed)
    on_button(application, ChangeEffort, sessions.change_effort)
    on_button(application, TellHuman, feedback.ask_words)
