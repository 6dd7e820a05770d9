"""Words of replies to what the coach asked, offered or changed, and of corrections."""

from __future__ import annotations

from dataclasses import dataclass

from coach.parsing.words import NO_WORDS, Words


@dataclass(frozen=True)
class ReplyWords:
    """Words that answer a question with buttons. Kept outside the vocabulary, as those of goals are."""

    yes: Words = NO_WORDS
    agree: Words = NO_WORDS  # could be said in passing, too: "ok"
    no: Words = NO_WORDS
    does: Words = NO_WORDS  # begins a wish that names nothing, and agrees: "lock that in"
    does_it: Words = NO_WORDS  # its object
    does_in: Words = NO_WORDS  # and what may stand behind that
    politeness: Words = NO_WORDS
    it: Words = NO_WORDS  # what is spoken of without its name: "it", "this one"
    leave: Words = NO_WORDS  # begins a message that wants no change, ended by `as_it_is`
    as_it_is: Words = NO_WORDS  # "the way they are"
    as_it_was: Words = NO_WORDS  # the same, of what was changed just now: "where it was"
    drop_it: Words = NO_WORDS  # a session is let go: "just drop it"
    dial_up: Words = NO_WORDS  # more of it, without its name: "bump it up"
    dial_down: Words = NO_WORDS  # less of it: "make it smaller"
    unrated: Words = NO_WORDS  # instead of a figure to ten: "no idea"
    for_good: Words = NO_WORDS  # a day that was said for once is wanted every week: "from now on"
    once_more: Words = NO_WORDS  # a reminder is wished for once more: "ping me again"
    for_now: Words = NO_WORDS  # what was offered for good is wanted for a while: "only this week"
    in_time: Words = NO_WORDS  # asks whether a session can still be done: "too late"
    of_session: Words = NO_WORDS  # begins a question that the page of a session answers: "how many minutes"
    streaks: Words = NO_WORDS
    runs: Words = NO_WORDS
    strengths: Words = NO_WORDS  # a session of strength: "calves"
    hard_ones: Words = NO_WORDS  # a session that is hard
    days_off: Words = NO_WORDS
    next_week: Words = NO_WORDS  # beside what grows: "go up"
    next_one: Words = NO_WORDS  # the next session: "the next one"
    in_words: Words = NO_WORDS  # how hard a session was, without a figure: "not too bad"
    at_value: Words = NO_WORDS  # between "leave" and what stands already: "leave it at two"
    put_back: Words = NO_WORDS  # takes the last change back, behind why: "put it back"
    reminded: Words = NO_WORDS  # tells of a reminder that came, and asks for none: "you sent me a reminder at 8"
    halves: Words = NO_WORDS  # half of a session is wanted: "cut today in half"
    pausing: Words = NO_WORDS  # beside an end, says that a pause is meant and no thing that is not there
    regrets: Words = NO_WORDS  # beside a no, says why something is to be as before: "i misread"
    after_all: Words = NO_WORDS  # what was skipped is done all the same: "i can do it after all"
    extra: Words = NO_WORDS  # within a length by which a pause is longer: "two more days"
    another: Words = NO_WORDS  # before one: "another day"
    bad_air: Words = NO_WORDS
    inside: Words = NO_WORDS  # where a session can be done without going out: "in the flat"
    lost: Words = NO_WORDS  # asks what the line of the weight shows: "have i lost"
    let_go: Words = NO_WORDS  # at the beginning, lets go what was spoken of: "never mind"
    beside_yes: Words = NO_WORDS  # behind a yes, goes on about something else: "yes but she wants it back"
    that_week: Words = NO_WORDS  # of an event that was named just now: "that week"
    compares: Words = NO_WORDS  # a numeral beside them is no effort: "is two better than one"


@dataclass(frozen=True)
class CorrectionWords:
    """Words of a correction; apart from the vocabulary, as those of goals are."""

    sure: Words = NO_WORDS  # whatever follows corrects what was said before: "i meant"
    likely: Words = NO_WORDS  # what follows does so where it asks for nothing else: "oh no wait"
    weak: Words = NO_WORDS  # the same, and where little else is said: "no", "sorry"
    fillers: Words = NO_WORDS  # may stand before any of them: "hmm"
    denying: Words = NO_WORDS  # before the figure that was wrong: "35 minutes, not 45"
    swapped: Words = NO_WORDS  # the figures of the two legs change places: "other way round"
    last_set: Words = NO_WORDS  # the set that a figure is of: "on the last one"
    more_sets: Words = NO_WORDS  # a figure behind sets is that of one more: "then another"
    of_body: Words = NO_WORDS  # a weight behind sets that is one of the body all the same: "i weigh"
