"""A figure's people as tables: who was counted, who was not, and who was left out and why."""

from __future__ import annotations

from datetime import date

from mhtracker import text
from mhtracker.analysis.share import Share
from mhtracker.analysis.tables import FigureTable, Kind, make_table
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.errors import NotFound
from mhtracker.domain.records import Person
from mhtracker.store.queries.caseload import lines_of
from mhtracker.store.store import Store

_COLUMNS = [
    ("Person", Kind.WORDS),
    ("Reference", Kind.WORDS),
    ("Stage", Kind.WORDS),
    ("Service", Kind.WORDS),
    ("Since", Kind.DATE),
    ("Worker", Kind.WORDS),
]


def groups_of(share: Share) -> list[tuple[str, tuple[str, ...]]]:
    """The groups a figure parts its people into, each person once in each: counted, not counted, left out and why."""
    counted = dict.fromkeys(share.counted)
    rest = tuple(each for each in dict.fromkeys(share.of) if each not in counted)
    found = [("Counted", tuple(counted)), ("Not counted", rest)]
    for why, people in share.left_out.items():
        found.append((f"Left out: {text.first_lower(why)}", tuple(dict.fromkeys(people))))
    return [(name, people) for name, people in found if people]


def explained_tables(store: Store, share: Share, as_at: date) -> list[FigureTable]:
    """A table of each group, by name, as at a day. Who has died or left is named from their record."""
    tables = []
    for number, (name, people) in enumerate(groups_of(share)):
        lines = {line.person_id: line for line in lines_of(store, people, as_at)}
        rows = [_row(store, person_id, lines.get(person_id)) for person_id in people]
        rows.sort(key=lambda row: (str(row[0]), str(row[1])))
        title = f"{name}: {text.format_number(len(people))}"
        tables.append(make_table(f"group{number}", title, share.definition, share.source, _COLUMNS, rows, named=True))
    return tables


def _row(store: Store, person_id: str, line: CaseloadLine | None) -> tuple[object, ...]:
    if line is not None:
        name = text.name_in_order(line.surname, line.given_names)
        return (name, line.ref, line.stage, line.service or line.address, line.since_on, line.worker)
    try:
        person = store.get(Person, person_id)
    except NotFound:
        return ("No longer in the register", "", "", "", None, "")
    return (text.full_name(person), person.ref, "", "", None, "")
