"""The tables of programmes."""

from __future__ import annotations

from sqlalchemy import Date, Float, Integer, Table

from mhtracker.domain.records import Programme, ProgrammePerson, Record
from mhtracker.store.columns import id_column, may, metadata, need, ref_column, version_column

programmes = Table(
    "programmes",
    metadata,
    id_column(),
    need("name"),
    need("baseline_on", Date),
    need("aim_on", Date),
    need("stage_ids"),
    may("aim_percent", Float),
    may("aim_people", Integer),
    need("plan"),
    may("frozen_on", Date),
    may("replaces"),
    may("ended_on", Date),
    need("note"),
    need("rule"),
    version_column(),
)

programme_people = Table(
    "programme_people",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    ref_column("programme_id", "programmes"),
    ref_column("stage_id", "stages", index=False),
    version_column(),
)

PROGRAMME_TABLES: dict[type[Record], Table] = {Programme: programmes, ProgrammePerson: programme_people}
"""In an order in which rows may be inserted."""
