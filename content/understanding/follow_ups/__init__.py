"""Follow-ups: their texts, and the search in the light of what was shown."""
