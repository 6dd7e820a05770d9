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
    before: Words = NO_WORDS  # "the day before christmas"
    middle: Words = NO_WORDS  # before a month: "mid"
    counted_from: Words = NO_WORDS  # between weeks and a day: "a week from friday"
    spanning: Words = NO_WORDS  # before weeks that last, and count to no day: "for two weeks"
    only_led: Words = NO_WORDS  # the first of January where a word leads to it: "until new year"
    greeting: Words = NO_WORDS  # before a feast that is no day: "happy"
    feast_things: Words = NO_WORDS  # behind one: "christmas party"
    that_day: Words = NO_WORDS  # the day that was named last
    mornings: Words = NO_WORDS
    evenings: Words = NO_WORDS
    of: Words = NO_WORDS  # between a day and its month, and before a day
    ordinals: tuple[str, ...] = ()  # "first" first
    feasts: Mapping[str, Words] = field(default_factory=_none)  # by "12-25", or days from Easter: "easter-2"


@dataclass(frozen=True)
class SpanWords:
    """Words for lengths of time and ways."""

    seconds: Words = NO_WORDS
    minutes: Words = NO_WORDS
    hours: Words = NO_WORDS
    lasting: Words = NO_WORDS  # before minutes that have no unit: "went out for 40"
    half_minute: Words = NO_WORDS
    full: Words = NO_WORDS  # before an hour
    half_hour: Words = NO_WORDS
    quarter_hour: Words = NO_WORDS
    three_quarters: Words = NO_WORDS
    and_half: Words = NO_WORDS
    and_quarter: Words = NO_WORDS
    and_some: Words = NO_WORDS  # "and a bit": counts for nothing
    couple: Words = NO_WORDS
    fortnight: Words = NO_WORDS
    kilometres: Words = NO_WORDS
    distances: Words = NO_WORDS  # units of a way: "k", "miles"
    point: Words = NO_WORDS  # a decimal mark that is spoken
    marks: Words = NO_WORDS  # punctuation that is spoken: "comma"
    rounds: Words = NO_WORDS
    twice: Words = NO_WORDS
    thrice: Words = NO_WORDS
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
    giving: Words = NO_WORDS  # before a figure, and nothing but one: "i would give"
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
    unreal: Words = NO_WORDS  # what is not so, or not decided: "if i had a hill nearby"
    to_come: Words = NO_WORDS  # beside what is not done, and not skipped either: "yet"
    rather: Words = NO_WORDS  # what follows is dropped, what went before kept: "instead of"
    turn: Words = NO_WORDS  # a new thought begins
    slip: Words = NO_WORDS  # between what was said by mistake and what was meant: "no wait"
    slip_apart: Words = NO_WORDS  # the same, behind a comma or a stop only: "well"
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
    ways: Words = NO_WORDS  # at the beginning of a question how something is best done: "how do i"
    asks_about: Words = NO_WORDS  # asks about a day or a change, and asks for none: "how long", "is that bad"
    moving: Words = NO_WORDS  # beside such a question it is a change that is asked for: "move", "instead"
    waiting: Words = NO_WORDS  # before "till" and a day, something moves there: "leave it"
    kept: Words = NO_WORDS  # before a day that stays as it is: "keep"
    adding: Words = NO_WORDS  # a day comes to those that there are: "add"
    part_of: Words = NO_WORDS  # behind the minutes of a session that were done: "20 of it"
    mine: Words = NO_WORDS  # of several figures one's own, or that of the session: "yours", "for me"
    other_sport: Words = NO_WORDS  # what else was done, whose figure is none of the session: "training", "the match"
    counting: Words = NO_WORDS  # what was done beside the plan stands for its session: "count it"
    asks_due: Words = NO_WORDS  # asks whether it must be done: "do i still have to"
    of_age: Words = NO_WORDS  # between somebody else and their age: "he is 6"
    compared: Words = NO_WORDS  # before a day with which another is compared: "easier than"
    runs: Words = NO_WORDS  # a run was done: "ran", "jog*"
    no_runs: Words = NO_WORDS  # the same words, where they tell of no run: "ran out of"
    short_ways: Words = NO_WORDS  # units of a way that may be one round of a session: "m"
    intervals: Words = NO_WORDS  # fast or uphill: "sprints"
    strength: Words = NO_WORDS  # raises, squats and the like were done
    sports: Words = NO_WORDS  # something that no plan has: "played football"
    unsuited: Words = NO_WORDS  # behind an hour that is not wanted: "is too early"
    asks_hour: Words = NO_WORDS  # at which hour something is: "what time"
    before_hours: Words = NO_WORDS  # before a time of day, which is no length: "finished at"
    alone: Words = NO_WORDS  # what is named behind is kept, whatever is denied before: "only strong legs"
    habits: Words = NO_WORDS  # what somebody does besides: "i walk", "commute"
    of_sessions: Words = NO_WORDS  # names the sessions of the plan all the same: "a session"
    undone: Words = NO_WORDS  # a session was not done: "did nothing"
    losing: Words = NO_WORDS  # asks what a break costs: "will i lose everything"
    chances: Words = NO_WORDS  # doubts whether a goal can be reached: "realistic"
    until: Words = NO_WORDS  # before the day by which: "by"
    years: Words = NO_WORDS
    no_inch: Words = NO_WORDS  # behind a figure, and no unit: "in time"
    each_hand: Words = NO_WORDS  # behind a load that there is twice: "16 kg each hand"
    each_side: Words = NO_WORDS  # the same, unless the figure is one of repetitions: "per side"
    repetitions: Words = NO_WORDS  # behind figures that are sets, whichever leg is named: "reps"
    taped: Words = NO_WORDS  # of a calf that was measured: "calf", "tape"
    no_sides: Words = NO_WORDS  # a word for a side that names none: "right now"
    series: Words = NO_WORDS  # between two figures of which one came after the other: "35 to 35.5"
    numbered: Words = NO_WORDS  # before a figure that numbers or dates something: "type 1"
    scored: Words = NO_WORDS  # before one of those and a figure that is an effort all the same: "i'd put it"
    uncounted: Words = NO_WORDS  # behind a figure, and no more than one of anything: "thanks"
    comparing: Words = NO_WORDS  # asks what exercises are good for, or which is better
    records: Words = NO_WORDS  # the most that was ever done: "my longest is"
    told_done: Words = NO_WORDS  # a session was done, whatever else is told: "did it"


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
    am: Words = NO_WORDS  # before a bare figure that may be an age
    ages: Words = NO_WORDS  # beside a figure that is an age: "older"
    weighed: Words = NO_WORDS  # beside one that is a weight all the same
    erased: Words = NO_WORDS  # data that are gone already: "deleted all"
    whether_told: Words = NO_WORDS  # asks if something was told already: "did i tell"
    does: Words = NO_WORDS  # right behind somebody else whose doings are told: "is"
    asking: Words = NO_WORDS  # something is asked for all the same: "please"
    belongs: Words = NO_WORDS  # before somebody else whose thing it is: "belongs to"
    themselves: Words = NO_WORDS  # a thing is somebody else's: "bought himself a barbell"
    reminding: Words = NO_WORDS  # of which one names a reminder beside another request: "remind*"
    health: Words = NO_WORDS  # of the body and what ails it; "*" stands for any ending
    trained: Words = NO_WORDS  # of the body, and what a coach speaks of every day: "calves"
    worried: Words = NO_WORDS  # worries and griefs that get a kind word: "nervous"
    low: Words = NO_WORDS  # feelings that get a kind word: "bored"
    glad: Words = NO_WORDS  # feelings and news to be glad of: "so proud"
    grieving: Words = NO_WORDS  # deaths and the like: whatever is done about training, it is done with a word of sorrow
    died: Words = NO_WORDS  # the same, where somebody is named beside it
    mourned: Words = NO_WORDS  # more words for somebody who died
    telling: Words = NO_WORDS  # of which a sentence that tells something has one: "my", "was"
    parts: Words = NO_WORDS  # of the body, and nothing that ails it: a remark may name them
    wishing: Words = NO_WORDS  # something is wanted or asked, without a question mark: "i'd rather", "how to"
    muses: Words = NO_WORDS  # a liking or a guess, behind an answer about the same: "i do like being outside"
    allowed: Words = NO_WORDS  # asks whether something may be done: "may i"
    privacy: Words = NO_WORDS  # asks who sees what is kept, or how it goes away: "who else can see"
    painless: Words = NO_WORDS  # nothing hurts: "no pain"
    treated: Words = NO_WORDS  # an injury that is treated, which gets good wishes: "the operation is"
    unwell: Words = NO_WORDS  # of an illness, which may be somebody else's
    joining: Words = NO_WORDS  # somebody else wants to be coached too: "wants a plan"
    chores: Words = NO_WORDS  # what is done and is no training: "dishes"
    amid: Words = NO_WORDS  # before one of those, which is when or where something else was done: "between"
    undecided: Words = NO_WORDS  # nothing is decided, or was meant: "might", "thinking aloud"
    nearly: Words = NO_WORDS  # it did not come to that: "nearly"
    joking: Words = NO_WORDS  # a jest, beside `laughing`: "no pun intended"
    meaning: Words = NO_WORDS  # says nothing of oneself where others are told of: "i mean"
    it_was: Words = NO_WORDS  # before somebody else who did something
    who: Words = NO_WORDS  # behind them
    called_pains: Words = NO_WORDS  # who gets on one's nerves: "pain in the neck"
    of_thing: Words = NO_WORDS  # between a reminder and a thing whose it is: "on my"
    things: Words = NO_WORDS
    asks_you: Words = NO_WORDS  # asks the coach to do something: "could you"
    everybody: Words = NO_WORDS  # a figure is the same for all: "for everyone"
    strained: Words = NO_WORDS  # what a muscle does that is hurt by a movement: "grabbed"
    strainable: Words = NO_WORDS  # the muscles that do: "hamstring*"
    laughing: Words = NO_WORDS  # a laugh: "haha*"
    laughing_faces: Words = NO_WORDS  # the same, as one sign
    commanding: Words = NO_WORDS  # at the beginning of what asks for something, or back: "don't", "so"
    introducing: Words = NO_WORDS  # before one's own name: "my name is"
    titles: Words = NO_WORDS  # between them
    will_do: Words = NO_WORDS  # "I'll" without its apostrophe, which is no illness: "ill go"
    spared: Words = NO_WORDS  # a part of the body or a sport that may go on while training is held: "the other leg"
    who_asks: Words = NO_WORDS  # asks who it is that answers: "am i talking"
    beings: Words = NO_WORDS  # soon behind it: "human"
    coach_says: Words = NO_WORDS  # what the coach knows and says: "your advice"
    rests_on: Words = NO_WORDS  # asks what that rests on: "based"


