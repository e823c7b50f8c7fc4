"""The kinds of column that the tables of a register are made of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData()
"""Every table of a register."""

# Sorted by code point everywhere: PostgreSQL's own collations would sort and search folded keys another way.
Key = Text().with_variant(Text(collation="C"), "postgresql")


class Moment(TypeDecorator[datetime]):
    """A UTC moment as ISO text: the databases' own types drop the zone, and no longer equal what was recorded."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        return value.isoformat() if value is not None else None

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        return datetime.fromisoformat(value) if value is not None else None


def id_column() -> Column[str]:
    """The key of every record."""
    return Column("id", Text, primary_key=True)


def ref_column(name: str, target: str, *, nullable: bool = False, index: bool = True) -> Column[str]:
    """A record of another table; indexed, unless few distinct ones are pointed to."""
    return Column(name, Text, ForeignKey(f"{target}.id"), nullable=nullable, index=index)


def need(name: str, kind: type[TypeEngine] = Text) -> Column:  # type: ignore[type-arg]
    """A column that is never NULL."""
    return Column(name, kind, nullable=False)


def may(name: str, kind: type[TypeEngine] = Text) -> Column:  # type: ignore[type-arg]
    """A column whose NULL means unknown."""
    return Column(name, kind)


def version_column() -> Column[int]:
    """What optimistic saving compares."""
    return Column("version", Integer, nullable=False)
