"""/unanswered and /reload, for administrators: what people asked in vain, and the content read anew.

The questions are read in one transaction and grouped outside of it: grouping thousands takes tenths of a second.
"""

import asyncio
import contextlib
import json
import logging
import re
from collections.abc import Callable
from typing import Final, TypeVar

from telegram import Update
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.ext import CallbackQueryHandler, CommandHandler

from coach.buttons.curators import AnsweredBy, ChooseAnswer, DropAsked, ShowAsked, ShowOpen, WriteEntry
from coach.question_clustering import Group, cluster, telling
from coach.user_errors import StaleButton
from content.checks.diff import changes
from content.library import Content, ContentProblems, Language, SearchResult
from content.rendering.keyboards import Button, Row, Titled
from db.queries import questions, users
from handlers.framework.application import CoachApplication, Context
from handlers.framework.routing import PRIVATE, for_admins, pattern, pressed
from handlers.framework.turn import Turn
from handlers.questions import about_me, faq

log: Final = logging.getLogger(__name__)
FAULTS: Final = 15  # shown in a message
WORDINGS: Final = 12
QUESTION: Final = 90  # characters: a question is a button too
SLUG: Final = 38
About = TypeVar("About", ShowAsked, WriteEntry, ChooseAnswer, AnsweredBy, DropAsked)


async def unanswered(update: Update, context: Context) -> None:
    """Show what was asked in vain, the most asked first."""
    groups = await _groups(context)
    await context.turn(update, lambda turn: show(turn, groups, 0))


async def turn_page(update: Update, context: Context) -> None:
    """Show another group."""
    action, groups = pressed(update, ShowOpen), await _groups(context)
    await context.turn(update, lambda turn: show(turn, groups, action.page))


def show(turn: Turn, groups: list[Group], place: int) -> None:
    """Show one group and what can be done about it; the nearest, where there are fewer by now."""
    if not groups:
        turn.reply("curators/nothing")
        return
    place = min(max(place, 0), len(groups) - 1)
    group, number = groups[place], groups[place].asked[0].id
    around = [
        Button(label, ShowOpen(page))
        for label, page in (("previous", place - 1), ("next", place + 1))
        if 0 <= page < len(groups)
    ]
    todo = [Button("write_entry", WriteEntry(number)), Button("choose_answer", ChooseAnswer(number))]
    turn.reply(
        "curators/group",
        [todo, [Button("drop_asked", DropAsked(number))], around],
        open=sum(len(each.asked) for each in groups),
        groups=len(groups),
        group=group,
        days=(turn.now - group.first).days,
    )


def write(turn: Turn, group: Group, finding: SearchResult) -> None:
    """Show the name of the file and its front matter, to paste."""
    entries = turn.language.entries
    near = [entries[found.entry] for found in finding.candidates if found.entry in entries][:2]
    lines = dict.fromkeys(" ".join(wording.split()).lstrip("# ") for wording in group.wordings)
    turn.reply(
        "curators/write",
        [[Button("back", ShowAsked(group.asked[0].id))]],
        slug=free_slug(group.text, turn.language),
        question=quoted(group.text),
        category=near[0].category if near else next(iter(turn.language.categories)),
        related=[entry.slug for entry in near],
        today=turn.now.date().isoformat(),
        wordings=[line[:200] for line in lines if line][:WORDINGS],
    )


def choose(turn: Turn, group: Group, finding: SearchResult) -> None:
    """Offer the entries that fit best."""
    number, entries = group.asked[0].id, turn.language.entries
    found = [entries[candidate.entry] for candidate in finding.candidates if candidate.entry in entries]
    titles: list[Row] = [[Titled(entry.question, AnsweredBy(entry.slug, number))] for entry in found]
    turn.reply("curators/choose", [*titles, [Button("back", ShowAsked(number))]], group=group)


def tell(turn: Turn, content: Content, slug: str, waiting: dict[int, int]) -> int:
    """Tell everybody who waits that there is an answer, once, and with it; return how many."""
    told = 0
    for person, number in waiting.items():
        user, asked = users.find(turn.session, person), questions.find(turn.session, number)
        language = content.language(user.language if user else None)
        if user is None or asked is None or user.unreachable is not None or slug not in language.entries:
            continue
        theirs = Turn(turn.session, user, language, turn.now, bot_identity=turn.bot_identity)
        entry = language.entries[slug]
        rows = faq.rows(theirs, entry, number)
        mine = about_me.about(theirs, slug)
        message = theirs.say("ask/answered", rows, asked=asked.text[:200], mine=mine, **faq.words(theirs, entry))
        message.bulk = True  # paced like reminders: there may be many
        turn.outgoing.append(message)
        told += 1
    return told


