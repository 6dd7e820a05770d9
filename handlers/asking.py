"""/ask and plain questions: safety first, then an answer, a few suggestions, or an honest no."""

from typing import Final

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from coach.actions import NotIt, Resume, SendToCurators, ShowCategories, ShowEntry, TellMe, parse
from coach.mistakes import OldButton
from content.keyboards import Button, Row, Titled
from content.library import Finding, Language
from db import daily, questions
from handlers import faq
from handlers.application import Coach, Context
from handlers.registering import PRIVATE, argument, on_button
from handlers.turn import Turn

SUGGESTIONS: Final = 3
LONGEST: Final = 500  # characters of a question that are read: what matters is said by then


async def ask(update: Update, context: Context) -> None:
    """/ask with a question behind it, or a word on how to ask."""
    question = argument(update.effective_message)
    finding = await context.find(question) if question else None
    await context.turn(update, lambda turn: answer(turn, question, finding) if finding else how(turn))


def how(turn: Turn) -> None:
    """Say how to ask."""
    turn.say("ask/how", [[Button("subjects", ShowCategories())]])


def answer(turn: Turn, question: str, finding: Finding) -> None:
    """Say what was found."""
    if finding.outcome == "safety" and finding.safety is not None:
        warn(turn, finding.safety)
        return
    kept = questions.keep(
        turn.session, question[:LONGEST], turn.language.code, finding.outcome, finding.entry, turn.now
    )
    if finding.outcome == "answer" and finding.entry is not None:
        faq.show(turn, turn.language.entries[finding.entry], kept.id or 0)
    elif finding.outcome == "suggest":
        none_fits = [Button("none_of_these", SendToCurators(kept.id or 0))]
        turn.say("ask/suggest", [*_titles(turn.language, [found.entry for found in finding.candidates]), none_fits])
    else:
        turn.say("ask/none", [[Button("curators", SendToCurators(kept.id or 0)), Button("subjects", ShowCategories())]])


def warn(turn: Turn, kind: str) -> None:
    """Stop: who to see, how soon. Reminders fall silent where training must."""
    flag = turn.language.safety[kind]
    paused = flag.pauses and daily.pause(turn.session, turn.user, "safety", None, turn.now)
    turn.settle()
    turn.say("ask/safety", [[Button("resume_cleared", Resume())]] if paused else [], flag=flag, paused=paused)


async def not_it(update: Update, context: Context) -> None:
    """Offer the next candidates; they are found anew from the question, kept without the person."""
    action = parse(update.callback_query.data or "") if update.callback_query else None
    if not isinstance(action, NotIt):
        raise OldButton
    asked = await context.services.db.run(lambda session: questions.find(session, action.question))
    finding = await context.find(asked.text) if asked else None
    others = [found.entry for found in finding.candidates if found.entry != action.entry] if finding else []

    def work(turn: Turn) -> None:
        questions.judge(turn.session, action.question, "not-it")
        if others:
            rows = [*_titles(turn.language, others), [Button("none_of_these", SendToCurators(action.question))]]
            turn.say("ask/instead", rows)
        else:
            turn.say("ask/ask_again", [[Button("subjects", ShowCategories())]])

    await context.turn(update, work)


def to_curators(turn: Turn, action: SendToCurators) -> None:
    """Keep the question for the people who write the answers."""
    if questions.judge(turn.session, action.question, "curators") is None:
        raise OldButton
    turn.reply("ask/passed_on", [[Button("tell_me", TellMe(action.question))]])


def tell_me(turn: Turn, action: TellMe) -> None:
    """Remember who wants to hear of an answer."""
    if not questions.tell_when_answered(turn.session, action.question, turn.user.id):
        raise OldButton
    turn.reply("ask/will_tell")


def _titles(language: Language, slugs: list[str]) -> list[Row]:
    found = [language.entries[slug] for slug in slugs if slug in language.entries]
    return [[Titled(entry.question, ShowEntry(entry.slug))] for entry in found[:SUGGESTIONS]]


def register(application: Coach) -> None:
    """Hook up the command and its buttons."""
    application.add_handler(CommandHandler("ask", ask, filters=PRIVATE))
    application.add_handler(CallbackQueryHandler(not_it, pattern=rf"^{NotIt.code}:"))
    on_button(application, SendToCurators, to_curators)
    on_button(application, TellMe, tell_me)
