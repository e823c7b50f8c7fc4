"""A figure's people as tables: who was counted, who was not, and who was left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mhtracker import text
from mhtracker.analysis.share import Share
from mhtracker.analysis.tables import FigureTable, Kind, make_table
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.counting.delays import delayed_days
from mhtracker.domain.errors import NotFound
from mhtracker.domain.records import Barrier, Person
from mhtracker.store.queries.caseload import lines_of
from mhtracker.store.store import Store

_COLUMNS = [
    ("Person", Kind.WORDS),
    ("Reference", Kind.WORDS),
    ("Stage", Kind.WORDS),
    ("Service", Kind.WORDS),
    ("Here since", Kind.DATE),
    ("Worker", Kind.WORDS),
]
_HELD_UP = [("Days held up", Kind.NUMBER), ("Reasons", Kind.NOTE)]


@dataclass(frozen=True, slots=True)
class HeldUp:
    """On how many days of the period a person was held up, and by what, most days first."""

    days: int
    reasons: str

    def __str__(self) -> str:
        return f"{text.count(self.days, 'day')}: {self.reasons}"


def groups_of(share: Share) -> list[tuple[str, tuple[str, ...]]]:
    """The groups a figure parts its people into, each person once in each: counted, not counted, left out and why."""
    counted = dict.fromkeys(share.counted)
    rest = tuple(each for each in dict.fromkeys(share.of) if each not in counted)
    found = [("Counted", tuple(counted)), ("Not counted", rest)]
    for why, people in share.left_out.items():
        found.append((f"Left out: {text.first_lower(why)}", tuple(dict.fromkeys(people))))
    return [(name, people) for name, people in found if people]


def explained_tables(store: Store, share: Share, as_at: date) -> list[FigureTable]:
    """A table of each group, by name, as at a day; of days held up with those of each person, most first.

    Who has died or left is named from their record.
    """
    columns = _COLUMNS if share.barriers is None else [*_COLUMNS[:2], *_HELD_UP, *_COLUMNS[2:]]
    tables = []
    for number, (name, people) in enumerate(groups_of(share)):
        lines = {line.person_id: line for line in lines_of(store, people, as_at)}
        rows = [_row(store, person_id, lines.get(person_id)) for person_id in people]
        if share.barriers is not None:
            found = held_up(store, share, people)
            told = (found.get(person_id, HeldUp(0, "")) for person_id in people)
            rows = [(*row[:2], each.days, each.reasons, *row[2:]) for row, each in zip(rows, told, strict=True)]
        # The third column of days held up is those days.
        rows.sort(key=lambda row: (0 if share.barriers is None else -int(str(row[2])), str(row[0]), str(row[1])))
        title = f"{name}: {text.format_number(len(people))}"
        tables.append(make_table(f"group{number}", title, share.definition, share.source, columns, rows, named=True))
    return tables


def held_up(store: Store, share: Share, people: Sequence[str]) -> dict[str, HeldUp]:
    """What a figure of days held up counts of some people, most days first; nothing of any other figure."""
    if share.barriers is None or share.period is None:
        return {}
    first, until = share.period[0], share.period[1] + timedelta(days=1)
    labels = {code.code: code.label for code in store.codes("delay_reason")}
    barriers: dict[str, list[Barrier]] = {}
    for start in range(0, len(people), 500):
        for barrier in store.find(Barrier, person_id=people[start : start + 500], **share.barriers):
            barriers.setdefault(barrier.person_id, []).append(barrier)
    found = {}
    for person_id, mine in sorted(barriers.items()):
        delays = delayed_days(mine, first, until)
        many = len(delays.by_reason) > 1
        reasons = [
            labels.get(code, code) + (f" ({text.format_number(days)})" if many else "")
            for code, days in delays.by_reason.items()
        ]
        found[person_id] = HeldUp(delays.total, ", ".join(reasons))
    return dict(sorted(found.items(), key=lambda item: -item[1].days))


def _row(store: Store, person_id: str, line: CaseloadLine | None) -> tuple[object, ...]:
    if line is not None:
        name = text.name_in_order(line.surname, line.given_names)
        return (name, line.ref, line.stage, line.service or line.address, line.since_on, line.worker)
    try:
        person = store.get(Person, person_id)
    except NotFound:
        return ("No longer in the register", "", "", "", None, "")
    return (text.full_name(person), person.ref, "", "", None, "")
