"""Words of questions about one's own week, and of choices between its days."""

from dataclasses import dataclass

from coach.parsing.words import NO_WORDS, Words


@dataclass(frozen=True)
class WeekWords:
    """Words of such questions. Kept outside the vocabulary, as those of goals are."""

    which_better: Words = NO_WORDS  # asks which of several days is better
    may_i: Words = NO_WORDS  # begins a question whether another day would do: "can i"
    besides: Words = NO_WORDS  # what is asked for comes on top: "too"
    one: Words = NO_WORDS  # a session without its name, behind one that was shown
    skips: Words = NO_WORDS  # lets a session go, whichever it is
    asks_when: Words = NO_WORDS  # on which day a session of one's own comes: "when is my"
    longest: Words = NO_WORDS
    sprints: Words = NO_WORDS
    hills: Words = NO_WORDS
    own_little: Words = NO_WORDS  # little words of a question about one's own week: "actually"
    how_long_done: Words = NO_WORDS  # asks how long somebody trained: "how many minutes"
    done_so_far: Words = NO_WORDS  # what was done up to now: "so far"
    why: Words = NO_WORDS
    so_little: Words = NO_WORDS  # of a week that holds less than was hoped for
    clashes: Words = NO_WORDS  # asks whether something meets a session
    own: Words = NO_WORDS  # of oneself: "my"
    sessions: Words = NO_WORDS
    what_becomes: Words = NO_WORDS  # asks what becomes of something: "what happens"
    missing: Words = NO_WORDS  # of a session that was not done: "missed"
    how_often: Words = NO_WORDS
    what_left: Words = NO_WORDS  # asks what of this week is still to be done
    cannot: Words = NO_WORDS  # a day that is named does not suit: "impossible"
    stays: Words = NO_WORDS  # the day that a session has is to stay, where others were offered
    drops: Words = NO_WORDS  # before a day whose session is let go: "bin the wednesday one"
    drops_first: Words = NO_WORDS  # the same, with a word of `drops_last` behind the day: "take friday's out"
    drops_last: Words = NO_WORDS
    beside_verb: Words = NO_WORDS  # between such a word and the day: "the"
    the_it: Words = NO_WORDS  # what is put on a day, without its name: "it"
    puts: Words = NO_WORDS  # before the day to which a session goes: "chuck it on today"
    puts_to: Words = NO_WORDS  # between such a word and that day
    made_up: Words = NO_WORDS  # a missed session is wished for: "make up"
    missed_one: Words = NO_WORDS  # a missed session, without its day: "the one i missed"
    wants_to: Words = NO_WORDS  # before what is wished for: "could i"
    reasons: Words = NO_WORDS  # begins why something is wanted, behind what is: "i'm", "because"
    beside_drop: Words = NO_WORDS  # behind a session that is let go: "from my week"
    leg_days: Words = NO_WORDS
    calf_days: Words = NO_WORDS
    may_be: Words = NO_WORDS  # before a session that may be on another day: "can"
    breaks: Words = NO_WORDS  # names a pause: "break"
    no_chance: Words = NO_WORDS  # there is no training today: "no chance"
    would_do: Words = NO_WORDS  # behind a day that would do instead: "is fine"
    is_away: Words = NO_WORDS  # before the days on which somebody is away: "i'll be"
    not_to: Words = NO_WORDS  # before a verb, within its clause: it is not wished for
    as_planned: Words = NO_WORDS  # beside a day on which nothing is to change: "as usual"
    no_training: Words = NO_WORDS  # somebody may not train: "no workouts"
    no_pause: Words = NO_WORDS  # a pause is not wanted: "i didn't ask for a pause"
    on_again: Words = NO_WORDS  # reminders that are off are wanted again: "turn it back on"
    skips_it: Words = NO_WORDS  # a session is let go, and nothing else: "rather skip it"
    treadmills: Words = NO_WORDS
    in_a_row: Words = NO_WORDS  # of sessions on neighbouring days
    on_days: Words = NO_WORDS  # asks what is on several days
    weekend: Words = NO_WORDS
    asks_days: Words = NO_WORDS  # for the days of one's own week
    is_what: Words = NO_WORDS  # asks what a day is
    asks_when_back: Words = NO_WORDS  # when a pause ends
    how_far_off: Words = NO_WORDS  # a day is
    may_train: Words = NO_WORDS  # asks whether a session is to be done at all
    asks_skip: Words = NO_WORDS  # the same, where it sounds like a wish to skip
    may_little: Words = NO_WORDS  # little words beside them
    in_figures: Words = NO_WORDS  # asks for the figures of a session
    too_short: Words = NO_WORDS  # doubts that a session is enough
    doubt: Words = NO_WORDS  # little words beside it
    in_my_plan: Words = NO_WORDS  # asks whether an exercise is one of one's own
    technique: Words = NO_WORDS  # doubts how well an exercise is done
    how_good: Words = NO_WORDS  # asks how good figures are that were told just now
    later_today: Words = NO_WORDS  # another hour of today
    suits: Words = NO_WORDS  # asks whether something does: "ok"
    in_gym: Words = NO_WORDS  # on a treadmill, or where one is
    at_place: Words = NO_WORDS  # before a place: "at the"
    at_times: Words = NO_WORDS  # times that begin as a place does: "in the morning"
    how_hard: Words = NO_WORDS  # doubts how hard a session was, or is meant to be
    catch_up: Words = NO_WORDS  # asks what becomes of what was missed
    asks_mine: Words = NO_WORDS  # asks for something that is kept of oneself
