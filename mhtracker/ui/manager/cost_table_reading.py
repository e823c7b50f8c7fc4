"""What the card of "as is → to be" asks of the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker.domain.records import Stage
from mhtracker.operations.money.cost_tables import TableNow, read_tables
from mhtracker.store import Store


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table with its lines beside the register, the latest first, and the stages a line may be compared with."""

    tables: tuple[TableNow, ...]
    stages: tuple[Stage, ...]


def read_cost_tables(store: Store, as_at: date) -> Tables:
    """Runs on the register's thread; everybody's costs are read only where there is a table."""
    return Tables(read_tables(store, as_at), tuple(stage for stage in store.stages() if not stage.retired))
