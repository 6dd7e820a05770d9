"""/faq: the answers by subject, page by page; and how one answer is shown."""

from typing import Final

from coach.actions import Helpful, NotIt, ShowCategories, ShowCategory, ShowEntry
from coach.mistakes import OldButton
from content.keyboards import Button, Row, Titled
from content.library import Entry
from handlers.application import Coach
from handlers.registering import on_button, on_command
from handlers.turn import Turn

PAGE: Final = 6
RELATED: Final = 2


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
        raise OldButton
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
    entry = turn.language.entries.get(action.entry)
    if entry is None:
        raise OldButton
    show(turn, entry)


def linked(turn: Turn, slug: str) -> bool:
    """Show the answer that a deep link names; return whether there is one."""
    entry = turn.language.entries.get(slug)
    if entry is not None:
        show(turn, entry)
    return entry is not None


def show(turn: Turn, entry: Entry, question: int = 0) -> None:
    """Send one answer with how sure we are, its sources, and where to go from here."""
    language = turn.language
    related = [language.entries[slug] for slug in entry.related if slug in language.entries]
    rows: list[Row] = [[Titled(other.question, ShowEntry(other.slug))] for other in related[:RELATED]]
    judged = [Button("helpful", Helpful(entry.slug)), Button("not_it", NotIt(entry.slug, question))]
    turn.say(
        "faq/entry",
        [*rows, judged],
        entry=entry,
        sources=[language.sources[key].citation for key in entry.sources],
    )


def helpful(turn: Turn, action: Helpful) -> None:
    """Thank for the word."""
    if action.entry not in turn.language.entries:
        raise OldButton
    turn.notify("faq/thanks")


def _in(turn: Turn, key: str) -> list[Entry]:
    return [entry for entry in turn.language.entries.values() if entry.category == key]


def register(application: Coach) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "faq", categories)
    on_button(application, ShowCategories, categories)
    on_button(application, ShowCategory, category)
    on_button(application, ShowEntry, show_entry)
    on_button(application, Helpful, helpful)
