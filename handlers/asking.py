"""/ask and plain questions: safety first, then an answer, a few suggestions, or an honest no."""

from typing import Final

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from coach.actions import NoNews, NotIt, PickEntry, SendToCurators, ShowCategories, ShowExercise, TellMe
from coach.mistakes import OldButton
from coach.reminder_actions import Resume
from content.keyboards import Button, Link, Row, Titled
from content.library import Finding, Language
from db import daily, questions
from handlers import check, exercises, faq, setup, smalltalk
from handlers.application import Coach, Context
from handlers.registering import PRIVATE, argument, on_button, pattern, pressed
from handlers.turn import Turn

SUGGESTIONS: Final = 3
TENDER: Final = frozenset({"despair", "eating"})
"""Red flags that are no matter of training: the button says no more than that the door is open."""

NO_CLEARANCE: Final = frozenset({"despair"})
"""Red flags after which nobody need say that training is fine."""

PAUSES: Final = frozenset({"now", "today"})
"""How urgent a red flag of any kind must be for no training until somebody has looked at it."""

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
        warn(turn, finding.safety, finding.urgency)
        return
    if smalltalk.answered(turn, question):
        return
    if (slug := turn.language.exercise_of(question)) is not None:
        exercises.exercise(turn, ShowExercise(slug))
        return
    number = questions.keep(
        turn.session, question[:LONGEST], turn.language.code, finding.outcome, finding.entry, turn.now
    )
    if finding.outcome == "answer" and finding.entry is not None:
        faq.show(turn, turn.language.entries[finding.entry], number)
    elif finding.outcome == "suggest":
        found = _titles(turn.language, finding.suggested, number)
        turn.say("ask/suggest", found if turn.group is not None else [*found, _none_fits(number)])
    elif turn.group is not None:
        turn.say("groups/none", [[Link("ask_in_private", turn.me.link("ask"))]])
    else:
        turn.say("ask/none", [_no_answer(number)])


def warn(turn: Turn, kind: str, urgency: str | None) -> None:
    """Stop: who to see, how soon. Reminders fall silent where training must, but a group is told of nobody's."""
    flag = turn.language.safety[kind]
    pauses = (flag.pauses or urgency in PAUSES) and turn.group is None
    reason = "care" if kind in NO_CLEARANCE and not check.held(turn) else check.NOT_CLEARED
    reminded = pauses and daily.pause(turn.session, turn.user, reason, None, turn.now)
    turn.settle()
    tender = kind in TENDER
    resume = [Button("resume_tender" if tender else "resume_cleared", Resume())]
    rows: list[Row] = [resume] if pauses else [] if turn.group is not None else setup.way_on(turn)
    raised = urgency if urgency != flag.urgency else None
    turn.say("ask/safety", rows, flag=flag, pauses=pauses, reminded=reminded, tender=tender, raised=raised)


async def not_it(update: Update, context: Context) -> None:
    """Offer the next candidates; they are found anew from the question, kept without the person."""
    action = pressed(update, NotIt)
    asked = await context.services.db.run(lambda session: questions.find(session, action.question))
    finding = await context.find(asked.text) if asked else None
    tried = {action.entry, asked.entry if asked else None}
    others = [found.entry for found in finding.candidates if found.entry not in tried] if finding else []

    def work(turn: Turn) -> None:
        entry = faq.entry_of(turn, action.entry)
        known = questions.judge(turn.session, action.question, "not-it") is not None
        turn.redraw(faq.rows(turn, entry, None))
        if known and others:
            titles = _titles(turn.language, others, action.question)
            turn.say("ask/instead", [*titles, _none_fits(action.question)])
        elif known:
            turn.say("ask/none", [_no_answer(action.question)])
        else:
            turn.say("ask/ask_again", [[Button("subjects", ShowCategories())]])

    await context.turn(update, work)


def to_curators(turn: Turn, action: SendToCurators) -> None:
    """Keep the question for the people who write the answers."""
    if questions.judge(turn.session, action.question, "curators") is None:
        raise OldButton
    choices = [Button("tell_me", TellMe(action.question)), Button("no_news", NoNews(action.question))]
    turn.reply("ask/passed_on", [choices])


def tell_me(turn: Turn, action: TellMe) -> None:
    """Remember who wants to hear of an answer."""
    if not questions.tell_when_answered(turn.session, action.question, turn.user.id):
        raise OldButton
    turn.reply("ask/will_tell")


def no_news(turn: Turn, _action: NoNews) -> None:
    """Remember nobody."""
    turn.reply("ask/passed_on_quietly")


def _titles(language: Language, slugs: list[str], question: int) -> list[Row]:
    found = [language.entries[slug] for slug in slugs if slug in language.entries]
    return [[Titled(entry.question, PickEntry(entry.slug, question))] for entry in found[:SUGGESTIONS]]


def _none_fits(question: int) -> Row:
    return [Button("none_of_these", SendToCurators(question))]


def _no_answer(question: int) -> Row:
    return [Button("curators", SendToCurators(question)), Button("subjects", ShowCategories())]


def register(application: Coach) -> None:
    """Hook up the command and its buttons."""
    application.add_handler(CommandHandler("ask", ask, filters=PRIVATE))
    application.add_handler(CallbackQueryHandler(not_it, pattern=pattern(NotIt)))
    on_button(application, SendToCurators, to_curators)
    on_button(application, TellMe, tell_me)
    on_button(application, NoNews, no_news)
