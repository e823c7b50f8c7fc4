"""The demo's table of "as is → to be": what its manager plans to change in three years, in people and money."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from mhtracker.domain.money.cost_tables import scaled, year_of
from mhtracker.domain.records import CostTable, CostTableRow
from mhtracker.operations.demo.office import FEWEST, MANAGER, stages_on
from mhtracker.store.past import PastAct

NewId = Callable[[], str]
WEEK_EACH = {"residential": 1_010_00, "enablement": 800_00, "supported": 550_00, "independent": 60_00}
"""Net pence a week of one person, as the council reckoned when it made the table."""

_FEWER_RESIDENTIAL = 0.28
_TO_SUPPORTED, _TO_ASSISTED = 0.45, 0.2
"""Where those go who are no longer to be in residential care; the rest get support in a home of their own."""

_PLANNED = ("residential", "supported", "independent")
"""The stages whose lines say something else for later; another one has a line where somebody is in it."""

_ASSISTED_WEEK = 420_00
_DAY_YEAR, _DAY_TO_BE = 118_000_00, 97_000_00


def cost_table_acts(
    acts: Sequence[PastAct], first: Sequence[object], labels: Mapping[str, str], as_at: date, ids: NewId
) -> Iterator[PastAct]:
    """The table started in spring, and planned two weeks later, of those who were in each stage on its day.

    One line gives money alone: nobody counts who comes to the day opportunities.
    """
    year = as_at.year if as_at >= date(as_at.year, 6, 1) else as_at.year - 1
    table = CostTable(
        ids(), f"Accommodation {year} to {year + 3}", date(year, 4, 1), date(year + 3, 3, 31),
        note="Net. Agreed by the council’s cabinet in this demo",
    )  # fmt: skip
    there = stages_on(sorted(acts, key=lambda act: act.at), first, table.as_is_on)
    if len(there) < FEWEST:
        return
    counted = {stage: sum(1 for each in there.values() if each == stage) for stage in WEEK_EACH}
    now = {stage: people for stage, people in counted.items() if people or stage in _PLANNED}
    rows = {
        stage: CostTableRow(ids(), table.id, labels[stage], place, stage, people, year_of(people * WEEK_EACH[stage]))
        for place, (stage, people) in enumerate(now.items())
    }
    assisted = CostTableRow(ids(), table.id, "Assisted accommodation, to be built", len(rows), None, 0, 0)
    days = CostTableRow(ids(), table.id, "Day opportunities", len(rows) + 1, as_is_year_pence=_DAY_YEAR)
    yield PastAct(_at(table.as_is_on, 20), MANAGER, f"Start table {table.name}", [table, *rows.values()])
    yield PastAct(_at(table.as_is_on, 20, 4), MANAGER, f"Add {assisted.label} to table {table.name}", [assisted])
    yield PastAct(_at(table.as_is_on, 20, 6), MANAGER, f"Add {days.label} to table {table.name}", [days])
    fewer = round(now["residential"] * _FEWER_RESIDENTIAL)
    supported, new = round(fewer * _TO_SUPPORTED), round(fewer * _TO_ASSISTED)
    planned = [
        scaled(rows["residential"], to_be_people=now["residential"] - fewer),
        scaled(rows["supported"], to_be_people=now["supported"] + supported),
        replace(assisted, to_be_people=new, to_be_year_pence=year_of(new * _ASSISTED_WEEK)),
        scaled(rows["independent"], to_be_people=now["independent"] + fewer - supported - new),
    ]
    for minute, row in enumerate(planned):
        people = f"{row.to_be_people} {'person' if row.to_be_people == 1 else 'people'}"
        label = f"Plan {people} in {row.label}, table {table.name}"
        yield PastAct(_at(table.as_is_on, 34, minute), MANAGER, label, [row])
    cheaper = replace(days, to_be_year_pence=_DAY_TO_BE)
    yield PastAct(_at(table.as_is_on, 34, 5), MANAGER, f"Change {days.label} in table {table.name}", [cheaper])


def _at(day: date, days: int, minute: int = 0) -> datetime:
    day += timedelta(days=days)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return datetime.combine(day, time(14, 10 + minute), UTC)
