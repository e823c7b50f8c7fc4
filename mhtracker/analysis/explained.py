"""A figure's people as tables: who was counted, who was not, and who was left out and why."""

from __future__ import annotations

from collections import Counter
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
_OFTEN = ("Times", Kind.NUMBER)
_HELD_UP = [("Days held up", Kind.NUMBER), ("Reasons", Kind.NOTE)]


@dataclass(frozen=True, slots=True)
class HeldUp:
    """On how many days of the period a person was held up, and by what, most days first."""

    days: int
    reasons: str

    def __str__(self) -> str:
        return f"{text.count(self.days, 'day')}: {self.reasons}"


def groups_of(share: Share) -> list[tuple[str, tuple[str, ...]]]:
    """The groups a figure parts its people into, each person once in each: counted, not counted, left out and why.

    Of two moves of one person one may be counted and the other not: they are then in both.
    """
    return [(name, tuple(times)) for name, times in _times(share)]


def _times(share: Share) -> list[tuple[str, Counter[str]]]:
    """The same, with how often each person stands in each."""
    counted = Counter(share.counted)
    found = [("Counted", counted), ("Not counted", Counter(share.of) - counted)]
    for why, people in share.left_out.items():
        found.append((why if share.whole else f"Left out: {text.first_lower(why)}", Counter(people)))
    return [(name, times) for name, times in found if times]


def explained_tables(store: Store, share: Share, as_at: date) -> list[FigureTable]:
    """A table of each group, by name, as at a day; of days held up with those of each person, most first.

    Who has died or left is named from their record. Where somebody counts more than once, as with two moves, it says
    how often.
    """
    groups = _times(share)
    often = any(number > 1 for _, times in groups for number in times.values())
    columns = [*_COLUMNS[:2], *([_OFTEN] if often else []), *(_HELD_UP if share.barriers is not None else [])]
    tables = []
    for number, (name, times) in enumerate(groups):
        people = tuple(times)
        lines = {line.person_id: line for line in lines_of(store, people, as_at)}
        found = held_up(store, share, people)
        rows = []
        for person_id in people:
            row, told = _row(store, person_id, lines.get(person_id), as_at), found.get(person_id, HeldUp(0, ""))
            days = (told.days, told.reasons) if share.barriers is not None else ()
            rows.append((-told.days, (*row[:2], *((times[person_id],) if often else ()), *days, *row[2:])))
        rows.sort(key=lambda each: (each[0], str(each[1][0]), str(each[1][1])))
        many = text.format_number(times.total())
        title = f"{name}: {many}"
        if times.total() > len(times):
            title += f", of {text.count(len(times), 'person', 'people')}"
        tables.append(
            make_table(
                f"group{number}",
                title,
                f"{title}. {share.definition}",
                share.source,
                [*columns, *_COLUMNS[2:]],
                [row for _, row in rows],
                named=True,
            )
        )
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


def _row(store: Store, person_id: str, line: CaseloadLine | None, as_at: date) -> tuple[object, ...]:
    if line is not None:
        name = text.name_in_order(line.surname, line.given_names)
        stage = line.stage or _gone_words(store.get(Person, person_id), as_at)
        return (name, line.ref, stage, line.service or line.address, line.since_on, line.worker)
    try:
        person = store.get(Person, person_id)
    except NotFound:
        return ("No longer in the register", "", "", "", None, "")
    return (text.full_name(person), person.ref, _gone_words(person, as_at), "", None, "")


def _gone_words(person: Person, as_at: date) -> str:
    """Where a stage would stand, what became of somebody who is in none."""
    for words, day in (("Died", person.died_on), ("Left", person.left_on)):
        if day is not None and day <= as_at:
            return f"{words} {text.format_date(day)}"
    return ""
