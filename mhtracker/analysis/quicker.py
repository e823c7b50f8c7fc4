"""What a large register is counted with sooner: given to each store that a window or a command opens."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mhtracker.store.store import Store

if TYPE_CHECKING:
    from mhtracker.domain.counting.stay_lengths import StayLengths


def help_counting(store: Store) -> Store:
    """Have a store count from columns what it would otherwise count from one person after another."""
    store.lengths_of = _lengths_by_stage
    return store


def _lengths_by_stage(store: Store, as_at: date) -> dict[str, StayLengths] | None:
    # Columns are half a second to import, so never before a large register is counted.
    from mhtracker.analysis.columns.flow import lengths_by_stage

    return lengths_by_stage(store, as_at)
