"""Tests of `tests/handlers` that `make test` holds on PostgreSQL too; the others wait for `make soak`.

Whatever asks the database, in `db`, `services`, `scheduler` or a handler, is reached by one of these or by the tests of
those folders, which run on both. They were chosen so: of the tests that reach what nothing else does there, the short.
"""

from pathlib import Path
from typing import Final

import pytest

HANDLERS: Final = Path(__file__).parents[1] / "handlers"
MODULES: Final = frozenset(
    {
        "test_day", "test_errors", "test_first_minutes", "test_personal_data", "test_requests_property", "test_warm_up",
    }
)  # fmt: skip
FUNCTIONS: Final = frozenset(
    {
        "test_edited_messages.test_what_is_kept_for_an_undo_goes_after_three_days",
        "test_edited_messages.test_a_weight_that_is_edited_is_the_weight",
        "test_gestures.test_a_thumb_down_after_something_else_was_shown_means_nothing",
        "test_live_guide.test_gentle_sessions_stop_at_a_pain_of_three",
        "test_live_guide.test_a_guide_that_cannot_be_read_ends_and_holds_up_nobody_else",
        "test_administering.test_a_draft_can_be_left_and_an_old_button_sends_nothing",
        "test_administering.test_what_is_written_and_not_sent_is_taken_back",
        "test_number_goals.test_the_day_is_asked_for_and_the_figure_stays_unless_it_stands_alone",
        "test_number_goals.test_goals_are_shown_and_dropped",
        "test_skipped_moves.test_a_day_that_was_not_said_is_asked_for_and_changes_nothing_yet",
        "test_skipped_moves.test_pain_stays_said_where_that_is_why_it_was_skipped",
        "test_planning_once.test_pain_plans_the_week_once",
        "test_questions.test_closing_twice_tells_nobody_twice",
        "test_requests_sessions.test_yesterdays_session_is_logged_and_named",
        "test_held_training.test_a_session_of_that_day_is_acknowledged_and_not_counted",
        "test_way_back.test_it_can_be_left_at_any_time",
        "test_way_back.test_undo_of_the_last_answer_goes_on_with_the_way_back",
        "test_feeling.test_an_easy_session_is_on_target_where_it_felt_easy",
        "test_meant_by_before.test_nothing_done_on_a_past_day_is_a_skip",
        "test_noted_sets.test_a_whole_session_in_one_message_has_one_undo",
        "test_extra_sessions.test_a_stop_logs_the_rounds_that_were_done_once_whatever_is_pressed",
        "test_typed_answers.test_an_event_is_removed_by_a_typed_yes",
        "test_own_intervals.test_other_rounds_change_a_name_that_is_their_figures_and_no_other",
    }
)
"""By module and function, of modules whose other tests wait."""


def waits(item: pytest.Item) -> bool:
    """Say whether a test would say on PostgreSQL what it says on SQLite, and no query needs it there."""
    if not isinstance(item, pytest.Function) or not hasattr(item, "callspec"):
        return False
    if item.callspec.params.get("migrated_url") != "postgresql" or HANDLERS not in item.path.parents:
        return False
    return item.path.stem not in MODULES and f"{item.path.stem}.{item.originalname}" not in FUNCTIONS
