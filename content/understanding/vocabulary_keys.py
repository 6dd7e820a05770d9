"""Keys of `vocabulary.yaml`: its sections and lists, and how the words of each list are checked."""

from collections.abc import Mapping
from typing import Final

from coach.parsing.word_lists.request_words import EffortWords, SpanWords, WishWords
from coach.planning.inputs import Equipment, Experience, PauseReason
from coach.profile import Goal, Units
from coach.reminders.kinds import CALLED_BY_WORDS

SKIP_REASONS: Final = ("hurts", "sick", "weather", "tired", "time", "other")
PAUSE_REASONS: Final = ("sick", "injured", "holiday", "other")
NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")  # keys, not words
LENGTHS: Final = {"day": 1, "week": 7, "month": 30}  # days of a pause
REASONS: Final = (PauseReason.SICK, PauseReason.INJURED, PauseReason.TRAVEL)
SYSTEMS: Final = {Units.KILOGRAMS: "kilograms_system", Units.POUNDS: "pounds_system"}
NUMBERS: Final = "numbers"
ARTICLE: Final = "article"
DOZEN: Final = "dozen"
COUNTRIES: Final = "places.countries"
ZONES: Final = "places.zones"
TEENS: Final = range(10, 20)  # numbers that red flags read in words
MOST: Final = 100  # of a number in words
HOMOPHONES: Final = ("1", "2", "4", "6", "8")  # figures that are heard as words
FEASTS: Final = (
    "01-01", "01-25", "02-14", "02-29", "03-17", "04-25", "07-04", "10-31", "11-05", "12-24", "12-25", "12-26", "12-31",
    "easter", "easter-2", "easter+1",
)  # fmt: skip
"""Feasts by month and day, and by their days from Easter Sunday."""
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "skip": tuple(SKIP_REASONS),
    "pause": tuple(PAUSE_REASONS),
    "progress": ("week", "calves", "raises", "weight", "all"),
    "my_data": ("delete", "export", "show"),
    "target": ("girth", "sessions", "raises"),
    "units": tuple(Units),
    "goals": tuple(Goal),
    "equipment": tuple(Equipment),
    "switch": ("on", "off"),
}
"""The values of slots that words tell; the first that is told counts."""
ALONE: Final = (
    "events", "mere_events", "one_leg", "moved_from", "moved_to", "moved_surely_to", "suits", "planned",
    "exchanged", "exchanged_with",
    "later_by", "sooner_by", "day_after", "day_before", "away_from",
    "until", "until_behind", "through",
    "settled", "loading", "load_named", "unloaded", "between_sets", "risen", "remind_to", "training",
    "shared_names", "swapped_for", "otherwise", "no_swap_back", "swapped_back", "no_reason",
)  # fmt: skip

SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "days": (
        "names", *NAMES, "plural", "weekdays", "weekend", "every", "every_day", "mornings", "evenings", "through",
        "but", "others", "taken", "set_aside", "aside", "asides", "are", "instead", "new_thought", "tomorrow",
    ),
    "clock": (
        "noon", "midnight", "morning", "evening", "o_clock", "hour", "at", "around", "half", "quarter", "past",
        "before",
    ),
    "schedule": ("turn_on", "turn_off", "never", "only", "around", "joining", "skip", "quiet", *CALLED_BY_WORDS),
    "pause": (*LENGTHS, "months", "ordinals", "until", "until_first", "skip", *REASONS),
    "units": (
        *(unit.name.lower() for unit in Units), *SYSTEMS.values(), "millimetres", "centimetres", "inches", "grams",
        "ounces", "weighing", "about", "now",
    ),
    "legs": ("left", "right", "both", "leg", "joining", "times"),
    "choices": (*Goal, *Experience, *Equipment, "nothing", "without"),
    "answers": ("nothing", "deny", "skip", "agree", "having", "negating", "asking", "but", "conditions"),
    "safety": ("denials", "turns", "fillers", "joins"),
    "places": ("living", "near", "clock", "universal", "plus", "minus"),
    "dates": (
        "today", "today_last", "before_date",
        "yesterday", "tomorrow", "after_tomorrow", "before_yesterday", "next", "last", "this", "ago", "ahead",
        "from_now", "after_next", "week", "weekend", "end", "after", "before", "middle", "counted_from", "spanning",
        "only_led", "greeting", "feast_things", "that_day", "of", "mornings", "evenings", "ordinals", *FEASTS,
    ),
    "spans": tuple(vars(SpanWords())),
    "efforts": (*(key for key in vars(EffortWords()) if key != "homophones"), *HOMOPHONES),
    "wishes": tuple(vars(WishWords())),
    "requests": (*(f"{group}_{key}" for group, keys in GROUPS.items() for key in keys), *ALONE),
    "questions": ("common",),
}  # fmt: skip
"""The keys of each section; `numbers`, `countries` and `zones` have keys of their own."""

COUNTS: Final = {"days.names": 7, "pause.months": 12, "days.plural": 1}
SINGLE: Final = frozenset(
    {*(f"days.{name}" for name in NAMES), "days.weekdays", "days.weekend", "days.every", "days.through", "days.but",
     "efforts.troubles", "safety.denials", "safety.turns", "safety.fillers", "safety.joins", "questions.common"}
    | {f"pause.{key}" for key in (*LENGTHS, *REASONS)}
)  # fmt: skip
"""Lists of single words: a phrase would never be found there."""
BARE: Final = ("safety", "places", "questions")  # sections whose words have no accents and no apostrophes
DISTINCT: Final = (
    tuple(f"days.{key}" for key in (*NAMES, "weekdays", "weekend")),
    tuple(f"pause.{key}" for key in LENGTHS),
    tuple(f"pause.{key}" for key in REASONS),
    tuple(f"units.{unit.name.lower()}" for unit in Units),
    ("units.millimetres", "units.centimetres", "units.inches"),
    ("legs.left", "legs.right", "legs.both"),
    ("clock.noon", "clock.midnight"),
    ("clock.morning", "clock.evening"),
    ("clock.past", "clock.before"),
    ("schedule.turn_on", "schedule.turn_off"),
)
"""Lists that share no word: it would mean two things."""
