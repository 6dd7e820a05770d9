"""Inline mode: `@bot ankle weights` in any chat offers answers to post there.

An answer to an inline query is given at once and not stored; it needs nothing of the person's.
"""

import contextlib
from typing import Final

from telegram import (
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.error import TelegramError
from telegram.ext import InlineQueryHandler

from coach.question_clustering import words
from content.library import Entry, Language, SearchResult
from content.rendering.keyboards import Link, keyboard
from content.understanding.red_flags.told import TENDER
from handlers.framework.application import CoachApplication, Context
from handlers.framework.turn import BotIdentity
from handlers.questions.ask import MAX_CHARACTERS
from handlers.questions.faq import LINK

RESULTS: Final = 10
CACHE_SECONDS: Final = 300  # Telegram's own default; a reload of the content shows after as long
DESCRIPTION: Final = 120  # characters


async def take(update: Update, context: Context) -> None:
    """Offer up to ten answers, or the one message that matters where a red flag is seen."""
    query = update.inline_query
    assert query is not None
    asked = query.query.strip()[:MAX_CHARACTERS]
    finding = await context.find(asked) if asked else None
    language = await context.language()
    if finding is not None and finding.safety is not None:
        results = [warning(language, finding.safety, finding.urgency)]
    else:
        results = [article(language, entry, context.bot_identity) for entry in chosen(language, asked, finding)]
    button = InlineQueryResultsButton(language.messages.label("open_coach"), start_parameter="inline")
    # Who types on asks again: a query that waited too long needs no answer.
    with contextlib.suppress(TelegramError):
        # What Telegram keeps for everybody must not depend on who asked.
        personal = len(context.services.content.languages) > 1
        learning = finding is not None and finding.outcome == "learning"  # the same words find more in a minute
        kept = 0 if learning else CACHE_SECONDS
        await query.answer(results, cache_time=kept, is_personal=personal, button=button)


def chosen(language: Language, asked: str, finding: SearchResult | None) -> list[Entry]:
    """Return the entries to offer: what is found, what bears these words in its title; for no words, one a subject."""
    entries = language.entries
    if finding is None:
        firsts = {entry.category: entry for entry in reversed(list(entries.values()))}
        return [firsts[category] for category in language.categories if category in firsts][:RESULTS]
    found = [] if finding.outcome == "none" else [each.entry for each in finding.candidates]
    begun = words(asked)
    titled = [
        slug
        for slug, entry in entries.items()
        if begun and all(any(word.startswith(start) for word in words(entry.question)) for start in begun)
    ]
    # What the finder is sure of comes first; half a word is nothing it could know.
    order = [*found, *titled] if finding.outcome == "answer" else [*titled, *found]
    return [entries[slug] for slug in dict.fromkeys(order) if slug in entries][:RESULTS]


def article(language: Language, entry: Entry, me: BotIdentity) -> InlineQueryResultArticle:
    """Return one answer as it is offered, and as it is posted."""
    sources = [language.sources[key] for key in entry.sources]
    buttons = keyboard(language.messages, [[Link("open_coach", me.link(LINK + entry.slug))]])
    return InlineQueryResultArticle(
        id=entry.slug,
        title=entry.question,
        description=first_sentence(entry.text),
        input_message_content=_content(language.messages.render("inline/answer", entry=entry, sources=sources)),
        reply_markup=InlineKeyboardMarkup.de_json(buttons, None),
    )


def warning(language: Language, kind: str, urgency: str | None) -> InlineQueryResultArticle:
    """Return the safety message, the only one offered."""
    flag = language.safety[kind]
    raised = urgency if urgency != flag.urgency else None
    said = language.messages.render(
        "ask/safety",
        flag=flag,
        pauses=False,
        reminded=False,
        tender=kind in TENDER,
        raised=raised,
        offered=False,
        asks=False,
        forwarded=False,
        other=False,
        only_asked=False,
        doubted=False,
        number=None,
    )
    return InlineQueryResultArticle(
        id=f"safety-{kind}",
        title=first_sentence(flag.text),
        description=language.messages.label("read_first"),
        input_message_content=_content(said),
    )


def first_sentence(text: str) -> str:
    """Return the first sentence of a plain text, cut where it is too long for a line under a title."""
    line = text.strip().split("\n", 1)[0]
    ends = [end for mark in (". ", "! ", "? ") if (end := line.find(mark)) > 0]
    sentence = line[: min(ends) + 1] if ends else line
    return sentence if len(sentence) <= DESCRIPTION else sentence[: DESCRIPTION - 1].rstrip() + "…"


def _content(text: str) -> InputTextMessageContent:
    return InputTextMessageContent(text, parse_mode="HTML", link_preview_options=LinkPreviewOptions(is_disabled=True))


def register(application: CoachApplication) -> None:
    """Hook it up."""
    application.add_handler(InlineQueryHandler(take))
