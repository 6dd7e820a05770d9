"""/faq: the answers by subject, page by page; and how one answer is shown."""

from typing import Final
from urllib.parse import urlencode

from coach.buttons.questions import (
    Helpful,
    NotIt,
    PickEntry,
    SendToCurators,
    ShowCategories,
    ShowCategory,
    ShowEntry,
    ShowExercise,
    ShowMoves,
    TakeOffer,
)
from coach.requests import ShownItem
from coach.user_errors import StaleButton
from content.library import Entry, SearchResult
from content.rendering.keyboards import AnyButton, Button, Inline, Link, Row, Titled
from content.understanding.smalltalk.sentences import wishes
from db.payload_names import IS_ANSWER
from db.queries import questions
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.questions import about_me, exercises
from handlers.questions.entry_actions import ENTRY_ACTIONS
from services import shown

PAGE: Final = 6
RELATED: Final = 1  # buttons; all that are related are linked in the answer
LINK: Final = "faq-"  # a deep link's payload begins so


def categories(turn: Turn, _asked: str | ShowCategories = "") -> None:
    """Show the subjects, two a row."""
    buttons = [Titled(label, ShowCategory(key, 0)) for key, label in turn.language.categories.items() if _in(turn, key)]
    rows: list[Row] = [buttons[first : first + 2] for first in range(0, len(buttons), 2)]
    turn.reply("faq/categories", rows, answers=len(turn.language.entries))


