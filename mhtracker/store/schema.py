"""The tables of a register. One table per record type, column for field; the journal; and tables derived from them.

`migrations/` builds them; a test keeps the two alike.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, MetaData, Table, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from mhtracker.domain.records import (
    CodeItem,
    ImportedFile,
    ImportWord,
    LegalAndStatus,
    MoveOnPlan,
    Note,
    Person,
    Placement,
    Provider,
    PutAside,
    Record,
    Review,
    Service,
    Setting,
    Stage,
    Target,
    Team,
    Worker,
)

SCHEMA = "0001"
"""The newest migration: what a register opened by this program is brought to."""

APPLICATION_ID = 0x4D485452
"""Stands in the header of every SQLite register ("MHTR"), so that other programs' files are told apart."""

metadata = MetaData()

# Sorted by code point everywhere: PostgreSQL's own collations would sort and search folded keys another way.
Key = Text().with_variant(Text(collation="C"), "postgresql")


class Moment(TypeDecorator[datetime]):
    """A UTC moment as ISO text: the databases' own types drop the zone, and no longer equal what was recorded."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        return value.isoformat() if value is not None else None

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        return datetime.fromisoformat(value) if value is not None else None


def _id() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _ref(name: str, target: str, *, nullable: bool = False, index: bool = True) -> Column[str]:
    return Column(name, Text, ForeignKey(f"{target}.id"), nullable=nullable, index=index)


def _need(name: str, kind: type[TypeEngine] = Text) -> Column:  # type: ignore[type-arg]
    return Column(name, kind, nullable=False)


def _may(name: str, kind: type[TypeEngine] = Text) -> Column:  # type: ignore[type-arg]
    return Column(name, kind)


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False)


teams = Table("teams", metadata, _id(), _need("name"), _version())

workers = Table(
    "workers",
    metadata,
    _id(),
    _need("name"),
    _ref("team_id", "teams", nullable=True),
    _need("role"),
    _may("left_on", Date),
    _version(),
)

stages = Table(
    "stages",
    metadata,
    _id(),
    _need("label"),
    _need("letter"),
    _need("colour"),
    _need("level", Integer),
    _may("limit_days", Integer),
    _need("keeps_place", Boolean),
    _need("own_home", Boolean),
    _need("retired", Boolean),
    _need("optional", Boolean),
    _version(),
)

providers = Table("providers", metadata, _id(), _need("name"), _version())

services = Table(
    "services",
    metadata,
    _id(),
    _need("name"),
    _ref("provider_id", "providers", nullable=True),
    _ref("stage_id", "stages", nullable=True),
    _need("locality"),
    _version(),
)

people = Table(
    "people",
    metadata,
    _id(),
    Column("ref", Text, nullable=False, unique=True),
    _need("surname"),
    _need("given_names"),
    _need("known_as"),
    _may("born_on", Date),
    _need("born_precision"),
    Column("nhs_number", Text, index=True),
    Column("local_id", Text, index=True),
    _may("gender"),
    _may("ethnicity"),
    _need("locality"),
    _ref("worker_id", "workers", nullable=True),
    _ref("team_id", "teams", nullable=True),
    _need("care_coordinator"),
    _may("died_on", Date),
    _may("left_on", Date),
    _may("left_reason"),
    _version(),
)

placements = Table(
    "placements",
    metadata,
    _id(),
    _ref("person_id", "people"),
    _ref("stage_id", "stages", index=False),
    _need("started_on", Date),
    _may("ended_on", Date),
    _ref("service_id", "services", nullable=True),
    _need("address"),
    _may("planned", Boolean),
    _may("end_reason"),
    _may("destination"),
    _need("gap_reason"),
    _may("weekly_cost_pence", Integer),
    _need("note"),
    _version(),
)

move_on_plans = Table(
    "move_on_plans",
    metadata,
    _id(),
    _ref("person_id", "people"),
    _ref("aim_stage_id", "stages", nullable=True, index=False),
    _need("aim"),
    _may("started_on", Date),
    _may("ended_on", Date),
    _may("end_reason"),
    _version(),
)

targets = Table(
    "targets",
    metadata,
    _id(),
    _ref("plan_id", "move_on_plans"),
    _ref("person_id", "people"),
    _need("target_on", Date),
    _need("set_on", Date),
    _may("reason_code"),
    _need("reason"),
    _need("set_by"),
    _need("position", Integer),
    _version(),
)

reviews = Table(
    "reviews",
    metadata,
    _id(),
    _ref("person_id", "people"),
    _need("kind"),
    _may("due_on", Date),
    _may("booked_on", Date),
    _need("booked_time"),
    _may("held_on", Date),
    _may("outcome"),
    _need("summary"),
    _need("attended"),
    _may("abandoned_on", Date),
    _need("abandon_reason"),
    _version(),
)

statuses = Table(
    "statuses",
    metadata,
    _id(),
    _ref("person_id", "people"),
    _need("kind"),
    _need("code"),
    _may("started_on", Date),
    _may("ended_on", Date),
    _need("note"),
    _version(),
)

notes = Table(
    "notes",
    metadata,
    _id(),
    _ref("person_id", "people"),
    _need("kind"),
    _need("noted_on", Date),
    _need("text"),
    _need("author"),
    _may("finished_at", Moment),
    _version(),
)

codes = Table(
    "codes",
    metadata,
    _id(),
    Column("list_name", Text, nullable=False, index=True),
    _need("code"),
    _need("label"),
    _need("position", Integer),
    _may("valid_from", Date),
    _may("valid_to", Date),
    _version(),
)

settings = Table("settings", metadata, _id(), _need("value"), _version())

import_words = Table("import_words", metadata, _id(), _need("field_name"), _need("word"), _need("value"), _version())

put_aside_rows = Table(
    "put_aside_rows",
    metadata,
    _id(),
    _need("file"),
    _need("sheet"),
    _need("row", Integer),
    _need("column"),
    _need("value"),
    _need("reason"),
    _need("cells"),
    _need("mapping"),
    _may("put_aside_on", Date),
    _may("settled_on", Date),
    _need("settled_how"),
    _version(),
)

imported_files = Table(
    "imported_files",
    metadata,
    _id(),
    _need("file"),
    _need("sheet"),
    Column("sha256", Text, nullable=False, index=True),
    _need("imported_on", Date),
    _need("people_rows", Integer),
    _version(),
)

RECORD_TABLES: dict[type[Record], Table] = {
    Team: teams,
    Worker: workers,
    Stage: stages,
    Provider: providers,
    Service: services,
    Person: people,
    Placement: placements,
    MoveOnPlan: move_on_plans,
    Target: targets,
    Review: reviews,
    LegalAndStatus: statuses,
    Note: notes,
    CodeItem: codes,
    Setting: settings,
    ImportWord: import_words,
    PutAside: put_aside_rows,
    ImportedFile: imported_files,
}
"""The table of each record type, in an order in which rows may be inserted (and, reversed, deleted)."""

operations = Table(
    "operations",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    _need("at_utc"),
    _need("who"),
    _need("label"),
    _need("reason"),
    Column("undoes", Text, index=True),
    Column("person_id", Text),
    _need("first_change", Integer),
    _need("last_change", Integer),
    _need("final", Boolean),
    _need("digest"),
)

changes = Table(
    "changes",
    metadata,
    Column("seq", Integer, primary_key=True),
    _need("kind"),
    _need("record_id"),
    _may("person_id"),
    _may("before"),
    _may("after"),
    Index("ix_changes_record", "record_id", "kind"),
    Index("ix_changes_person", "person_id"),
)

register = Table("register", metadata, Column("key", Text, primary_key=True), _need("value"))
"""What is true of the file itself: made by, demo mark. Written once, by whoever makes the register."""

drafts = Table(
    "drafts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("person_id", Text),
    _need("label"),
    _need("texts"),
    _need("saved_at"),
)
"""Forms not yet recorded, as typed. Outside the journal: unfinished words are not part of the record."""

caseload = Table(
    "caseload",
    metadata,
    Column("person_id", Text, primary_key=True),
    _need("ref"),
    _need("surname"),
    _need("given_names"),
    _need("known_as"),
    Column("name_key", Key, nullable=False),
    _may("born_on", Date),
    _need("born_precision"),
    _may("nhs_number"),
    _may("local_id"),
    _may("gender"),
    _need("locality"),
    _need("status"),
    _may("stage_id"),
    _need("stage"),
    _need("stage_level", Integer),
    _may("service_id"),
    _need("service"),
    _need("provider"),
    _need("address"),
    _may("since_on", Date),
    _may("worker_id"),
    _need("worker"),
    _may("team_id"),
    _need("team"),
    _need("s117", Boolean),
    _need("accommodation"),
    _need("employment"),
    _may("aim_stage_id"),
    _may("plan_id"),
    _may("target_original_on", Date),
    _may("target_on", Date),
    _need("slips", Integer),
    _may("review_due_on", Date),
    _may("review_soon_on", Date),
    _need("review_first", Boolean),
    _need("review_never", Boolean),
    _may("review_booked_on", Date),
    _need("review_booked_time"),
    _may("last_reviewed_on", Date),
    _may("weekly_cost_pence", Integer),
    _may("left_on", Date),
    _need("strip"),
    _need("good_from", Date),
    _need("good_until", Date),
)
"""Derived: `domain.caseload.build_line` of every person, kept by the journal, so that lists sort and filter in SQL."""

CASELOAD_ORDERS = (
    "name_key",
    "stage_level",
    "service",
    "since_on",
    "review_due_on",
    "target_on",
    "worker",
    "team",
    "locality",
    "born_on",
)
for _column in CASELOAD_ORDERS:
    # The status leads since every list names it; the name breaks ties in the order that the list shows.
    _last = () if _column == "name_key" else (caseload.c.name_key,)
    Index(f"ix_caseload_{_column}", caseload.c.status, caseload.c[_column], *_last)
Index("ix_caseload_good_until", caseload.c.good_until)
Index("ix_caseload_worker_id", caseload.c.worker_id)

search_words = Table(
    "search_words",
    metadata,
    Column("word", Key, primary_key=True),
    Column("person_id", Text, primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""Derived: the folded words a person is found by (`domain.names.search_words`)."""