def free_slug(text: str, language: Language) -> str:
    """Return a file name for a new entry, from the words that matter."""
    slug = ""
    for word in telling(text, language.vocabulary.common):
        part = re.sub(r"[^a-z0-9]", "", word)
        if part and len(slug) + len(part) < SLUG:
            slug = f"{slug}-{part}" if slug else part
    slug = slug or "new-entry"
    taken = (f"{slug}{end}" for end in ("", *(f"-{number}" for number in range(2, 100))))
    return next(name for name in taken if name not in language.entries)


def quoted(text: str) -> str:
    """Return the question as YAML text: JSON's strings are YAML's too."""
    words = " ".join(text.split()).rstrip("?!. ")[:QUESTION]
    return json.dumps(f"{words[:1].upper()}{words[1:]}?", ensure_ascii=False)


async def reload(update: Update, context: Context) -> None:
    """Read the content anew: all of it takes the place of the old, or every fault is listed and the old is kept."""
    services, chat = context.services, update.effective_chat
    assert services.read_content is not None
    if chat is not None:
        with contextlib.suppress(TelegramError):  # fitting takes seconds: show that something happens
            await context.bot.send_chat_action(chat.id, ChatAction.TYPING)
    try:
        fresh = await asyncio.to_thread(_ready, services.read_content)
    except ContentProblems as error:
        faults = [str(fault) for fault in error.faults]
        await context.turn(update, lambda turn: turn.say("curators/kept", count=len(faults), faults=faults[:FAULTS]))
        return
    except Exception:  # it would come again with every try of the intake, and the curator waits for words
        log.exception("the content could not be read")
        await context.turn(update, lambda turn: turn.say("curators/failed"))
        return
    changed = changes(services.content, fresh)
    services.content = fresh
    english = fresh.language(None)
    counts = {"entries": len(english.entries), "exercises": len(english.exercises), "changed": changed}
    await context.turn(update, lambda turn: turn.say("curators/reloaded", **counts))


def _ready(read: Callable[[], Content]) -> Content:
    """Read, and fit what finding needs, so that the first question after a reload is answered as fast as any."""
    content = read()
    for language in content.languages.values():
        language.finder.warm()
    return content


async def _groups(context: Context) -> list[Group]:
    asked = await context.services.db.run(questions.unanswered)
    words = context.services.content.language(None).vocabulary
    return await asyncio.to_thread(cluster, asked, words.common)


async def _found(update: Update, context: Context, kind: type[About]) -> tuple[About, list[Group], int]:
    """Return the action, the groups, and which of them it is about. Raises StaleButton where that is closed by now."""
    action, groups = pressed(update, kind), await _groups(context)
    for place, group in enumerate(groups):
        if any(one.id == action.question for one in group.asked):
            return action, groups, place
    raise StaleButton


async def show_asked(update: Update, context: Context) -> None:
    """Go back to a group."""
    _, groups, place = await _found(update, context, ShowAsked)
    await context.turn(update, lambda turn: show(turn, groups, place))


async def write_entry(update: Update, context: Context) -> None:
    """Show what a new entry begins with."""
    _, groups, place = await _found(update, context, WriteEntry)
    finding = await context.find(groups[place].text)
    await context.turn(update, lambda turn: write(turn, groups[place], finding))


async def choose_answer(update: Update, context: Context) -> None:
    """Show which entries may answer a group."""
    _, groups, place = await _found(update, context, ChooseAnswer)
    finding = await context.find(groups[place].text)
    await context.turn(update, lambda turn: choose(turn, groups[place], finding))


async def answered(update: Update, context: Context) -> None:
    """Mark a group as answered, tell who waits, and show the next."""
    action, groups, place = await _found(update, context, AnsweredBy)
    content = context.services.content

    def work(turn: Turn) -> None:
        faq.entry_of(turn, action.entry)
        waiting = questions.close(turn.session, [one.id for one in groups[place].asked], "answered")
        turn.answer_callback("curators/marked", told=tell(turn, content, action.entry, waiting))
        show(turn, groups[:place] + groups[place + 1 :], place)

    await context.turn(update, work)


async def drop_asked(update: Update, context: Context) -> None:
    """Mark a group as needing no answer, and show the next."""
    _, groups, place = await _found(update, context, DropAsked)

    def work(turn: Turn) -> None:
        questions.close(turn.session, [one.id for one in groups[place].asked], "dismissed")
        turn.answer_callback("curators/dropped")
        show(turn, groups[:place] + groups[place + 1 :], place)

    await context.turn(update, work)


def register(application: CoachApplication) -> None:
    """Hook up the commands and their buttons."""
    for name, command in (("unanswered", unanswered), ("reload", reload)):
        application.add_handler(CommandHandler(name, for_admins(command), filters=PRIVATE))
    for kind, button in (
        (ShowOpen, turn_page),
        (ShowAsked, show_asked),
        (WriteEntry, write_entry),
        (ChooseAnswer, choose_answer),
        (AnsweredBy, answered),
        (DropAsked, drop_asked),
    ):
        application.add_handler(CallbackQueryHandler(for_admins(button), pattern=pattern(kind)))
