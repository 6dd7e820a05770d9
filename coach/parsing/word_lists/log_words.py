"""Words about a session that was just done, and about the figures that are told right behind it."""

from __future__ import annotations

from dataclasses import dataclass

from coach.parsing.words import NO_WORDS, Words


@dataclass(frozen=True)
class LogWords:
    """Words of a log. Kept outside the vocabulary, as those of replies are."""

    settling: Words = NO_WORDS  # before the figure that is meant after all: "put 8"
    elsewhere: Words = NO_WORDS  # beside a figure that is of something else: "remind me at 7"
    no_things: Words = NO_WORDS  # behind a figure, nothing that is counted: "8 this time"
    rounds: Words = NO_WORDS  # behind a figure: "4 rounds"
    by: Words = NO_WORDS  # between rounds and their length: "6 by 3"
    since: Words = NO_WORDS  # before the hour at which it began
    until: Words = NO_WORDS  # between the hours of beginning and end
    not_lasting: Words = NO_WORDS  # behind a length that is none of a session: "5 minutes longer"
    asks: Words = NO_WORDS  # begins a question, with a question mark or without
    scale: Words = NO_WORDS  # asks how it is counted how hard a session was
    lightest: Words = NO_WORDS  # how hard a session was, in words
    light: Words = NO_WORDS
    middling: Words = NO_WORDS
    harder: Words = NO_WORDS
    hardest: Words = NO_WORDS
    reports: Words = NO_WORDS  # says that it is done: "it is behind me"
    returns: Words = NO_WORDS  # may say so: "so, back"
    ended: Words = NO_WORDS  # at the end of a clause, that it is: "hills done"
    worn: Words = NO_WORDS  # why it was let go: "just wiped out"
    undone: Words = NO_WORDS  # beside them, it is not
    did: Words = NO_WORDS  # beside a part that was done: "did half of it"
    cut_short: Words = NO_WORDS  # it ended before its end: "and that's it"
    halves: Words = NO_WORDS  # only so much of it was done: "half of it"
    thirds: Words = NO_WORDS  # two of three
    quarters: Words = NO_WORDS  # three of four
    a_bit: Words = NO_WORDS
    but_one: Words = NO_WORDS  # all but the last round: "except the last"
    counts: Words = NO_WORDS  # asks whether it was taken down, and for what: "does that count"
