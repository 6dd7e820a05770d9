"""Word lists for reading requests within a longer message: days, spans, efforts, reasons, wishes and people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from coach.parsing.words import NO_WORDS, Words


def _none() -> Mapping[str, Words]:
    return MappingProxyType({})


@dataclass(frozen=True)
class DateWords:
    """Words for days beside the names of weekdays and months."""

    today: Words = NO_WORDS
    today_last: Words = NO_WORDS  # at the end of a clause: "nae run the day"
    before_date: Words = NO_WORDS  # and not before a score: "on 6/10"
    yesterday: Words = NO_WORDS
    tomorrow: Words = NO_WORDS
    after_tomorrow: Words = NO_WORDS
    before_yesterday: Words = NO_WORDS
    next: Words = NO_WORDS
    last: Words = NO_WORDS
    this: Words = NO_WORDS
    ago: Words = NO_WORDS
    ahead: Words = NO_WORDS  # before a length: "in two days"
    from_now: Words = NO_WORDS  # behind one
    after_next: Words = NO_WORDS  # the week "after this one"
    week: Words = NO_WORDS
    weekend: Words = NO_WORDS
    end: Words = NO_WORDS  # "end of", before a week or a month
    after: Words = NO_WORDS
    mornings: Words = NO_WORDS
    evenings: Words = NO_WORDS
    of: Words = NO_WORDS  # between a day and its month, and before a day
    ordinals: tuple[str, ...] = ()  # "first" first
    feasts: Mapping[str, Words] = field(default_factory=_none)  # by "12-25"


@dataclass(frozen=True)
class SpanWords:
    """Words for lengths of time and ways."""

    seconds: Words = NO_WORDS
    minutes: Words = NO_WORDS
    hours: Words = NO_WORDS
    half_hour: Words = NO_WORDS
    quarter_hour: Words = NO_WORDS
    three_quarters: Words = NO_WORDS
    and_half: Words = NO_WORDS
    and_quarter: Words = NO_WORDS
    and_some: Words = NO_WORDS  # "and a bit": counts for nothing
    couple: Words = NO_WORDS
    fortnight: Words = NO_WORDS
    distances: Words = NO_WORDS  # units of a way: "k", "miles"
    point: Words = NO_WORDS  # a decimal mark that is spoken
    marks: Words = NO_WORDS  # punctuation that is spoken: "comma"
    rounds: Words = NO_WORDS
    times: Words = NO_WORDS
    work: Words = NO_WORDS  # "on"
    rest: Words = NO_WORDS  # "off"


@dataclass(frozen=True)
class EffortWords:
    """Words about efforts and pains on a scale to ten."""

    names: Words = NO_WORDS  # "rpe"
    range: Words = NO_WORDS  # between two figures: "7 or 8"
    out_of: Words = NO_WORDS
    scale: Words = NO_WORDS  # behind a figure that may be spelt as it sounds: "out of"
    like: Words = NO_WORDS  # before the figure: "felt like a"
    counted: Words = NO_WORDS  # behind a figure: it is no effort but so many of something
    exertions: Words = NO_WORDS  # names whose figure is never a pain's: "rpe"
    pains: Words = NO_WORDS  # names whose figure is never an effort
    troubles: Words = NO_WORDS  # beside pains: "problems"
    homophones: Mapping[str, Words] = field(default_factory=_none)  # words by the figure that they sound like


@dataclass(frozen=True)
class WishWords:
    """Words that add something to what a person has or wants, or take it away."""

    negate: Words = NO_WORDS
    drop: Words = NO_WORDS
    keep: Words = NO_WORDS
    not_only: Words = NO_WORDS  # what is named next stays as it is: "legs, not just calves"
    wanted: Words = NO_WORDS  # what was named right before is kept: "stronger legs i want"
    hypothetical: Words = NO_WORDS  # a question about what is not so: "what if i had no step?"
    rather: Words = NO_WORDS  # what follows is dropped, what went before kept: "instead of"
    turn: Words = NO_WORDS  # a new thought begins
    own: Words = NO_WORDS  # the person: "i", "me"
    long_ago: Words = NO_WORDS
    lasting: Words = NO_WORDS  # "from now on"
    others: Words = NO_WORDS  # somebody else, whose illness is not one's own


@dataclass(frozen=True)
class GoalWords:
    """Words around a goal or an event and its day. Kept outside the vocabulary, so that a change refits no ranker."""

    fillers: Words = NO_WORDS  # beside a day or a figure, and no part of either: "maybe", "please"
    beside: Words = NO_WORDS  # more words beside a figure: "each", "in all"
    aims: Words = NO_WORDS  # what is wished for: "want", "goal"
    told: Words = NO_WORDS  # what was, or is so anyway: "my best is", "i turn"
    asking: Words = NO_WORDS  # at the beginning of a question about a goal: "how far"
    until: Words = NO_WORDS  # before the day by which: "by"
    years: Words = NO_WORDS


@dataclass(frozen=True)
class ReplyWords:
    """Words that answer a question with buttons. Kept outside the vocabulary, as those of goals are."""

    yes: Words = NO_WORDS
    agree: Words = NO_WORDS  # could be said in passing, too: "ok"
    no: Words = NO_WORDS
    politeness: Words = NO_WORDS
    it: Words = NO_WORDS  # what is spoken of without its name: "it", "this one"


@dataclass(frozen=True)
class CorrectionWords:
    """Words of a correction; apart from the vocabulary, as those of goals are."""

    sure: Words = NO_WORDS  # whatever follows corrects what was said before: "i meant"
    likely: Words = NO_WORDS  # what follows does so where it asks for nothing else: "oh no wait"
    weak: Words = NO_WORDS  # the same, and where little else is said: "no", "sorry"
    swapped: Words = NO_WORDS  # the figures of the two legs change places: "other way round"


@dataclass(frozen=True)
class PersonWords:
    """Words that say whom a message is about. Kept outside the vocabulary, as those of goals are."""

    owned: Words = NO_WORDS  # of oneself, but before somebody else: "my"
    described: Words = NO_WORDS  # between it and somebody else: "late"
    before: Words = NO_WORDS  # before somebody else who is told of: "a"
    spoken_to: Words = NO_WORDS  # somebody else who is spoken to where none of those stands before: "mate"
    others: Words = NO_WORDS  # more words for somebody else: "his"
    bystanders: Words = NO_WORDS  # who is named beside an illness of one's own: "baby"
    comments: Words = NO_WORDS  # right behind somebody else who comments on one's own: "says"
    ages: Words = NO_WORDS  # beside a figure that is an age: "older"
    weighed: Words = NO_WORDS  # beside one that is a weight all the same
    health: Words = NO_WORDS  # of the body and what ails it; "*" stands for any ending


@dataclass(frozen=True)
class RequestWords:
    """Words by slot and value: phrases, and prefixes marked with "*"."""

    skip: Mapping[str, Words] = field(default_factory=_none)  # reasons of a skip
    pause: Mapping[str, Words] = field(default_factory=_none)  # reasons of a pause
    progress: Mapping[str, Words] = field(default_factory=_none)
    my_data: Mapping[str, Words] = field(default_factory=_none)
    target: Mapping[str, Words] = field(default_factory=_none)
    units: Mapping[str, Words] = field(default_factory=_none)
    goals: Mapping[str, Words] = field(default_factory=_none)
    equipment: Mapping[str, Words] = field(default_factory=_none)
    switch: Mapping[str, Words] = field(default_factory=_none)
    events: Words = NO_WORDS
    moved_from: Words = NO_WORDS  # before the day that is moved
    moved_to: Words = NO_WORDS
    later_by: Words = NO_WORDS  # beside a length of days by which a day is moved: back, later
    sooner_by: Words = NO_WORDS
    day_after: Words = NO_WORDS  # of the day that is named
    day_before: Words = NO_WORDS
    away_from: Words = NO_WORDS  # before the first day away
    until: Words = NO_WORDS  # before the first day of training again
    through: Words = NO_WORDS  # before the last day without
    settled: Words = NO_WORDS  # before a place
    loading: Words = NO_WORDS  # between repetitions and their load: "at"
    unloaded: Words = NO_WORDS  # "bodyweight"
    between_sets: Words = NO_WORDS  # "then"
    remind_to: Words = NO_WORDS  # before what somebody wants to be reminded of
    training: Words = NO_WORDS  # words of which one says that it is about training
    swapped_back: Words = NO_WORDS  # "put … back": an exercise that stood in for another goes
