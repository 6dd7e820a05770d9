"""Requests that only show: a day, the next session, the week, why, an exercise, what is stored, help."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from coach.buttons.account import ShowSettings
from coach.buttons.measurements import ShowChart
from coach.buttons.plan import ShowDay, ShowWeek
from coach.buttons.questions import ShowCategories, ShowExercise
from coach.buttons.session import ShowToday
from coach.parsing.measurements import MeasurementKind
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.parsing.word_lists.reply_words import ReplyWords
from coach.parsing.words import Words
from coach.planning.workouts import RECOVERY, WorkoutSpec
from coach.profile import SessionKind
from coach.requests import Intent, ShownItem, Slots
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button
from db.queries import sessions
from handlers.account import export, help_menu, privacy, settings
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.prompts.registry import summed_up
from handlers.questions import exercises, faq
from handlers.requests.outcome import Outcome, Step, dated, do, has_plan
from handlers.requests.training.sessions import too_far
from handlers.training import next_session, plan, protein, today
from handlers.training.measurements import progress
from handlers.training.today import today_of

_CHARTS: Final[Mapping[str, MeasurementKind]] = {
    "calves": MeasurementKind.GIRTH,
    "raises": MeasurementKind.RAISES,
    "weight": MeasurementKind.WEIGHT,
}


def show_day(turn: Turn, slots: Slots) -> Outcome:
    """Show a day: today's page, or the day of the week that was named."""
    day = slots.day or today_of(turn)
    if day == today_of(turn):
        today.today(turn)
        return Step.SHOWN
    return _day(turn, day) if has_plan(turn) else Step.ASKED


def show_next(turn: Turn, _slots: Slots) -> Outcome:
    """Show the next session that is no rest; the next run where that is asked for, and there is one."""
    if not has_plan(turn):
        return Step.ASKED
    said, words, today_ = fold(turn.written), turn.language.reply_words, today_of(turn)
    wanted = next((kind for phrases, kind in _kinds(words) if find_phrases(said, phrases)), None)
    if wanted is not None:
        day = next_session.next_like(turn, today_, wanted)
        if day is None:
            week = [[Button("my_week", ShowWeek(0))]]
            turn.reply("facts/none_like_it", week, coming=next_session.after(turn, today_ - timedelta(days=1), today_))
            return Step.SHOWN
    else:
        day = next_session.next_training(turn, today_, runs=bool(find_phrases(said, words.runs)))
    if day is None or day == today_of(turn):
        today.today(turn)
        return Step.SHOWN
    return _day(turn, day)


def _kinds(words: ReplyWords) -> Sequence[tuple[Words, Callable[[WorkoutSpec], bool]]]:
    """Return words for kinds of days of which the next may be asked for, and what tells them."""
    return (
        (words.days_off, lambda spec: spec.slug == RECOVERY),
        (words.hard_ones, lambda spec: spec.hard),
        (words.strengths, lambda spec: spec.kind is SessionKind.STRENGTH),
    )


def show_week(turn: Turn, slots: Slots) -> Outcome:
    """Show this week or the next."""
    days = plan.show_week(turn, int(slots.week == "next"))
    if days and not screening.is_blocked(turn):  # "the second one"
        turn.note_offered(*((Intent.SHOW_DAY, Slots(day=day)) for day in days))
    return Step.SHOWN


def show_why(turn: Turn, slots: Slots) -> Outcome:
    """Say why a day is as it is; of which day nothing was said, the one that is spoken of or today."""
    if not has_plan(turn):
        return Step.ASKED
    now = today_of(turn)
    day = slots.day or turn.shown_day or now
    try:
        _, planned = plan.find_planned(turn, day, now)
    except StaleButton:
        return too_far(turn, day)
    row = sessions.of_day(turn.session, turn.user, day)
    slug = row.workout if row else planned.workout
    turn.note_shown(ShownItem(session=day, workout=slug))
    show = Button("today", ShowToday()) if day == now else Button("show_session", ShowDay(day))
    turn.reply(
        "requests/why",
        [[show, Button("my_week", ShowWeek(0))]],
        workout=turn.language.workouts[slug],
        why=(row.why if row else None) or planned.why,
        **dated(turn, day),
    )
    return Step.SHOWN


