"""The pictures of a person's page."""

from __future__ import annotations

from functools import partial
from typing import Any

from mhtracker.store import Store
from mhtracker.store.queries.caseload import CaseloadQuery, list_caseload
from mhtracker.ui.shots import Shot


def _somebody(store: Store, sort: str) -> dict[str, Any]:
    line = list_caseload(store, CaseloadQuery(sort=((sort, True),)), store.today, limit=1)[0]
    return {"person_id": line.person_id}


SHOTS = (
    Shot("person", "person", find=partial(_somebody, sort="slips")),
    Shot("person-move-on", "person", {"tab": "move_on"}, find=partial(_somebody, sort="slips")),
    Shot("person-reviews", "person", {"tab": "reviews"}, find=partial(_somebody, sort="slips")),
    Shot("person-goals", "person", {"tab": "goals"}, find=partial(_somebody, sort="slips")),
    Shot("person-legal", "person", {"tab": "legal"}, find=partial(_somebody, sort="slips")),
    Shot("person-money", "person", {"tab": "money"}, find=partial(_somebody, sort="slips")),
    Shot("person-people", "person", {"tab": "people"}, find=partial(_somebody, sort="slips")),
    Shot("person-notes", "person", {"tab": "notes"}, find=partial(_somebody, sort="slips")),
    Shot("person-history", "person", {"tab": "history"}, find=partial(_somebody, sort="slips")),
    Shot(
        "move-form", "person", find=partial(_somebody, sort="slips"), prepare=lambda window: window.run_command("move")
    ),
    Shot(
        "person-edit-form",
        "person",
        find=partial(_somebody, sort="slips"),
        prepare=lambda window: window.run_command("edit_person"),
    ),
)
