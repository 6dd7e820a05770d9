"""/ask and plain questions: safety first, then an answer, a few suggestions, or an honest no."""

from collections.abc import Callable, Sequence
from typing import Final

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from coach.buttons.questions import (
    NoNews,
    NotIt,
    PickEntry,
    SendToCurators,
    ShowCategories,
    ShowExercise,
    TellMe,
)
from coach.user_errors import StaleButton
from content.library import Language, SearchResult
from content.rendering.keyboards import Button, Link, Row, Titled
from content.understanding.meanings import Answer, ExerciseRequest, NoAnswer, SmallTalk, StillLearning, Suggest, Talk
from content.understanding.red_flags.told import Safety
from content.understanding.smalltalk.sentences import may_ail, wishes
from content.understanding.understand import understand_talk
from db.queries import questions
from handlers.framework.application import CoachApplication, Context
from handlers.framework.routing import PRIVATE, argument, on_button, pattern, pressed
from handlers.framework.turn import Turn
from handlers.questions import exercises, faq, misses, smalltalk
from handlers.questions.red_flags import warning

SUGGESTIONS: Final = 3
MAX_CHARACTERS: Final = 500  # of a question that is read: what matters is said by then


async def ask(update: Update, context: Context) -> None:
    """/ask with a question behind it, or a word on how to ask."""
    question = argument(update.effective_message)
    finding = await context.find(question) if question else None
    await context.turn(update, lambda turn: answer(turn, question, finding) if finding else how(turn))


def how(turn: Turn) -> None:
    """Say how to ask."""
    turn.say("ask/how", [[Button("subjects", ShowCategories())]])


def answer(turn: Turn, question: str, found: SearchResult) -> None:
    """Understand what is said behind /ask or in a group, where nothing is expected, and reply."""
    reply(turn, question, found, understand_talk(question, found, turn.language))


def reply(turn: Turn, question: str, found: SearchResult, understood: Talk) -> None:
    """Reply to what was understood."""
    match understood:
        case Safety():
            warning.warn(turn, understood, found)
        case SmallTalk(kind=kind):
            smalltalk.answer(turn, kind)
        case ExerciseRequest(slug=slug):
            exercises.exercise(turn, ShowExercise(slug))
        case StillLearning():
            turn.say("ask/learning", [] if turn.group is not None else [[Button("subjects", ShowCategories())]])
        case _:
            _answer_question(turn, question, found, understood)


def _answer_question(turn: Turn, question: str, found: SearchResult, understood: Answer | Suggest | NoAnswer) -> None:
    asked, code = question[:MAX_CHARACTERS], turn.language.code
    number = questions.store(turn.session, asked, code, found.outcome, found.entry, turn.now)
    remark = misses.remark(turn, question)
    match understood:
        case Answer(entry=entry):
            misses.understood(turn)
            goes_on = found.in_context or found.passage is not None
            if goes_on and turn.group is None and turn.shown_entry == entry:
                faq.go_on(turn, turn.language.entries[entry], number, found)
            else:
                faq.show(turn, turn.language.entries[entry], number)
        case _ if not remark["told"] and misses.missed(turn, number):
            return
        case Suggest(entries=entries):
            titles = _titles(turn.language, entries, number)
            rows = titles if turn.group is not None else [*titles, _none_fits(number)]
            topic = _subject(turn.language, entries)
            asks = wishes(question, turn.language)
            turn.say("ask/suggest", rows, again=misses.again(turn), topic=topic, asks=asks, **remark)
        case _ if turn.group is not None:
            turn.say("groups/none", [[Link("ask_in_private", turn.bot_identity.link("ask"))]])
        case _:
            values: dict[str, object] = {"topic": misses.weekday(turn.language, question)} | remark
            values["urgent"] = may_ail(question, found, turn.language)
            rows = [[Button("subjects", ShowCategories())]] if remark["told"] else [_no_answer(number)]
            turn.say("ask/none", rows, again=misses.again(turn), **values)


async def not_it(update: Update, context: Context) -> None:
    """Offer the next candidates; they are found anew from the question, kept without the person."""
    await context.turn(update, await offer_others(context, pressed(update, NotIt)))


async def offer_others(context: Context, action: NotIt) -> Callable[[Turn], None]:
    """Return the work that offers the next candidates below an answer, and takes the buttons that judge it away."""
    asked = await context.services.db.run(lambda session: questions.find(session, action.question))
    finding = await context.find(asked.text) if asked else None
    tried = {action.entry, asked.entry if asked else None}
    others = [found.entry for found in finding.candidates if found.entry not in tried] if finding else []

    def work(turn: Turn) -> None:
        entry = faq.entry_of(turn, action.entry)
        turn.user.shown_message_id = None  # what is said of it is said
        known = questions.set_verdict(turn.session, action.question, "not-it") is not None
        turn.edit_buttons(faq.rows(turn, entry, None))
        if known and others:
            titles = _titles(turn.language, others, action.question)
            turn.say("ask/instead", [*titles, _none_fits(action.question)])
        elif known:
            turn.say(
                "ask/none", [_no_answer(action.question)], again=False, topic=None, urgent=True, told=False, sorry=False
            )
        else:
            turn.say("ask/ask_again", [[Button("subjects", ShowCategories())]])

    return work


def to_curators(turn: Turn, action: SendToCurators) -> None:
    """Keep the question for the people who write the answers."""
    if questions.set_verdict(turn.session, action.question, "curators") is None:
        raise StaleButton
    choices = [Button("tell_me", TellMe(action.question)), Button("no_news", NoNews(action.question))]
    turn.reply("ask/passed_on", [choices])


def tell_me(turn: Turn, action: TellMe) -> None:
    """Remember who wants to hear of an answer."""
    if not questions.tell_when_answered(turn.session, action.question, turn.user.id):
        raise StaleButton
    turn.reply("ask/will_tell")


def no_news(turn: Turn, _action: NoNews) -> None:
    """Remember nobody."""
    turn.reply("ask/passed_on_quietly")


def _subject(language: Language, slugs: Sequence[str]) -> str:
    """Return the subject of the entry that fits best, as it stands within a sentence."""
    label = next(
        (language.categories[language.entries[slug].category] for slug in slugs if slug in language.entries), ""
    )
    return label[:1].lower() + label[1:]


def _titles(language: Language, slugs: Sequence[str], question: int) -> list[Row]:
    found = [language.entries[slug] for slug in slugs if slug in language.entries]
    return [[Titled(entry.question, PickEntry(entry.slug, question))] for entry in found[:SUGGESTIONS]]


def _none_fits(question: int) -> Row:
    return [Button("none_of_these", SendToCurators(question))]


def _no_answer(question: int) -> Row:
    return [Button("curators", SendToCurators(question)), Button("subjects", ShowCategories())]


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    application.add_handler(CommandHandler("ask", ask, filters=PRIVATE))
    application.add_handler(CallbackQueryHandler(not_it, pattern=pattern(NotIt)))
    on_button(application, SendToCurators, to_curators)
    on_button(application, TellMe, tell_me)
    on_button(application, NoNews, no_news)
