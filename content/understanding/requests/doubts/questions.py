"""Doubts about a request that may be a question: a change is only asked about, and not asked for."""

from __future__ import annotations

import re
from typing import Final

from coach.parsing.mentions.mention import ENDS, without
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from content.understanding.requests.slots.heard import Heard
from content.understanding.requests.slots.names import place

ABOUT_WORDS: Final = 14  # at most, of a message that is a question as a whole
STOP: Final = re.compile(r"[.,;!?]")


def asks_whether_it_is(heard: Heard) -> bool:
    """Say whether a clause asks of a day, and no event is named: "do i get to run on the 29th or is it rest"."""
    if find_phrases(heard.said, heard.words.requests.events):
        return False
    asking = re.compile(rf"\W*{phrase_pattern(heard.goals.asking)}{ENDS}")
    return any(asking.match(clause) for clause in STOP.split(heard.said))


def asks_how(heard: Heard) -> bool:
    """Say whether it is asked how something is done: "and after, how to start again?"."""
    clauses = [clause.strip() for clause in STOP.split(heard.said)]
    asking = re.compile(rf"{phrase_pattern(heard.goals.asking)}{ENDS}")
    return "?" in heard.text and any(asking.match(clause) for clause in clauses)


def asks_for_ways(heard: Heard) -> bool:
    """Say whether it is asked, behind what is so, how something is done: "38 degrees, how do I survive the run"."""
    clauses = [clause.strip() for clause in STOP.split(heard.said)]
    asking = re.compile(rf"{phrase_pattern(heard.goals.ways)}{ENDS}")
    return any(asking.match(clause) for clause in clauses[1:])


def asks_about(heard: Heard) -> bool:
    """Say whether few words ask about a day or a change, and for none: "and tomorrow, how long will it take?"."""
    asking = find_phrases(heard.said, heard.goals.asks_about)
    few = len(heard.said.split()) <= ABOUT_WORDS
    return few and bool(asking) and not find_phrases(without(heard.said, asking, " "), heard.goals.moving)


def asks_of_places(heard: Heard) -> bool:
    """Say whether a question names no place to which somebody goes: "you know jollof? Nigeria or Ghana"."""
    asks = "?" in heard.text and not find_phrases(heard.said, heard.words.requests.settled)
    return asks and place(heard) is None and not find_phrases(heard.said, heard.words.places.clock)


def fears_loss(heard: Heard) -> bool:
    """Say whether it is asked what gets lost, and no word says that it is data: "will I lose everything?"."""
    named = any(find_phrases(heard.said, words) for words in heard.words.requests.my_data.values())
    return not named and bool(find_phrases(heard.said, heard.goals.losing))


def asks_what_would_be(heard: Heard) -> bool:
    """Say whether it is asked about what is not so: "what if I had dumbbells?"."""
    return "?" in heard.text and bool(find_phrases(heard.said, heard.words.wishes.hypothetical))


def was_erased(heard: Heard) -> bool:
    """Say whether data were erased already, here or elsewhere: "they deleted all my data from the system"."""
    return bool(find_phrases(heard.said, heard.people.erased))


def asks_whether_told(heard: Heard) -> bool:
    """Say whether it is asked if a session was told of already: "did I even tell you that I trained"."""
    return bool(find_phrases(heard.said, heard.people.whether_told))


def asks_whether_due(heard: Heard) -> bool:
    """Say whether it is asked if a session must be done: "practice was 5 hours, do i still have to"."""
    return bool(find_phrases(heard.said, heard.goals.asks_due))
