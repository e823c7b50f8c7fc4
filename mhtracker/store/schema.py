"""The tables of a register. One table per record type, column for field; the journal; and tables derived from them.

`migrations/` builds them; a test keeps the two alike.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Float, Index, Integer, Table, Text

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
from mhtracker.store.columns import Moment, id_column, may, metadata, need, ref_column, version_column
from mhtracker.store.further_tables import FURTHER_TABLES

SCHEMA = "0005"
"""The newest migration: what a register opened by this program is brought to."""

APPLICATION_ID = 0x4D485452
"""Stands in the header of every SQLite register ("MHTR"), so that other programs' files are told apart."""

teams = Table("teams", metadata, id_column(), need("name"), version_column())

workers = Table(
    "workers",
    metadata,
    id_column(),
    need("name"),
    ref_column("team_id", "teams", nullable=True),
    need("role"),
    may("left_on", Date),
    version_column(),
)

stages = Table(
    "stages",
    metadata,
    id_column(),
    need("label"),
    need("letter"),
    need("colour"),
    need("level", Integer),
    may("limit_days", Integer),
    need("keeps_place", Boolean),
    need("own_home", Boolean),
    need("retired", Boolean),
    need("optional", Boolean),
    may("kind"),
    version_column(),
)

providers = Table(
    "providers",
    metadata,
    id_column(),
    need("name"),
    need("own", Boolean),
    need("contact"),
    need("phone"),
    need("email"),
    need("note"),
    version_column(),
)

services = Table(
    "services",
    metadata,
    id_column(),
    need("name"),
    ref_column("provider_id", "providers", nullable=True),
    ref_column("stage_id", "stages", nullable=True),
    need("locality"),
    may("capacity", Integer),
    may("hours_per_week", Float),
    may("rate_pence", Integer),
    need("rate_frequency"),
    need("features"),
    need("lot"),
    may("specialised", Boolean),
    need("in_area", Boolean),
    need("cqc_id"),
    may("service_type"),
    may("opened_on", Date),
    may("closed_on", Date),
    need("note"),
    version_column(),
)

people = Table(
    "people",
    metadata,
    id_column(),
    Column("ref", Text, nullable=False, unique=True),
    need("surname"),
    need("given_names"),
    need("known_as"),
    Column("born_on", Date, index=True),
    need("born_precision"),
    Column("nhs_number", Text, index=True),
    Column("local_id", Text, index=True),
    may("gender"),
    may("ethnicity"),
    need("locality"),
    ref_column("worker_id", "workers", nullable=True),
    ref_column("team_id", "teams", nullable=True),
    need("care_coordinator"),
    may("died_on", Date),
    may("left_on", Date),
    may("left_reason"),
    may("primary_support"),
    Column("merged_into", Text, index=True),
    version_column(),
)

placements = Table(
    "placements",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    ref_column("stage_id", "stages", index=False),
    Column("started_on", Date, nullable=False, index=True),
    Column("ended_on", Date, index=True),
    ref_column("service_id", "services", nullable=True),
    need("address"),
    may("planned", Boolean),
    may("end_reason"),
    may("destination"),
    need("gap_reason"),
    may("weekly_cost_pence", Integer),
    may("weekly_charge_pence", Integer),
    need("note"),
    may("back_reason"),
    may("unit_id"),
    version_column(),
)

move_on_plans = Table(
    "move_on_plans",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    ref_column("aim_stage_id", "stages", nullable=True, index=False),
    need("aim"),
    may("started_on", Date),
    may("ended_on", Date),
    may("end_reason"),
    version_column(),
)

targets = Table(
    "targets",
    metadata,
    id_column(),
    ref_column("plan_id", "move_on_plans"),
    ref_column("person_id", "people"),
    need("target_on", Date),
    need("set_on", Date),
    may("reason_code"),
    need("reason"),
    need("set_by"),
    need("position", Integer),
    version_column(),
)

reviews = Table(
    "reviews",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    need("kind"),
    may("due_on", Date),
    may("booked_on", Date),
    need("booked_time"),
    may("held_on", Date),
    may("outcome"),
    need("summary"),
    need("attended"),
    may("abandoned_on", Date),
    need("abandon_reason"),
    may("reason_code"),
    need("rebook_reason"),
    may("method"),
    need("own_view"),
    need("works"),
    need("does_not_work"),
    may("s117_decision"),
    need("s117_reason"),
    need("s117_health_name"),
    need("s117_council_name"),
    may("support_change"),
    may("hours_per_week", Float),
    may("weekly_cost_pence", Integer),
    may("changes_on", Date),
    version_column(),
)

statuses = Table(
    "statuses",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    need("kind"),
    need("code"),
    may("started_on", Date),
    may("ended_on", Date),
    need("note"),
    may("expires_on", Date),
    need("end_reason"),
    need("ended_by_health"),
    need("ended_by_council"),
    need("decided_by"),
    need("reference"),
    version_column(),
    Index("ix_statuses_expires_on", "expires_on"),
)

notes = Table(
    "notes",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    need("kind"),
    need("noted_on", Date),
    need("text"),
    need("author"),
    may("finished_at", Moment),
    version_column(),
)

codes = Table(
    "codes",
    metadata,
    id_column(),
    Column("list_name", Text, nullable=False, index=True),
    need("code"),
    need("label"),
    need("position", Integer),
    may("valid_from", Date),
    may("valid_to", Date),
    version_column(),
)

settings = Table("settings", metadata, id_column(), need("value"), version_column())

import_words = Table(
    "import_words", metadata, id_column(), need("field_name"), need("word"), need("value"), version_column()
)

put_aside_rows = Table(
    "put_aside_rows",
    metadata,
    id_column(),
    need("file"),
    need("sheet"),
    need("row", Integer),
    need("column"),
    need("value"),
    need("reason"),
    need("cells"),
    need("mapping"),
    may("put_aside_on", Date),
    may("settled_on", Date),
    need("settled_how"),
    version_column(),
)

imported_files = Table(
    "imported_files",
    metadata,
    id_column(),
    need("file"),
    need("sheet"),
    Column("sha256", Text, nullable=False, index=True),
    need("imported_on", Date),
    need("people_rows", Integer),
    version_column(),
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
    **FURTHER_TABLES,
}
"""The table of each record type, in an order in which rows may be inserted (and, reversed, deleted)."""

operations = Table(
    "operations",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    need("at_utc"),
    need("who"),
    need("label"),
    need("reason"),
    Column("undoes", Text, index=True),
    Column("person_id", Text),
    need("first_change", Integer),
    need("last_change", Integer),
    need("final", Boolean),
    need("digest"),
)

changes = Table(
    "changes",
    metadata,
    Column("seq", Integer, primary_key=True),
    need("kind"),
    need("record_id"),
    may("person_id"),
    may("before"),
    may("after"),
    Index("ix_changes_record", "record_id", "kind"),
    Index("ix_changes_person", "person_id"),
)

register = Table("register", metadata, Column("key", Text, primary_key=True), need("value"))
"""What is true of the file itself: made by, demo mark. Written once, by whoever makes the register."""

drafts = Table(
    "drafts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("person_id", Text),
    need("label"),
    need("texts"),
    need("saved_at"),
)
"""Forms not yet recorded, as typed. Outside the journal: unfinished words are not part of the record."""