@dataclass(frozen=True)
class RequestWords:
    """Words by slot and value: phrases, and prefixes marked with "*"."""

    skip: Mapping[str, Words] = field(default_factory=_none)  # reasons of a skip
    pause: Mapping[str, Words] = field(default_factory=_none)  # reasons of a pause
    no_reason: Words = NO_WORDS  # phrases with a word of a reason that give none: "this time"
    progress: Mapping[str, Words] = field(default_factory=_none)
    my_data: Mapping[str, Words] = field(default_factory=_none)
    target: Mapping[str, Words] = field(default_factory=_none)
    units: Mapping[str, Words] = field(default_factory=_none)
    goals: Mapping[str, Words] = field(default_factory=_none)
    equipment: Mapping[str, Words] = field(default_factory=_none)
    switch: Mapping[str, Words] = field(default_factory=_none)
    events: Words = NO_WORDS
    mere_events: Words = NO_WORDS  # of those the ones that say least: "race"
    one_leg: Words = NO_WORDS
    moved_from: Words = NO_WORDS  # before the day that is moved
    moved_to: Words = NO_WORDS
    moved_surely_to: Words = NO_WORDS  # of those the ones that lead to nothing else: "to"
    suits: Words = NO_WORDS  # behind the day to which something moves: "instead"
    planned: Words = NO_WORDS  # before the day from which it does: "what i have on"
    exchanged: Words = NO_WORDS  # two days change places
    exchanged_with: Words = NO_WORDS  # between them
    later_by: Words = NO_WORDS  # beside a length of days by which a day is moved: back, later
    sooner_by: Words = NO_WORDS
    day_after: Words = NO_WORDS  # of the day that is named
    day_before: Words = NO_WORDS
    away_from: Words = NO_WORDS  # before the first day away
    until: Words = NO_WORDS  # before the first day of training again
    until_behind: Words = NO_WORDS  # behind it: "i begin again"
    through: Words = NO_WORDS  # before the last day without
    settled: Words = NO_WORDS  # before a place
    loading: Words = NO_WORDS  # between repetitions and their load: "at"
    load_named: Words = NO_WORDS  # before a load without its unit: "the weight was"
    unloaded: Words = NO_WORDS  # "bodyweight"
    between_sets: Words = NO_WORDS  # "then"
    risen: Words = NO_WORDS  # before the hour at which somebody began: "up at"
    remind_to: Words = NO_WORDS  # before what somebody wants to be reminded of
    training: Words = NO_WORDS  # words of which one says that it is about training
    shared_names: Words = NO_WORDS  # of exercises' names the words that are said of much else: "knee"
    swapped_for: Words = NO_WORDS  # before what takes the place of another exercise
    otherwise: Words = NO_WORDS  # another exercise is asked for, whatever stands beside it: "something else"
    no_swap_back: Words = NO_WORDS  # of a part of the body or a place: "my back"
    swapped_back: Words = NO_WORDS  # "put … back": an exercise that stood in for another goes
