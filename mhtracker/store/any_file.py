"""SQLite as SQLAlchemy is told of it: the same in every file, so that what was put into its words serves them all.

Each register, backup and copy in memory has an engine of its own, and to SQLAlchemy each of those speaks a language of
its own. Half the time of a register's first reads went into statements that another register had read before.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache


class AnyFile(SQLiteDialect_pysqlite):
    """Alike wherever the driver is the same."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AnyFile) and other.dbapi is self.dbapi

    def __hash__(self) -> int:
        return hash((AnyFile, id(self.dbapi)))


registry.register("sqlite.anyfile", __name__, AnyFile.__name__)

ADDRESS = "sqlite+anyfile://"
statements: LRUCache[Any, Any] = LRUCache(1000)
