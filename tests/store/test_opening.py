"""Opening: what is no register is refused in plain words, what is held says by whom, and reading writes nothing."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mhtracker.domain.errors import Damaged, NotFound, PasswordNeeded, Refused, Unavailable
from mhtracker.domain.records import Person
from mhtracker.store import create_register, holder, open_register
from mhtracker.store.engine import is_held
from tests.store.registers import AS_AT, PASSWORD, Hands, Register, a_person, add

NOTE_IS_LOCKED = sys.platform != "win32"
"""On Windows what is open cannot be taken away, so the note is closed, and the database's own lock is enough."""


def other_database(path):
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE people (id TEXT)")
    raw.close()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.touch(), "is empty"),
        (lambda path: path.write_text("Some words.\n" * 2000), "not an MHTracker register"),
        (lambda path: path.write_bytes(b"%PDF-1.7\n" + b"\x80" * 8183), "not an MHTracker register"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(4092)), "not an MHTracker register"),
        (lambda path: path.write_bytes(os.urandom(1000)), "not an MHTracker register"),
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: None, "There is no file"),
        (other_database, "another program's database"),
    ],
)
def test_what_is_no_register_is_refused_in_plain_words_and_left_alone(tmp_path, make, said):
    path = tmp_path / "thing.mhtracker"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    for password in (None, "password"):
        with pytest.raises(Unavailable, match=said) as caught:
            open_register(path, who="Ann", password=password)
        assert "Error" not in str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert len(list(tmp_path.iterdir())) == path.exists()


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.9])
def test_a_truncated_register_is_said_to_be_damaged(file_register, share):
    whole = file_register.path.read_bytes()
    for cut in (int(len(whole) * share), int(len(whole) * share) // 4096 * 4096):
        file_register.path.write_bytes(whole[:cut])
        with pytest.raises(Unavailable, match=r"damaged|not an MHTracker register|empty"):
            file_register.open()
    assert file_register.path.read_bytes() == whole[:cut]


def test_a_wrong_password_is_called_that_and_nothing_worse(templates, tmp_path):
    path = tmp_path / "locked.mhtracker"
    shutil.copyfile(templates["sqlcipher"], path)
    with pytest.raises(PasswordNeeded, match="locked with a password"):
        open_register(path, who="Ann")
    for wrong in ("guess", PASSWORD + " ", "'; --"):
        with pytest.raises(PasswordNeeded, match="is not right"):
            open_register(path, who="Ann", password=wrong)
    open_register(path, who="Ann", password=PASSWORD).close()
    assert b"Northmoor" not in path.read_bytes()


def test_a_locked_register_may_begin_with_any_byte(tmp_path):
    path = tmp_path / "locked.mhtracker"
    for first in range(256):
        path.write_bytes(bytes([first]) + os.urandom(4095))
        with pytest.raises(PasswordNeeded):
            open_register(path, who="Ann")


def test_a_second_opener_is_told_who_has_it_where_and_since_when(file_register):
    file_register.open(who="Ewa Fikcyjna")
    for read_only in (False, True):
        with pytest.raises(Unavailable, match=r"open elsewhere: by Ewa Fikcyjna on .+ since"):
            file_register.open(read_only=read_only)
    file_register.close()
    file_register.open()


def test_being_refused_does_not_loosen_the_lock_of_who_has_it(register):
    """Closing a file drops a process's own locks on it, so looking at a file held here would let others in."""
    if register.address.engine == "postgresql":
        return
    password = register.address.password
    register.open()
    for _ in range(2):
        with pytest.raises(Unavailable, match="open elsewhere"):
            register.open()
    assert is_held(register.path)
    words = (
        "import sys; from mhtracker.store import open_register; from mhtracker.domain.errors import Unavailable\n"
        "try: open_register(sys.argv[1], who='Other', password=sys.argv[2] or None)\n"
        "except Unavailable as error: sys.exit('open elsewhere' not in str(error))\n"
        "sys.exit('both may write')"
    )
    asked = [sys.executable, "-c", words, str(register.path), password or ""]
    assert subprocess.run(asked, cwd=Path(__file__).parents[2], check=False).returncode == 0
    register.close()
    assert not is_held(register.path)
    register.open()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_something_else_here_looked_into_is_held_all_the_same(file_register, read_only):
    """As a file dialog does: on Linux and macOS that alone drops the database's lock."""
    file_register.open(who="Ewa Fikcyjna")
    with contextlib.suppress(PermissionError):  # Windows lets nobody look.
        file_register.path.read_bytes()
    words = (
        "import sys; from mhtracker.store import open_register; from mhtracker.domain.errors import Unavailable\n"
        "try: open_register(sys.argv[1], who='Other', read_only=sys.argv[2] == 'True')\n"
        "except Unavailable as error: print(error); sys.exit()\n"
        "sys.exit('it was let in')"
    )
    asked = [sys.executable, "-c", words, str(file_register.path), str(read_only)]
    found = subprocess.run(asked, cwd=Path(__file__).parents[2], check=False, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    assert "open elsewhere: by Ewa Fikcyjna" in found.stdout


def test_a_note_left_by_a_killed_program_keeps_nobody_out(file_register):
    Path(f"{file_register.path}.in-use").write_text('{"who": "Gone"}', encoding="utf-8")
    file_register.open(who="Ann")
    with pytest.raises(Unavailable, match="by Ann"):
        file_register.open()
    file_register.close()
    assert [path.name for path in file_register.path.parent.iterdir()] == [file_register.path.name]


def test_a_note_still_locked_by_who_is_closing_the_file_is_waited_for(file_register):
    """The file is let go of first, the note a moment later."""
    first = holder.hold(file_register.path, "Ewa", file_register.clock.now())
    assert first is not None
    closing = threading.Timer(0.2, first.let_go)
    closing.start()
    second = holder.hold(file_register.path, "Ann", file_register.clock.now())
    closing.join()
    assert second is not None
    # Where the note is locked, it is the one that is there and not the one taken away.
    assert holder.is_locked(file_register.path) == NOTE_IS_LOCKED
    second.let_go()
    assert not holder.was_left(file_register.path)


def test_who_keeps_the_note_locked_keeps_the_file_and_on_windows_the_database_s_own_lock_decides_alone(file_register):
    first = holder.hold(file_register.path, "Ewa", file_register.clock.now())
    assert first is not None
    second = holder.hold(file_register.path, "Ann", file_register.clock.now())
    if NOTE_IS_LOCKED:
        assert second is None
        assert "by Ewa" in holder.who_holds(file_register.path)
    else:
        # `hold` is asked only by who has the database's lock already, which nothing there drops: the note says who.
        assert second is not None
        assert "by Ann" in holder.who_holds(file_register.path)
        second.let_go()
    first.let_go()
    assert not holder.was_left(file_register.path)


def test_of_many_who_start_at_once_one_gets_the_register(file_register):
    words = (
        "import sys; from mhtracker.store import open_register\n"
        "from mhtracker.domain.errors import Unavailable\n"
        "try: store = open_register(sys.argv[1], who='Someone')\n"
        "except Unavailable as error: print('told' if 'open elsewhere' in str(error) else error); sys.exit()\n"
        "print('has it', flush=True); sys.stdin.read(); store.close()\n"
    )
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", words, str(file_register.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(6)
    ]
    first = [process.stdout.readline().strip() for process in starts if process.stdout]
    for process in starts:
        process.communicate("")
    assert sorted(first) == ["has it", *["told"] * 5]


def test_a_register_opened_to_read_is_read_and_not_a_byte_is_written(register):
    if register.address.engine == "postgresql":
        store = register.open(read_only=True)
        assert store.read_only
        return
    store = register.open()
    (person,) = add(store, a_person())
    register.close()
    before = register.path.read_bytes()
    register.clock.day = AS_AT.replace(year=2027)
    store = register.open(read_only=True)
    assert store.get(Person, person.id) == person
    assert [path.name for path in register.path.parent.iterdir()] == [register.path.name]
    register.close()
    assert register.path.read_bytes() == before


def test_a_file_that_may_only_be_read_is_opened_so(file_register, monkeypatch):
    before = file_register.path.read_bytes()
    monkeypatch.setattr("mhtracker.store.opening._may_write", lambda path: False)
    assert file_register.open().read_only
    file_register.close()
    assert file_register.path.read_bytes() == before


@pytest.mark.parametrize(
    "name",
    ["with spaces", "what?", "half#half", "100%25 %s", "O'Brien", 'quo"te', "Łódź 🦊", "a;b&c=d", "file:x", "~tilde"],
)
def test_any_path_holds_a_register(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    path = folder / f"{name}.mhtracker"
    for password in (None, "pass"):
        create_register(path, who="Ann", clock=Hands(), password=password).close()
        with open_register(path, who="Ann", clock=Hands(), password=password) as store:
            add(store, a_person())
        with open_register(path, who="Ann", password=password, read_only=True) as store:
            assert len(store.find(Person)) == 1
        assert [each.name for each in folder.iterdir()] == [path.name]
        path.unlink()


def test_a_register_is_made_where_nothing_is_and_nowhere_else(file_register, tmp_path):
    before = file_register.path.read_bytes()
    with pytest.raises(Refused, match="exists already"):
        create_register(file_register.path, who="Ann")
    with pytest.raises(NotFound, match="no folder"):
        create_register(tmp_path / "away" / "new.mhtracker", who="Ann")
    assert file_register.path.read_bytes() == before


def test_a_link_is_followed_to_the_file_itself(file_register, tmp_path):
    link = tmp_path / "link.mhtracker"
    link.symlink_to(file_register.path)
    with open_register(link, who="Ann"), pytest.raises(Unavailable, match="open elsewhere"):
        file_register.open()


def test_damage_met_after_opening_is_told_plainly(file_register):
    with file_register.open() as store:
        add(store, *(a_person(f"MHT-{n:05d}", "Somebody " * 20) for n in range(400)))
    data = bytearray(file_register.path.read_bytes())
    for page in range(20, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    file_register.path.write_bytes(data)

    def use():
        store = file_register.open()
        store.find(Person)

    with pytest.raises(Damaged, match="estore the latest backup"):
        use()


@pytest.mark.postgres
def test_a_server_that_went_away_is_said_plainly_and_the_store_goes_on_when_it_is_back(postgres_server, postgres_url):
    store = create_register(postgres_url, who="Ann", clock=Hands())
    (person,) = add(store, a_person())
    postgres_server.stop(pull_the_plug=True)
    for attempt in (lambda: store.find(Person), lambda: add(store, a_person("MHT-00002")), store.undo):
        with pytest.raises(Unavailable, match=r"server cannot be reached|cannot be reached"):
            attempt()
    postgres_server.start()
    assert store.find(Person) == [person]
    add(store, a_person("MHT-00002"))
    assert len(store.find(Person)) == 2
    store.close()


@pytest.mark.postgres
def test_a_server_that_is_not_there_or_another_database_is_refused(postgres_server, postgres_url):
    for wrong in (
        postgres_url.replace(postgres_server.password, "guess"),
        "postgresql://nobody:x@127.0.0.1:1/none",
    ):
        with pytest.raises(Unavailable, match="did not answer") as caught:
            open_register(wrong, who="Ann")
        assert "guess" not in str(caught.value)
    with pytest.raises(Unavailable, match="not an MHTracker register") as caught:
        open_register(postgres_url, who="Ann")
    assert postgres_server.password not in str(caught.value)
    create_register(postgres_url, who="Ann").close()
    with pytest.raises(Refused, match="already"):
        create_register(postgres_url, who="Ann")


def test_two_people_on_a_server_do_not_overwrite_each_other(register):
    if register.address.engine != "postgresql":
        assert isinstance(register, Register)
        return
    from dataclasses import replace

    from mhtracker.domain.errors import Conflict

    ann, bob = register.open(who="Ann"), register.open(who="Bob")
    (person,) = add(ann, a_person())
    theirs = bob.get(Person, person.id)
    with ann.operation("Edit") as work:
        work.save(replace(person, surname="Ann's"))
    with pytest.raises(Conflict, match="Ann"), bob.operation("Edit") as work:
        work.save(replace(theirs, surname="Bob's"))
    assert [changed.label for changed in bob.changes_since(bob.last_seq() - 1)] == ["Edit"]
