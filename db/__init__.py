"""What the coach remembers: tables, queries, the engine and its migrations."""
