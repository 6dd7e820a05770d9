"""The training week: a pure function of the person, their history and the date."""
