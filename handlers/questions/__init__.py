"""Questions and answers: FAQ, exercises, small talk, groups, inline mode."""
