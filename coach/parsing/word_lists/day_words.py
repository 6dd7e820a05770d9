"""Words of what is told of single days: that one is taken, that a session may go or stays where it stands."""

from dataclasses import dataclass

from coach.parsing.words import NO_WORDS, Words


@dataclass(frozen=True)
class DayWords:
    """Words of such remarks. Kept outside the vocabulary, as those of goals are."""

    unchanged: Words = NO_WORDS  # takes back what was changed just now: "ok don't change"
    stands: Words = NO_WORDS  # behind a day whose session stays: "saturday stands"
    other_day: Words = NO_WORDS  # a day that is not named is wanted: "another day"
    what_to_do: Words = NO_WORDS  # asks what becomes of a session: "what do I do"
    takes_all: Words = NO_WORDS  # something takes a whole day or evening: "all day"
    lets_go: Words = NO_WORDS  # a session is let go, beyond doubt: "no training"
    cannot: Words = NO_WORDS  # before a word of `training` lets a session go: "can't"
    training: Words = NO_WORDS
    day_out: Words = NO_WORDS  # behind a day that is none for training: "saturday's a no go"
    let_slip: Words = NO_WORDS  # begins to tell that a session was not done: "skipped it"
    a_day_on: Words = NO_WORDS  # a session comes one day later: "back a day"
    possible: Words = NO_WORDS  # behind a day that may take a session: "wednesday, is it possible"
    also: Words = NO_WORDS  # between two changes: "and"
    missed: Words = NO_WORDS  # before the day of a session that was not done: "missed"
    awake: Words = NO_WORDS  # beside an hour at which somebody is up: "i will be up"
    asks_today: Words = NO_WORDS  # asks for the session that comes: "which one is it"
    beside_asking: Words = NO_WORDS  # little words beside that
    total: Words = NO_WORDS  # of all that was done: "in total"
    gentler: Words = NO_WORDS  # beside a day whose session is to be something lighter: "be a walk"
