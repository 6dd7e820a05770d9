"""Feedback on an answer, and words for the people who write the answers: typed for them, kept without the person."""

from typing import Final

from coach.buttons.questions import NoNews, ShowCategories, TellMe
from coach.buttons.requests import TellHuman
from coach.buttons.session import ShowToday
from coach.profile import PromptKind
from coach.requests import Slots
from coach.user_errors import NoteTooLong
from content.rendering.keyboards import Button
from db.queries import questions
from handlers.framework.turn import Turn
from handlers.prompts.prompt import Prompt
from handlers.questions import faq
from handlers.requests.outcome import Outcome, Step

LONGEST: Final = 500


class HumanPrompt(Prompt[str]):
    """The words that are passed on to the people who write the answers."""

    kind = PromptKind.HUMAN
    in_settings = False

    def read(self, turn: Turn, text: str) -> str:
        """Take the words. Raises NoteTooLong."""
        if len(text) > LONGEST:
            raise NoteTooLong(most=LONGEST)
        return text

    def take(self, turn: Turn, value: str) -> None:
        """Keep them without the person, and ask who wants to hear of an answer."""
        turn.close_prompt()
        number = questions.store(turn.session, value, turn.language.code, "none", None, turn.now)
        questions.set_verdict(turn.session, number, "curators")
        turn.say("ask/passed_on", [[Button("tell_me", TellMe(number)), Button("no_news", NoNews(number))]])


def feedback(turn: Turn, _slots: Slots) -> Outcome:
    """Offer what stands beside the answer that did not fit, and somebody who reads along."""
    entry = turn.language.entries.get(turn.shown_entry or "")
    beside = [row for row in faq.onward(turn, entry)[1:] if row] if entry is not None else []
    turn.say("requests/feedback", [*beside, _people()], entry=entry)
    return Step.ASKED


def ask_words(turn: Turn, _action: TellHuman) -> None:
    """Ask for the words that are to be passed on."""
    turn.pressed_message_id = None  # what the person speaks of stays to be read
    turn.ask(PromptKind.HUMAN, "requests/human", [[Button("back", ShowToday())]])


def _people() -> list[Button]:
    return [Button("tell_human", TellHuman()), Button("subjects", ShowCategories())]
