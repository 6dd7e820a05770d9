"""Alembic wants this file; migrations run through `db/migrate.py`, which configures them itself."""
