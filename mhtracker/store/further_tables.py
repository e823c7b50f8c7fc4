"""The tables of what is kept around a pathway: readiness, barriers, actions, goals, people, documents, views."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Float, Index, Integer, LargeBinary, Table, Text

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
    NotSame,
    Rating,
    Record,
    ReviewAttendance,
    ReviewType,
    SavedView,
    Snooze,
    StepTemplate,
)
from mhtracker.store.columns import Moment, id_column, may, metadata, need, ref_column, version_column
from mhtracker.store.place_and_cost_tables import PLACE_AND_COST_TABLES
from mhtracker.store.programme_tables import PROGRAMME_TABLES

not_same = Table(
    "not_same",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    ref_column("other_id", "people"),
    need("decided_on", Date),
    need("decided_by"),
    version_column(),
)

review_attendance = Table(
    "review_attendance",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    ref_column("review_id", "reviews"),
    need("name"),
    may("role"),
    need("came"),
    version_column(),
)

review_types = Table(
    "review_types",
    metadata,
    id_column(),
    need("label"),
    need("position", Integer),
    need("begins"),
    ref_column("stage_id", "stages", nullable=True, index=False),
    need("days"),
    may("repeat_months", Integer),
    need("soon_days", Integer),
    may("lapse_days", Integer),
    need("contact", Boolean),
    need("asks_reason", Boolean),
    need("asks_s117", Boolean),
    need("retired", Boolean),
    version_column(),
)

note_corrections = Table(
    "note_corrections",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    ref_column("note_id", "notes"),
    need("text"),
    need("reason"),
    need("corrected_at", Moment),
    need("author"),
    version_column(),
)

key_events = Table(
    "key_events",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    need("happened_on", Date),
    need("words"),
    need("source_kind"),
    need("source_id"),
    version_column(),
)

ratings = Table(
    "ratings",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    need("domain"),
    need("rating", Integer),
    need("rated_on", Date),
    need("evidence"),
    need("rated_by"),
    version_column(),
)

barriers = Table(
    "barriers",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    need("code"),
    need("started_on", Date),
    may("ended_on", Date),
    need("note"),
    need("attributable"),
    ref_column("plan_id", "move_on_plans", nullable=True, index=False),
    version_column(),
)

actions = Table(
    "actions",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    need("what"),
    may("due_on", Date),
    need("owner"),
    ref_column("worker_id", "workers", nullable=True, index=False),
    may("done_on", Date),
    may("dropped_on", Date),
    need("drop_reason"),
    need("phase"),
    need("outcome"),
    need("note"),
    may("set_on", Date),
    ref_column("plan_id", "move_on_plans", nullable=True, index=False),
    ref_column("placement_id", "placements", nullable=True, index=False),
    ref_column("review_id", "reviews", nullable=True),
    may("from_days", Integer),
    version_column(),
    Index("ix_actions_due", "done_on", "dropped_on", "due_on"),
)

step_templates = Table(
    "step_templates",
    metadata,
    id_column(),
    need("phase"),
    need("what"),
    need("from_days", Integer),
    need("position", Integer),
    need("retired", Boolean),
    version_column(),
)

goals = Table(
    "goals",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    need("words"),
    need("set_on", Date),
    may("aimed_for", Date),
    may("ended_on", Date),
    may("end_reason"),
    need("position", Integer),
    version_column(),
)

goal_scores = Table(
    "goal_scores",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    ref_column("goal_id", "goals"),
    need("score", Integer),
    need("scored_on", Date),
    need("note"),
    need("author"),
    version_column(),
)

measure_tools = Table(
    "measure_tools",
    metadata,
    id_column(),
    need("name"),
    need("lowest", Float),
    need("highest", Float),
    need("higher_is_better", Boolean),
    need("licence"),
    may("repeat_months", Integer),
    need("retired", Boolean),
    version_column(),
)

measures = Table(
    "measures",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    ref_column("tool_id", "measure_tools", index=False),
    need("total", Float),
    need("taken_on", Date),
    need("note"),
    need("author"),
    version_column(),
)

contacts = Table(
    "contacts",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    need("kind"),
    need("name"),
    need("relation"),
    need("organisation"),
    need("phone"),
    need("email"),
    need("address"),
    may("started_on", Date),
    may("ended_on", Date),
    may("may_be_told", Boolean),
    may("assessment_offered_on", Date),
    may("assessment_declined_on", Date),
    may("assessment_due_on", Date),
    may("assessment_done_on", Date),
    may("at_risk_on", Date),
    need("note"),
    version_column(),
    Index("ix_contacts_assessment", "assessment_due_on", "assessment_offered_on"),
)

warnings = Table(
    "warnings",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    need("kind"),
    need("words"),
    need("why"),
    need("raised_on", Date),
    need("raised_by"),
    may("review_on", Date),
    may("checked_on", Date),
    may("expires_on", Date),
    may("ended_on", Date),
    need("end_reason"),
    version_column(),
    Index("ix_warnings_review", "review_on", "ended_on"),
)

documents = Table(
    "documents",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    need("name"),
    need("media_type"),
    need("size", Integer),
    need("sha256"),
    need("added_at", Moment),
    need("added_by"),
    may("about"),
    may("dated_on", Date),
    need("note"),
    need("in_packs", Boolean),
    version_column(),
    Index("ix_documents_sha256", "sha256"),
)

saved_views = Table(
    "saved_views",
    metadata,
    id_column(),
    need("name"),
    need("owner"),
    need("shared", Boolean),
    need("filters"),
    need("sort"),
    need("columns"),
    need("position", Integer),
    version_column(),
)

snoozes = Table(
    "snoozes",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    need("item"),
    need("until_on", Date),
    need("reason"),
    need("put_off_on", Date),
    need("put_off_by"),
    may("ended_on", Date),
    version_column(),
)

contents = Table(
    "contents",
    metadata,
    Column("sha256", Text, primary_key=True),
    need("size", Integer),
    need("bytes", LargeBinary),
)
"""What documents hold, each once, by its SHA-256. Outside the journal, which names the hash: bytes never change."""

FURTHER_TABLES: dict[type[Record], Table] = {
    NotSame: not_same,
    ReviewAttendance: review_attendance,
    ReviewType: review_types,
    NoteCorrection: note_corrections,
    KeyEvent: key_events,
    Rating: ratings,
    Barrier: barriers,
    Action: actions,
    StepTemplate: step_templates,
    Goal: goals,
    GoalScore: goal_scores,
    MeasureTool: measure_tools,
    MeasureScore: measures,
    Contact: contacts,
    CareWarning: warnings,
    Document: documents,
    SavedView: saved_views,
    Snooze: snoozes,
    **PROGRAMME_TABLES,
    **PLACE_AND_COST_TABLES,
}
"""The table of each of these record types, in an order in which rows may be inserted."""
