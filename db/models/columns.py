"""Columns that several tables share."""

from typing import Any, Final

from sqlalchemy import BigInteger, Column, Integer
from sqlmodel import Field

# SQLite numbers rows by itself only where the key is INTEGER; elsewhere ids outgrow 32 bits.
ROW_ID: Final = BigInteger().with_variant(Integer(), "sqlite")


def row_id() -> Any:
    """Return the column of an id that the database counts up."""
    return Field(default=None, sa_column=Column(ROW_ID, primary_key=True, autoincrement=True))


def nothing() -> list[str]:
    """Return an empty list. `list` itself would have its signature looked up, slowly, for every person made."""
    return []
