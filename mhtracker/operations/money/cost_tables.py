"""Tables of "as is → to be": made from the register or by hand, their lines changed where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mhtracker import text
from mhtracker.domain.errors import Invalid
from mhtracker.domain.money.cost_tables import Sums, check_row, check_table, scaled, sums_of, year_of
from mhtracker.domain.records import CostTable, CostTableRow, new_id
from mhtracker.domain.stage_kinds import is_hospital
from mhtracker.operations.drafting import changed, drafted, reason_of
from mhtracker.store import Store
from mhtracker.store.queries.costs import StageNow, read_stage_costs

PEOPLE = ("as_is_people", "to_be_people")


@dataclass(frozen=True, slots=True)
class RowNow:
    """A line, and what the register says of its stage now; None for a line compared with none."""

    row: CostTableRow
    now: StageNow | None


@dataclass(frozen=True, slots=True)
class TableNow:
    """A table as it stands, with what has happened since."""

    table: CostTable
    rows: tuple[RowNow, ...]
    sums: Sums

    @property
    def unknown(self) -> int:
        """People of the stages that its lines are compared with whose cost is not recorded."""
        return sum(each.unknown for each in self._stages)

    @property
    def now(self) -> StageNow | None:
        """What the register says of all lines together; None unless it says something of every line.

        A stage that two lines are compared with counts once.
        """
        if not self.rows or any(each.now is None or not each.now.said for each in self.rows):
            return None
        stages = self._stages
        people, week = sum(each.people for each in stages), sum(each.weekly_net for each in stages)
        return StageNow("", people, week, self.unknown)

    @property
    def not_compared(self) -> int:
        """Lines of which the register says nothing, where it does say something of others."""
        without = sum(each.now is None or not each.now.said for each in self.rows)
        return without if without < len(self.rows) else 0

    @property
    def _stages(self) -> list[StageNow]:
        return list({each.now.stage_id: each.now for each in self.rows if each.now is not None}.values())


def read_tables(
    store: Store, as_at: date, table_id: str | None = None, *, now: Mapping[str, StageNow] | None = None
) -> tuple[TableNow, ...]:
    """Every table (or one), the latest first, beside what the register says on a day: `now`, where it was read."""
    tables = store.find(CostTable, **({"id": table_id} if table_id else {}))
    if not tables:
        return ()
    now = read_stage_costs(store, as_at) if now is None else now
    rows = store.find(CostTableRow)
    found = []
    for table in sorted(tables, key=lambda each: (each.as_is_on, each.name, each.id), reverse=True):
        mine = sorted((r for r in rows if r.table_id == table.id), key=lambda r: (r.position, r.id))
        beside = tuple(RowNow(row, now.get(row.stage_id or "")) for row in mine)
        found.append(TableNow(table, beside, sums_of(mine)))
    return tuple(found)


def start_table(
    store: Store,
    *,
    name: str,
    as_is_on: date | None,
    to_be_on: date | None = None,
    note: str = "",
    from_register: bool = True,
) -> CostTable:
    """A new table; its lines are the stages people are in on that day, at what they cost. Raises Invalid."""
    if as_is_on is None:
        raise Invalid(
            {"as_is_on": "As is on is empty. Write the day that the people and costs as they are now are of."}
        )
    if as_is_on > store.today:
        raise Invalid({"as_is_on": "As is on lies ahead. Write today or earlier."}, {"as_is_on": (store.today,)})
    with store.operation(f"Start table {name.strip()}") as work:
        table = drafted(store, CostTable(new_id(), name, as_is_on, to_be_on, note=note))
        check_table(table)
        table = work.save(table)
        if from_register:
            for row in _from_register(store, table, as_is_on):
                work.save(row)
        return table


def _from_register(store: Store, table: CostTable, as_is_on: date) -> list[CostTableRow]:
    now = read_stage_costs(store, as_is_on)
    made: list[CostTableRow] = []
    for stage in sorted(store.stages(), key=lambda each: each.level):
        found = now[stage.id]
        if found.people and (found.weekly_net or not is_hospital(stage)):
            year = year_of(found.weekly_net)
            made.append(CostTableRow(new_id(), table.id, stage.label, len(made), stage.id, found.people, year))
    return made


def edit_table(store: Store, table_id: str, *, base: CostTable | None = None, **changes: Any) -> CostTable:
    """Change a table's name, days or note. Raises Invalid, Conflict."""
    found = store.get(CostTable, table_id)
    with store.operation(f"Change table {found.name}") as work:
        table = drafted(store, changed(store, work.get(CostTable, table_id), changes, base))
        check_table(table)
        return work.save(table)


def remove_table(store: Store, table_id: str, *, reason: str) -> None:
    """Take a table away with its lines. Raises Invalid without a reason."""
    reason = reason_of(reason)
    if not reason:
        raise Invalid({"reason": "Reason is empty. Say why this table is taken away."})
    found = store.get(CostTable, table_id)
    with store.operation(f"Take away table {found.name}", reason=reason) as work:
        for row in work.find(CostTableRow, table_id=table_id):
            work.delete(row)
        work.delete(work.get(CostTable, table_id))


def add_row(store: Store, table_id: str, *, label: str, **fields: Any) -> CostTableRow:
    """Add a line at the end. Raises Invalid."""
    table = store.get(CostTable, table_id)
    with store.operation(f"Add {label.strip()} to table {table.name}") as work:
        others = work.find(CostTableRow, table_id=table_id)
        position = max((row.position for row in others), default=-1) + 1
        values = {name: value for name, value in fields.items() if value is not None}
        row = drafted(store, CostTableRow(new_id(), table_id, label, position, **values))
        check_row(row, others)
        return work.save(row)


def edit_row(
    store: Store, row_id: str, *, base: CostTableRow | None = None, same_unit: bool = True, **changes: Any
) -> CostTableRow:
    """Change a line. People changed by themselves keep what one of them costs (`same_unit`): the year's cost follows.

    Raises Invalid, Conflict.
    """
    found = store.get(CostTableRow, row_id)
    table = store.get(CostTable, found.table_id)
    with store.operation(f"Change {found.label} in table {table.name}") as work:
        before = work.get(CostTableRow, row_id)
        changes = dict(changes)
        if same_unit:
            changes = _with_costs(before, changes)
        row = drafted(store, changed(store, before, changes, base))
        check_row(row, work.find(CostTableRow, table_id=row.table_id))
        _name_change(store, work, table, before, row)
        return work.save(row)


def _name_change(store: Store, work: Any, table: CostTable, before: CostTableRow, row: CostTableRow) -> None:
    if before.to_be_people != row.to_be_people and row.to_be_people is not None:
        people = text.count(row.to_be_people, "person", "people")
        work.label = f"Plan {people} in {row.label}, table {table.name}"


def _with_costs(row: CostTableRow, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes with the year's cost of people who were changed without it."""
    for name in PEOPLE:
        cost = name.replace("people", "year_pence")
        people = changes.get(name)
        if name in changes and cost not in changes and people is not None and people >= 0:
            changes[cost] = getattr(scaled(row, **{name: people}), cost)
        elif name in changes and people is None and name == "to_be_people" and cost not in changes:
            changes[cost] = None
    return changes


def remove_row(store: Store, row_id: str) -> None:
    """Take a line out of its table."""
    found = store.get(CostTableRow, row_id)
    table = store.get(CostTable, found.table_id)
    with store.operation(f"Take {found.label} out of table {table.name}") as work:
        work.delete(work.get(CostTableRow, row_id))
