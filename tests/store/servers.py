"""The engines a register can live on, as fixtures: a plain file, a protected file and a real PostgreSQL.

PostgreSQL is started by the tests themselves, in a folder that goes away, from whatever server programs are on
this machine. Where there are none, its tests are skipped, unless MHTRACKER_REQUIRE_POSTGRES=1 says they must run.
"""

from __future__ import annotations

import contextlib
import getpass
import itertools
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

STARTS_WITHIN_SECONDS = 30
PROGRAM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Library/PostgreSQL/*/bin",
    "C:/Program Files/PostgreSQL/*/bin",
)


@dataclass(frozen=True)
class ProtectedFile:
    """Where a password-protected register is to be, and its password."""

    path: Path
    password: str


@dataclass(frozen=True)
class Address:
    """Where a register is to be made on one engine: `where` is a path or a postgresql:// address."""

    engine: str
    where: str
    password: str | None = None


class PostgresServer:
    """A throwaway PostgreSQL on a free loopback port, without fsync: nothing in it has to outlive this machine.

    Registers belong to `mhtracker`, a login without special rights, as they should at work; `admin_url` is for
    what only an administrator may do. `stop` and `start` let a test pull the plug.
    """

    def __init__(self, programs: Path, folder: Path, user: str | None) -> None:
        self.programs, self.folder, self.user = programs, folder, user
        self.password = secrets.token_hex(8)
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)

    @property
    def admin_url(self) -> str:
        """The administrator's address, in the database `postgres`."""
        return self._url("postgres", "postgres")

    def create(self) -> None:
        """Make the cluster and the ordinary login."""
        words = self.folder / "password"
        words.write_text(self.password)
        if self.user:
            shutil.chown(self.folder, self.user)
            shutil.chown(words, self.user)
        options = ["--username=postgres", f"--pwfile={words}", "--auth=scram-sha-256", "--encoding=UTF8"]
        options += ["--locale=C", "--no-sync", "--no-instructions"]
        made = subprocess.run(
            [self._program("initdb"), "-D", str(self._data), *options],
            capture_output=True,
            text=True,
            **self._as_user,
        )
        if made.returncode != 0:
            raise RuntimeError(f"initdb failed: {made.stderr.strip()}")
        self.start()
        login = sql.SQL("CREATE ROLE mhtracker LOGIN PASSWORD {}").format(sql.Literal(self.password))
        self.administer(login)

    def start(self) -> None:
        """Start, or start again, on the same port where that is still free."""
        for _ in range(5):
            self.port = self.port or free_port()
            options = ["-p", str(self.port), "-h", "127.0.0.1", "-k", ""]
            for setting in ("fsync=off", "full_page_writes=off", "shared_buffers=32MB"):
                options += ["-c", setting]
            with (self.folder / "server.log").open("ab") as log:
                self._process = subprocess.Popen(
                    [self._program("postgres"), "-D", str(self._data), *options],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    **self._as_user,
                )
            if self._answers():
                return
            self.stop()
            self.port = 0
        raise RuntimeError(f"PostgreSQL did not start:\n{(self.folder / 'server.log').read_text()[-2000:]}")

    def stop(self, *, pull_the_plug: bool = False) -> None:
        """Stop and drop every connection; with `pull_the_plug` without a word to anybody, as in a crash."""
        if self._process is None:
            return
        # PostgreSQL's own "fast" and "immediate" shutdowns. Windows knows only ending the process.
        if sys.platform == "win32":
            self._process.terminate()
        else:
            self._process.send_signal(signal.SIGQUIT if pull_the_plug else signal.SIGINT)
        try:
            self._process.wait(timeout=STARTS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def new_database(self) -> str:
        """An empty database of `mhtracker`'s, by its address."""
        name = f"register_{next(self._numbers)}"
        self.administer(sql.SQL("CREATE DATABASE {} OWNER mhtracker").format(sql.Identifier(name)))
        return self._url("mhtracker", name)

    def drop_database(self, url: str) -> None:
        """Take a database away, whoever is still connected."""
        name = sql.Identifier(url.rsplit("/", 1)[1])
        self.administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

    def administer(self, statement: sql.Composed) -> None:
        """Run one statement as the administrator, outside any transaction."""
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            connection.execute(statement)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _as_user(self) -> dict[str, Any]:
        """Server programs refuse to run as root, and the folder that pytest stands in may be closed to others."""
        rights: dict[str, Any] = {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}
        return {"cwd": self.folder, **rights}

    def _program(self, name: str) -> str:
        return str(self.programs / (f"{name}.exe" if os.name == "nt" else name))

    def _url(self, user: str, database: str) -> str:
        return f"postgresql://{user}:{self.password}@127.0.0.1:{self.port}/{database}"

    def _answers(self) -> bool:
        """Whether the server takes connections before long; at once no when it has ended, its port taken say."""
        assert self._process is not None
        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.admin_url, connect_timeout=2):
                return True
            time.sleep(0.05)
        return False


def find_programs() -> Path | None:
    """The folder with the newest server programs here; None where there are none."""
    named = os.environ.get("MHTRACKER_POSTGRES_BIN")
    if named:
        return Path(named)
    folders: list[Path] = []
    for pattern in map(Path, PROGRAM_FOLDERS):
        folders += Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor)))
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    whole = [folder for folder in folders if list(folder.glob("initdb*")) and list(folder.glob("postgres*"))]
    return max(whole, key=release, default=None)


def release(folder: Path) -> tuple[int, ...]:
    """The release in a folder's name, 15 in /usr/lib/postgresql/15/bin, so that 9 is older than 10."""
    digits = "".join(letter if letter.isdigit() else " " for letter in folder.parent.name)
    return tuple(int(number) for number in digits.split())


def free_port() -> int:
    """A port nobody listens on just now. Somebody may take it next, so whoever uses it tries again."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def unprivileged_user() -> str | None:
    """Whom to run server programs as: nobody else, unless this is root."""
    if os.name == "nt" or getpass.getuser() != "root":
        return None
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Where a plain register file is to be; nothing is there yet."""
    return str(tmp_path / "register.mhtracker")


@pytest.fixture
def sqlcipher(tmp_path: Path) -> ProtectedFile:
    """Where a protected register file is to be, and its password; nothing is there yet."""
    return ProtectedFile(tmp_path / "protected.mhtracker", "Żółta łódź, 7 mewek")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for each process of the run."""
    programs = find_programs()
    if programs is None:
        words = "PostgreSQL's server programs are not on this machine (Debian: apt-get install postgresql)"
        if os.environ.get("MHTRACKER_REQUIRE_POSTGRES") == "1":
            pytest.fail(words)
        pytest.skip(words)
    # pytest's own folders are closed to the user that the server runs as.
    folder = Path(tempfile.mkdtemp(prefix="mhtracker-postgres-"))
    server = PostgresServer(programs, folder, unprivileged_user())
    try:
        server.create()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """An empty database, gone after the test."""
    url = postgres_server.new_database()
    yield url
    postgres_server.drop_database(url)


@pytest.fixture(params=["sqlite", "sqlcipher", pytest.param("postgresql", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest) -> Address:
    """A place for a new register on every engine in turn: the store's contract tests take this."""
    if request.param == "sqlite":
        return Address("sqlite", request.getfixturevalue("sqlite_url"))
    if request.param == "sqlcipher":
        protected: ProtectedFile = request.getfixturevalue("sqlcipher")
        return Address("sqlcipher", str(protected.path), protected.password)
    return Address("postgresql", request.getfixturevalue("postgres_url"))
