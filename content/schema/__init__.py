"""Content files read into frozen objects, with every problem found by file and line."""