def category(turn: Turn, action: ShowCategory) -> None:
    """Show one page of a subject's questions."""
    found = _in(turn, action.category)
    pages = -(-len(found) // PAGE)
    if not 0 <= action.page < pages:
        raise StaleButton
    rows: list[Row] = [
        [Titled(entry.question, ShowEntry(entry.slug))]
        for entry in found[action.page * PAGE : (action.page + 1) * PAGE]
    ]
    turn_page = [
        Button(label, ShowCategory(action.category, page))
        for label, page in (("previous", action.page - 1), ("next", action.page + 1))
        if 0 <= page < pages
    ]
    back = [Button("subjects", ShowCategories())]
    subject = turn.language.categories[action.category]
    turn.reply("faq/category", [*rows, turn_page, back], subject=subject, page=action.page + 1, pages=pages)


def show_entry(turn: Turn, action: ShowEntry) -> None:
    """Show an answer that was chosen from a list: as a message of its own, so that the list stays."""
    show(turn, entry_of(turn, action.entry))


def pick(turn: Turn, action: PickEntry) -> None:
    """Show an answer that was suggested to a question; in a group in the place of the suggestions."""
    show(turn, entry_of(turn, action.entry), action.question)


def linked(turn: Turn, slug: str) -> bool:
    """Show the answer that a deep link names; return whether there is one."""
    entry = turn.language.entries.get(slug)
    if entry is not None:
        show(turn, entry)
    return entry is not None


def show(turn: Turn, entry: Entry, question: int = 0) -> None:
    """Send one answer with how sure we are, its sources, and where to go from here."""
    turn.note_shown(ShownItem(entry=entry.slug))
    speak = turn.say if turn.group is None else turn.reply
    sent = speak("faq/entry", rows(turn, entry, question), mine=about_me.about(turn, entry.slug), **words(turn, entry))
    if turn.group is None:
        shown.note_question(turn.user, question)
        sent.payload[IS_ANSWER] = True


def go_on(turn: Turn, entry: Entry, question: int, found: SearchResult) -> None:
    """Say what an answer that was just shown has on what is asked or told behind it, or that it is all.

    It can be passed on; another answer that it may be about gets the first button.
    """
    shown.note_question(turn.user, question)
    pass_on: Row = [Button("curators", SendToCurators(question)), Button("subjects", ShowCategories())]
    passage = found.passage
    line = passage.line if passage is not None else None
    if passage is not None and passage.aside and not wishes(turn.written, turn.language):
        turn.say("ask/told_more", [*onward(turn, entry), pass_on], entry=entry, passage=line)
        return
    asked_for = passage is not None and not passage.aside
    near = found.suggested[0] if found.page is not None and found.suggested and not asked_for else entry.slug
    rows: list[Row] = []
    if near != entry.slug and near in turn.language.entries:
        rows.append([Titled(turn.language.entries[near].question, ShowEntry(near))])
    rows += [row for row in onward(turn, entry) if row not in rows]
    verdict = passage is not None and passage.verdict
    turn.say("ask/no_more", [*rows, pass_on], entry=entry, passage=line if asked_for else None, verdict=verdict)


def words(turn: Turn, entry: Entry) -> dict[str, object]:
    """Return what the template of an answer shows."""
    language = turn.language
    related = [language.entries[slug] for slug in entry.related if slug in language.entries]
    return {
        "entry": entry,
        "sources": [language.sources[key].citation for key in entry.sources],
        "related": [(other.question, turn.bot_identity.link(LINK + other.slug)) for other in related],
    }


def rows(turn: Turn, entry: Entry, question: int | None) -> list[Row]:
    """Return the buttons under an answer; without those that judge it where `question` is None."""
    link = turn.bot_identity.link(LINK + entry.slug)
    if turn.group is not None:
        return [[Link("read_in_private", link)]]
    leads = _leads(entry)
    share = f"https://t.me/share/url?{urlencode({'url': link, 'text': entry.question})}"
    leads.append(Inline("share", entry.question) if turn.bot_identity.inline else Link("share", share))
    related = [turn.language.entries[slug] for slug in entry.related if slug in turn.language.entries]
    found: list[Row] = [leads, *([Titled(other.question, ShowEntry(other.slug))] for other in related[:RELATED])]
    if question is not None:
        found.append([Button("helpful", Helpful(entry.slug, question)), Button("not_it", NotIt(entry.slug, question))])
    return found


def onward(turn: Turn, entry: Entry) -> list[Row]:
    """Return the buttons that go on from an answer: what it offers, its exercises, the questions beside it."""
    related = [turn.language.entries[slug] for slug in entry.related if slug in turn.language.entries]
    return [_leads(entry), *([Titled(other.question, ShowEntry(other.slug))] for other in related)]


def helpful(turn: Turn, action: Helpful) -> None:
    """Thank for the word, and do not ask again."""
    entry = entry_of(turn, action.entry)
    questions.set_verdict(turn.session, action.question, "helpful")
    turn.edit_buttons(rows(turn, entry, None))
    turn.answer_callback("faq/thanks")


def take_offer(turn: Turn, action: TakeOffer) -> None:
    """Do what the answer offers, in a message of its own: the answer stays."""
    offer = ENTRY_ACTIONS.get(entry_of(turn, action.entry).action or "")
    if offer is None:
        raise StaleButton
    turn.pressed_message_id = None
    offer.work(turn)


def moves(turn: Turn, action: ShowMoves) -> None:
    """Show the exercise that an answer names, or a list of them."""
    entry = entry_of(turn, action.entry)
    named = [turn.language.exercises[slug] for slug in entry.exercises if slug in turn.language.exercises]
    if len(named) == 1:
        exercises.exercise(turn, ShowExercise(named[0].slug))
        return
    turn.say("faq/moves", [[Titled(one.name, ShowExercise(one.slug))] for one in named], entry=entry)


def entry_of(turn: Turn, slug: str) -> Entry:
    """Return the entry. Raises StaleButton where it is gone, or never was."""
    entry = turn.language.entries.get(slug)
    if entry is None:
        raise StaleButton
    return entry


def _leads(entry: Entry) -> list[AnyButton]:
    leads: list[AnyButton] = []
    if offer := ENTRY_ACTIONS.get(entry.action or ""):
        leads.append(Button(offer.label, TakeOffer(entry.slug)))
    if entry.exercises:
        leads.append(Button("moves", ShowMoves(entry.slug)))
    return leads


def _in(turn: Turn, key: str) -> list[Entry]:
    return [entry for entry in turn.language.entries.values() if entry.category == key]


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "faq", categories)
    on_button(application, ShowCategories, categories)
    on_button(application, ShowCategory, category)
    on_button(application, ShowEntry, show_entry)
    on_button(application, PickEntry, pick, in_groups=True)
    on_button(application, Helpful, helpful)
    on_button(application, TakeOffer, take_offer)
    on_button(application, ShowMoves, moves)
