"""The tables that migrations build are the tables the program knows, and a newer register is left alone."""

import hashlib
import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from mhtracker.domain.errors import Unavailable
from mhtracker.store.columns import metadata
from mhtracker.store.migrate import FOLDER
from mhtracker.store.opening import schema_of
from mhtracker.store.schema import SCHEMA


def test_migrations_build_exactly_the_tables_of_the_schema(register):
    store = register.open()
    context = MigrationContext.configure(store.database.connection, opts={"compare_type": True})
    assert compare_metadata(context, metadata) == []
    assert schema_of(store.database) == SCHEMA


def test_the_schema_named_is_the_newest_migration():
    assert ScriptDirectory(str(FOLDER)).get_current_head() == SCHEMA


def test_a_newer_register_is_refused_naming_both_and_not_a_byte_is_changed(file_register):
    raw = sqlite3.connect(file_register.path)
    with raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    before = hashlib.sha256(file_register.path.read_bytes()).hexdigest()
    with pytest.raises(Unavailable, match=f"9999.*{SCHEMA}"):
        file_register.open()
    assert hashlib.sha256(file_register.path.read_bytes()).hexdigest() == before
    assert [path.name for path in file_register.path.parent.iterdir()] == [file_register.path.name]


def test_a_newer_register_is_refused_on_every_engine(register):
    store = register.open()
    store.database.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    register.close()
    with pytest.raises(Unavailable, match="newer MHTracker"):
        register.open()
