"""The engines that the contract tests stand on are themselves what they claim to be."""

from pathlib import Path

import psycopg
import pytest
import sqlcipher3.dbapi2

from tests.store.servers import Address, PostgresServer, ProtectedFile, release


@pytest.mark.postgres
def test_a_postgres_register_belongs_to_a_login_without_special_rights(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        row = connection.execute(
            "SELECT current_user, rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone()
        assert row == ("mhtracker", False)
        connection.execute("CREATE TABLE people (id text PRIMARY KEY)")


@pytest.mark.postgres
@pytest.mark.parametrize("time", ["first", "second"])
def test_every_test_gets_an_empty_database(postgres_url, time):
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE left_behind ()")


@pytest.mark.postgres
def test_a_wrong_password_is_refused(postgres_server: PostgresServer, postgres_url):
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(postgres_url.replace(postgres_server.password, "guess"), connect_timeout=5)


@pytest.mark.postgres
def test_what_was_committed_outlives_a_pulled_plug(postgres_server: PostgresServer, postgres_url):
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE people (id text)")
        connection.execute("INSERT INTO people VALUES ('a')")
    postgres_server.stop(pull_the_plug=True)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(postgres_url, connect_timeout=2)
    postgres_server.start()
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT count(*) FROM people").fetchone() == (1,)


def test_a_protected_file_opens_with_its_password_alone(sqlcipher: ProtectedFile):
    def opened(password: str) -> sqlcipher3.dbapi2.Connection:
        connection = sqlcipher3.dbapi2.connect(str(sqlcipher.path))
        connection.execute(f"PRAGMA key = '{password}'")
        return connection

    connection = opened(sqlcipher.password)
    connection.execute("CREATE TABLE people (id text)")
    connection.close()
    assert not sqlcipher.path.read_bytes().startswith(b"SQLite format 3")
    connection = opened("guess")
    with pytest.raises(sqlcipher3.dbapi2.DatabaseError):
        connection.execute("SELECT count(*) FROM people")
    connection.close()


def test_an_address_names_a_register_that_is_not_there_yet(address: Address):
    if address.engine == "postgresql":
        assert address.where.startswith("postgresql://")
    else:
        assert not Path(address.where).exists()
        assert bool(address.password) == (address.engine == "sqlcipher")


def test_the_newest_release_is_told_by_number():
    folders = [Path(f"/usr/lib/postgresql/{number}/bin") for number in ("9.6", "15", "10")]
    assert max(folders, key=release) == folders[1]