def show_protein(turn: Turn, _slots: Slots) -> Outcome:
    """Show the person's own range."""
    protein.protein(turn)
    return Step.SHOWN


def show_progress(turn: Turn, slots: Slots) -> Outcome:
    """Show the weeks, or the line of what was measured."""
    if (kind := _CHARTS.get(slots.what or "")) is not None:
        progress.chart(turn, ShowChart(kind))
    else:
        progress.show(turn)
    return Step.SHOWN


def show_exercise(turn: Turn, slots: Slots) -> Outcome:
    """Show how an exercise is done, or the list to choose from."""
    if slots.exercise is not None and slots.exercise in turn.language.exercises:
        exercises.exercise(turn, ShowExercise(slots.exercise))
    else:
        exercises.exercises(turn)
    return Step.SHOWN


def my_data(turn: Turn, slots: Slots) -> Outcome:
    """Show what is stored, send it, or ask before erasing it."""
    match slots.what:
        case "export":
            export.export(turn, "")
        case "delete":
            privacy.delete(turn, "")
            return Step.ASKED
        case _:
            export_it = do("as_file", Intent.MY_DATA, Slots(what="export"))
            turn.reply(
                "requests/my_data",
                [[export_it, Button("settings", ShowSettings())]],
                summaries=[prompt.summary(turn) for prompt in summed_up()],
            )
    return Step.SHOWN


def show_settings(turn: Turn, _slots: Slots) -> Outcome:
    """Show everything that can be changed."""
    settings.settings(turn)
    return Step.SHOWN


def show_help(turn: Turn, _slots: Slots) -> Outcome:
    """Say what the coach does."""
    help_menu.help_(turn, "")
    return Step.SHOWN


def show_subjects(turn: Turn, _slots: Slots) -> Outcome:
    """Show the subjects of the answers."""
    faq.categories(turn)
    return Step.SHOWN


def sources(turn: Turn, slots: Slots) -> Outcome:
    """Say where the answer or the session that was shown comes from."""
    if turn.shown_day is not None:
        return _sources_of_session(turn, slots)
    entry = turn.language.entries.get(turn.shown_entry or "")
    if entry is None:
        return show_subjects(turn, slots)
    cited = [turn.language.sources[key].citation for key in entry.sources]
    turn.reply("requests/sources", [[Button("subjects", ShowCategories())]], entry=entry, sources=cited)
    return Step.SHOWN


def _sources_of_session(turn: Turn, slots: Slots) -> Outcome:
    """Name what a session is based on, or why it stands there where its page names nothing."""
    day, shown = turn.shown_day, turn.shown
    workout = turn.language.workouts.get(shown.workout or "") if shown is not None else None
    if workout is None or day is None or not workout.sources:
        return show_why(turn, slots)
    cited = [turn.language.sources[key].citation for key in workout.sources]
    show = Button("today", ShowToday()) if day == today_of(turn) else Button("show_session", ShowDay(day))
    turn.reply("requests/sources_of_session", [[show, Button("my_week", ShowWeek(0))]], workout=workout, sources=cited)
    turn.note_shown(ShownItem(session=day, workout=workout.slug))
    return Step.SHOWN


def more(turn: Turn, slots: Slots) -> Outcome:
    """Offer what goes on from the answer, the session or the exercise that was shown."""
    if turn.shown_day is not None:
        return show_day(turn, Slots(day=turn.shown_day))
    entry = turn.language.entries.get(turn.shown_entry or "")
    if entry is None:
        return show_subjects(turn, slots)
    turn.reply("requests/more", [*faq.onward(turn, entry), [Button("subjects", ShowCategories())]], entry=entry)
    return Step.SHOWN


def _day(turn: Turn, day: date) -> Outcome:
    try:
        plan.day(turn, ShowDay(day))
    except StaleButton:
        return too_far(turn, day)
    return Step.SHOWN
