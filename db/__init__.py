"""The database: tables, queries, the engine and its migrations."""
