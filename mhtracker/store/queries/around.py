"""What is kept around people's pathways: read for many people at once, since packs ask for hundreds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mhtracker.domain.around import Around, as_it_stood
from mhtracker.domain.records import (
    Action,
    Barrier,
    CareWarning,
    Contact,
    Document,
    Goal,
    GoalScore,
    KeyEvent,
    MeasureScore,
    MeasureTool,
    NoteCorrection,
    Rating,
    Record,
    ReviewAttendance,
)
from mhtracker.store.lines import read_rows
from mhtracker.store.store import Store

PLACES: dict[type[Record], str] = {
    Rating: "ratings",
    Barrier: "barriers",
    Action: "actions",
    Goal: "goals",
    GoalScore: "goal_scores",
    MeasureScore: "measures",
    Contact: "contacts",
    CareWarning: "warnings",
    Document: "documents",
    NoteCorrection: "corrections",
    KeyEvent: "key_events",
    ReviewAttendance: "attendance",
}
"""Where `Around` keeps each record type."""

_LISTS: dict[type[Record], tuple[tuple[str, str], ...]] = {
    Rating: (("readiness_domain", "domain"),),
    Barrier: (("delay_reason", "code"), ("attributable", "attributable")),
    Action: (("action_phase", "phase"), ("sustainment", "outcome")),
    Goal: (("goal_end", "end_reason"),),
    Contact: (("contact_kind", "kind"),),
    CareWarning: (("warning_kind", "kind"),),
    Document: (("document_kind", "about"),),
    ReviewAttendance: (("contact_kind", "role"), ("attendance", "came")),
}


def read_around(store: Store, person_ids: Sequence[str], as_at: date) -> dict[str, Around]:
    """What stood around each of some people on a day, by person id."""
    tools = store.kept("measure tools", lambda: {tool.id: tool for tool in store.find(MeasureTool)})
    found = {person_id: Around(tools=tools) for person_id in person_ids}
    for record_type, place in PLACES.items():
        for record in read_rows(store, record_type, "person_id", person_ids):
            getattr(found[getattr(record, "person_id")], place).append(record)  # noqa: B009
    return {person_id: as_it_stood(around, as_at) for person_id, around in found.items()}


def codes_used(around: Around) -> set[tuple[str, str | None]]:
    """Every (list, code) these records hold, for their labels."""
    return {
        (list_name, getattr(record, name))
        for record_type, lists in _LISTS.items()
        for record in getattr(around, PLACES[record_type])
        for list_name, name in lists
    }
