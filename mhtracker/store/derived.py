"""The tables derived from the records: what the journal keeps so that lists sort, filter, count and search in SQL.

And columns that figures are counted from, which are kept in idle time.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, Table, Text

from mhtracker.store.columns import Key, may, metadata, need

caseload = Table(
    "caseload",
    metadata,
    Column("person_id", Text, primary_key=True),
    need("ref"),
    need("surname"),
    need("given_names"),
    need("known_as"),
    Column("name_key", Key, nullable=False),
    may("born_on", Date),
    need("born_precision"),
    may("nhs_number"),
    may("local_id"),
    may("gender"),
    need("locality"),
    need("status"),
    may("stage_id"),
    need("stage"),
    need("stage_level", Integer),
    may("service_id"),
    need("service"),
    need("provider"),
    need("address"),
    may("since_on", Date),
    may("worker_id"),
    need("worker"),
    may("team_id"),
    need("team"),
    need("s117", Boolean),
    need("accommodation"),
    need("employment"),
    may("aim_stage_id"),
    may("plan_id"),
    may("target_original_on", Date),
    may("target_on", Date),
    need("slips", Integer),
    may("review_due_on", Date),
    may("review_soon_on", Date),
    need("review_first", Boolean),
    need("review_never", Boolean),
    may("review_booked_on", Date),
    need("review_booked_time"),
    may("last_reviewed_on", Date),
    may("weekly_cost_pence", Integer),
    may("weekly_charge_pence", Integer),
    need("charge", Boolean),
    need("barrier"),
    need("barriers", Integer),
    may("left_on", Date),
    need("strip"),
    need("good_from", Date),
    need("good_until", Date),
)
"""Derived: `domain.caseload.build_line` of every person, kept by the journal, so that lists sort and filter in SQL."""

CASELOAD_ORDERS = (
    "name_key",
    "service",
    "since_on",
    "review_due_on",
    "target_on",
    "worker",
    "team",
    "locality",
    "born_on",
    "s117",
)
# The status leads since every list names it. Name and id follow: they break ties in the order that lists show, and a
# page deep in a list is found in the index alone, without reading the lines that are passed over.
_by_name = (caseload.c.name_key, caseload.c.person_id)
for _column in CASELOAD_ORDERS:
    _first = () if _column == "name_key" else (caseload.c[_column],)
    Index(f"ix_caseload_{_column}", caseload.c.status, *_first, *_by_name)
# Stage and state of the review together are what lists are filtered by most.
Index("ix_caseload_stage_level", caseload.c.status, caseload.c.stage_level, caseload.c.review_due_on, *_by_name)
# What people filter by and count, side by side: counting any mixture of it never reads the lines themselves.
CASELOAD_COUNTED = (
    "stage_level",
    "s117",
    "team",
    "worker",
    "locality",
    "review_due_on",
    "review_soon_on",
    "target_on",
    "target_original_on",
    "slips",
    "since_on",
    "plan_id",
)
Index("ix_caseload_counted", caseload.c.status, *(caseload.c[name] for name in CASELOAD_COUNTED))
Index("ix_caseload_good_from", caseload.c.good_from)
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

note_texts = Table(
    "note_texts",
    metadata,
    Column("note_id", Text, primary_key=True),
    need("person_id"),
    need("noted_on", Date),
    Column("correction_id", Text, nullable=False, index=True),
    need("words"),
)
"""Derived: what each note says now, folded. `correction_id` is the correction that holds, "" for the first words."""

likeness_keys = Table(
    "likeness_keys",
    metadata,
    Column("key", Key, primary_key=True),
    Column("person_id", Text, primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""Derived: what names sound like (`domain.likeness.keys.stored_keys`), to find those who may be the same person."""

kept_columns = Table(
    "kept_columns",
    metadata,
    Column("name", Text, primary_key=True),
    need("made", Integer),
    need("through_seq", Integer),
    need("chain"),
    need("seal"),
    need("body", LargeBinary),
)
"""Derived, only in large registers: everybody's columns of numbers as they were after an operation (`kept_columns`)."""
