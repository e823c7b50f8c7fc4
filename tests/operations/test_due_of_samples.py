"""An imported history asks for one review of each person, and for nothing that is long past."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from mhtracker.store import Store
from mhtracker.store.queries.due import list_due
from tests.operations.sheets_at_hand import SAMPLES, TODAY, imported

SHEETS = ("moving-on-team.xlsx", "mixed-dates.xlsx", "placement-history.csv")


@pytest.mark.parametrize("name", SHEETS)
def test_nobody_has_two_review_lines_but_those_whose_enablement_has_just_begun(store: Store, name: str) -> None:
    imported(store, SAMPLES / name)
    for until in (None, TODAY, date(2027, 12, 31)):
        items = [item for item in list_due(store, TODAY, until=until) if item.kind == "review"]
        twice = {person_id for person_id, lines in Counter(i.person_id for i in items).items() if lines > 1}
        assert all(TODAY - i.line.since_on < timedelta(days=56) for i in items if i.person_id in twice)
        assert not twice or until == date(2027, 12, 31)
        assert all(item.due_on >= TODAY - timedelta(days=31) for item in items if item.need is not None)
