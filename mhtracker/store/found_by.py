"""Keeps what people are found by in step: the words typed to find them, the keys of those who may be the same person.

Somebody merged into another is found by nothing of their own; their names and numbers lead to the one they were
merged into.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from sqlalchemy import bindparam, delete, select

from mhtracker.domain.errors import Refused
from mhtracker.domain.names import search_words as words_of
from mhtracker.domain.records import Changes, Person
from mhtracker.store.codec import from_rows
from mhtracker.store.derived import likeness_keys, search_words
from mhtracker.store.register import Register
from mhtracker.store.schema import people

_TABLES = (search_words, likeness_keys)
_CHUNK = 500


def replace_found_by(store: Register, stale: Sequence[str], persons: Sequence[Person]) -> None:
    """Put what people are found by in place of what some (`stale`, by id) were found by until now."""
    connection, database = store.database.connection, store.database
    if stale:
        for table in _TABLES:
            connection.execute(delete(table).where(table.c.person_id.in_(stale)))
    merged = merged_into(store, {person.id for person in persons}) if persons else {}
    words = [(word, person.id) for person in persons for word in all_words(person, merged.get(person.id, ()))]
    database.insert_many(search_words, ("word", "person_id"), words)
    keys = [(key, person.id) for person in persons for key in _sounds(person)]
    database.insert_many(likeness_keys, ("key", "person_id"), keys)


def find_again(store: Register, changed: Set[str]) -> None:
    """Make what people are found by anew: those who were changed, and whoever else is found by their references."""
    ids = sorted(changed | keepers_of(store, changed))
    persons: list[Person] = []
    for start in range(0, len(ids), _CHUNK):
        some = select(people).where(people.c.id.in_(ids[start : start + _CHUNK]), people.c.merged_into.is_(None))
        persons += from_rows(Person, store.database.connection.execute(some))
    for table in _TABLES:
        store.database.delete_many(table, "person_id", ids)
    replace_found_by(store, (), persons)


def clear_found_by(store: Register) -> None:
    """Empty both tables, to build them anew."""
    for table in _TABLES:
        store.database.connection.execute(delete(table))


def all_words(person: Person, merged: Iterable[Person]) -> Iterator[str]:
    """The words a person is found by, with those of everybody merged into them, each once."""
    yield from dict.fromkeys(word for each in (person, *merged) for word in words_of(each))


def merged_into(store: Register, keepers: Set[str] | None = None) -> Mapping[str, list[Person]]:
    """Who was merged into people (None: into anybody), by the id of the one who stayed."""
    query = select(people).where(people.c.merged_into.is_not(None))
    if keepers is not None and len(keepers) <= _CHUNK:
        query = query.where(people.c.merged_into.in_(bindparam("ids", expanding=True)))
        rows = store.database.connection.execute(query, {"ids": sorted(keepers)})
    else:
        rows = store.database.connection.execute(query)
    found: dict[str, list[Person]] = {}
    for person in from_rows(Person, rows):
        found.setdefault(person.merged_into or "", []).append(person)
    return found


def refuse_merged(store: Register, changed: Changes) -> None:
    """Raises Refused when something is recorded of somebody merged into another, from a form left open, say.

    It would be hidden with them. The merge itself, and taking it back, change the person too.
    """
    keeper = people.alias("keeper")
    query = select(people.c.id, people.c.ref, keeper.c.ref).join(keeper, keeper.c.id == people.c.merged_into)
    for person_id, ref, into in store.database.connection.execute(query):
        if person_id in changed.people and ("person", person_id) not in changed.records:
            raise Refused(f"{ref} was merged into {into} meanwhile. Open {into} and record it there.")


def keepers_of(store: Register, ids: Set[str]) -> set[str]:
    """Who else is, or was until now, found by the references of these people: those they are or were merged into."""
    found: set[str] = set()
    wanted = sorted(ids)
    for start in range(0, len(wanted), _CHUNK):
        some = people.c.id.in_(wanted[start : start + _CHUNK])
        refs = store.database.connection.execute(select(people.c.ref, people.c.merged_into).where(some)).all()
        words = search_words.c.word.in_([ref.casefold() for ref, _ in refs])
        found.update(store.database.connection.execute(select(search_words.c.person_id).where(words)).scalars())
        found.update(keeper for _, keeper in refs if keeper)
    return found - ids


def found_by_faults(store: Register) -> Iterator[tuple[str, str]]:
    """What differs from what the records say: a sentence, and whose it is."""
    merged = merged_into(store)
    rows = store.database.connection.execute(select(people).where(people.c.merged_into.is_(None)))
    here = from_rows(Person, rows)
    refs = {person.id: person.ref for person in here}
    expected = (
        ("words", {person.id: set(all_words(person, merged.get(person.id, ()))) for person in here}),
        ("sounds", {person.id: set(_sounds(person)) for person in here}),
    )
    for table, (what, wanted) in zip(_TABLES, expected, strict=True):
        kept: dict[str, set[str]] = {}
        for word, person_id in store.database.connection.execute(select(*table.columns)):
            kept.setdefault(person_id, set()).add(word)
        for person_id, words in wanted.items():
            if kept.pop(person_id, set()) != words:
                yield f"the {what} a person is found by are out of step", refs[person_id]
        for person_id in kept:
            yield f"{what} to find a person who is not there", f"person {person_id}"


def _sounds(person: Person) -> tuple[str, ...]:
    # Read in late: nobody is recorded while a register is being opened, and the names' forms take long to read in.
    from mhtracker.domain.likeness.keys import stored_keys

    return stored_keys(person)
