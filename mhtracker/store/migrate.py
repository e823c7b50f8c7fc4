"""Brings a database to the newest schema, by Alembic. Imported only when there is something to do."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from mhtracker.store.engine import Database
from mhtracker.store.schema import SCHEMA

FOLDER = Path(__file__).parent / "migrations"


def upgrade(database: Database, to: str = SCHEMA) -> None:
    """Run every migration up to `to` in one transaction: afterwards the database is at the old schema or the new."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = database.connection
    database.begin()
    try:
        command.upgrade(config, to)
        database.commit()
    except BaseException:
        database.rollback()
        raise
