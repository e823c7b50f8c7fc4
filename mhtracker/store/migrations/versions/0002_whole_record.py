"""The whole record: readiness, barriers, actions, goals, measures, people around a person, documents, views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Widen what there is, and add the new tables."""
    _widen()
    _add_around_people()
    _add_around_moves()
    _add_the_rest()
    _add_needs()


def _person() -> sa.Column[str]:
    return _of("person_id", "people")


def _of(name: str, table: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), sa.ForeignKey(f"{table}.id"), nullable=nullable)


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.Text(), primary_key=True, nullable=False)


def _version() -> sa.Column[int]:
    return sa.Column("version", sa.Integer(), nullable=False)


def _widen() -> None:

    op.add_column("people", sa.Column("primary_support", sa.Text(), nullable=True))
    op.add_column("people", sa.Column("merged_into", sa.Text(), nullable=True))
    op.add_column("placements", sa.Column("weekly_charge_pence", sa.Integer(), nullable=True))
    op.add_column("placements", sa.Column("back_reason", sa.Text(), nullable=True))
    op.add_column("reviews", sa.Column("reason_code", sa.Text(), nullable=True))
    op.add_column("reviews", sa.Column("rebook_reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("reviews", sa.Column("method", sa.Text(), nullable=True))
    op.add_column("reviews", sa.Column("own_view", sa.Text(), nullable=False, server_default=""))
    op.add_column("reviews", sa.Column("works", sa.Text(), nullable=False, server_default=""))
    op.add_column("reviews", sa.Column("does_not_work", sa.Text(), nullable=False, server_default=""))
    op.add_column("reviews", sa.Column("s117_decision", sa.Text(), nullable=True))
    op.add_column("reviews", sa.Column("s117_reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("reviews", sa.Column("s117_health_name", sa.Text(), nullable=False, server_default=""))
    op.add_column("reviews", sa.Column("s117_council_name", sa.Text(), nullable=False, server_default=""))
    op.add_column("reviews", sa.Column("support_change", sa.Text(), nullable=True))
    op.add_column("reviews", sa.Column("hours_per_week", sa.Float(), nullable=True))
    op.add_column("reviews", sa.Column("weekly_cost_pence", sa.Integer(), nullable=True))
    op.add_column("reviews", sa.Column("changes_on", sa.Date(), nullable=True))
    op.add_column("statuses", sa.Column("expires_on", sa.Date(), nullable=True))
    op.add_column("statuses", sa.Column("end_reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("statuses", sa.Column("ended_by_health", sa.Text(), nullable=False, server_default=""))
    op.add_column("statuses", sa.Column("ended_by_council", sa.Text(), nullable=False, server_default=""))
    op.add_column("statuses", sa.Column("decided_by", sa.Text(), nullable=False, server_default=""))
    op.add_column("statuses", sa.Column("reference", sa.Text(), nullable=False, server_default=""))
    op.add_column("caseload", sa.Column("weekly_charge_pence", sa.Integer(), nullable=True))
    op.add_column("caseload", sa.Column("barrier", sa.Text(), nullable=False, server_default=""))
    op.add_column("caseload", sa.Column("barriers", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("caseload", sa.Column("charge", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_people_merged_into", "people", ["merged_into"])


def _add_around_people() -> None:
    op.create_table(
        "not_same",
        _id(),
        _person(),
        _of("other_id", "people"),
        sa.Column("decided_on", sa.Date(), nullable=False),
        *_text("decided_by"),
        _version(),
    )
    op.create_index("ix_not_same_other_id", "not_same", ["other_id"])
    op.create_index("ix_not_same_person_id", "not_same", ["person_id"])
    op.create_table(
        "review_attendance",
        _id(),
        _person(),
        _of("review_id", "reviews"),
        *_text("name"),
        sa.Column("role", sa.Text(), nullable=True),
        *_text("came"),
        _version(),
    )
    op.create_index("ix_review_attendance_person_id", "review_attendance", ["person_id"])
    op.create_index("ix_review_attendance_review_id", "review_attendance", ["review_id"])
    op.create_table(
        "review_types",
        _id(),
        *_text("label"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_text("begins"),
        _of("stage_id", "stages", nullable=True),
        *_text("days"),
        sa.Column("repeat_months", sa.Integer(), nullable=True),
        sa.Column("soon_days", sa.Integer(), nullable=False),
        sa.Column("lapse_days", sa.Integer(), nullable=True),
        sa.Column("contact", sa.Boolean(), nullable=False),
        sa.Column("asks_reason", sa.Boolean(), nullable=False),
        sa.Column("asks_s117", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        _version(),
    )
    op.create_table(
        "note_corrections",
        _id(),
        _person(),
        _of("note_id", "notes"),
        *_text("text", "reason", "corrected_at", "author"),
        _version(),
    )
    op.create_index("ix_note_corrections_note_id", "note_corrections", ["note_id"])
    op.create_index("ix_note_corrections_person_id", "note_corrections", ["person_id"])
    op.create_table(
        "key_events",
        _id(),
        _person(),
        sa.Column("happened_on", sa.Date(), nullable=False),
        *_text("words", "source_kind", "source_id"),
        _version(),
    )
    op.create_index("ix_key_events_person_id", "key_events", ["person_id"])
    op.create_table(
        "contacts",
        _id(),
        _person(),
        *_text("kind", "name", "relation", "organisation", "phone", "email", "address"),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("may_be_told", sa.Boolean(), nullable=True),
        sa.Column("assessment_offered_on", sa.Date(), nullable=True),
        sa.Column("assessment_declined_on", sa.Date(), nullable=True),
        sa.Column("assessment_due_on", sa.Date(), nullable=True),
        sa.Column("assessment_done_on", sa.Date(), nullable=True),
        sa.Column("at_risk_on", sa.Date(), nullable=True),
        *_text("note"),
        _version(),
    )
    op.create_index("ix_contacts_person_id", "contacts", ["person_id"])
    op.create_table(
        "warnings",
        _id(),
        _person(),
        *_text("kind", "words", "why"),
        sa.Column("raised_on", sa.Date(), nullable=False),
        *_text("raised_by"),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        *_text("end_reason"),
        _version(),
    )
    op.create_index("ix_warnings_person_id", "warnings", ["person_id"])
    op.create_index("ix_warnings_review", "warnings", ["review_on", "ended_on"])
    op.create_table(
        "documents",
        _id(),
        _person(),
        *_text("name", "media_type"),
        sa.Column("size", sa.Integer(), nullable=False),
        *_text("sha256", "added_at", "added_by"),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        *_text("note"),
        sa.Column("in_packs", sa.Boolean(), nullable=False),
        _version(),
    )
    op.create_index("ix_documents_person_id", "documents", ["person_id"])
    op.create_index("ix_documents_sha256", "documents", ["sha256"])
    op.create_table(
        "contents",
        sa.Column("sha256", sa.Text(), primary_key=True, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
    )


def _add_around_moves() -> None:
    op.create_table(
        "ratings",
        _id(),
        _person(),
        *_text("domain"),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        *_text("evidence", "rated_by"),
        _version(),
    )
    op.create_index("ix_ratings_person_id", "ratings", ["person_id"])
    op.create_table(
        "barriers",
        _id(),
        _person(),
        *_text("code"),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        *_text("note", "attributable"),
        _of("plan_id", "move_on_plans", nullable=True),
        _version(),
    )
    op.create_index("ix_barriers_person_id", "barriers", ["person_id"])
    op.create_table(
        "actions",
        _id(),
        _person(),
        *_text("what"),
        sa.Column("due_on", sa.Date(), nullable=True),
        *_text("owner"),
        _of("worker_id", "workers", nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        *_text("drop_reason", "phase", "outcome", "note"),
        sa.Column("set_on", sa.Date(), nullable=True),
        _of("plan_id", "move_on_plans", nullable=True),
        _of("placement_id", "placements", nullable=True),
        _of("review_id", "reviews", nullable=True),
        sa.Column("from_days", sa.Integer(), nullable=True),
        _version(),
    )
    op.create_index("ix_actions_due", "actions", ["done_on", "dropped_on", "due_on"])
    op.create_index("ix_actions_person_id", "actions", ["person_id"])
    op.create_index("ix_actions_review_id", "actions", ["review_id"])
    op.create_table(
        "step_templates",
        _id(),
        *_text("phase", "what"),
        sa.Column("from_days", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        _version(),
    )


def _add_the_rest() -> None:
    op.create_table(
        "goals",
        _id(),
        _person(),
        *_text("words"),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("aimed_for", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        _version(),
    )
    op.create_index("ix_goals_person_id", "goals", ["person_id"])
    op.create_table(
        "goal_scores",
        _id(),
        _person(),
        _of("goal_id", "goals"),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("scored_on", sa.Date(), nullable=False),
        *_text("note", "author"),
        _version(),
    )
    op.create_index("ix_goal_scores_goal_id", "goal_scores", ["goal_id"])
    op.create_index("ix_goal_scores_person_id", "goal_scores", ["person_id"])
    op.create_table(
        "measure_tools",
        _id(),
        *_text("name"),
        sa.Column("lowest", sa.Float(), nullable=False),
        sa.Column("highest", sa.Float(), nullable=False),
        sa.Column("higher_is_better", sa.Boolean(), nullable=False),
        *_text("licence"),
        sa.Column("repeat_months", sa.Integer(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        _version(),
    )
    op.create_table(
        "measures",
        _id(),
        _person(),
        _of("tool_id", "measure_tools"),
        sa.Column("total", sa.Float(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        *_text("note", "author"),
        _version(),
    )
    op.create_index("ix_measures_person_id", "measures", ["person_id"])
    op.create_table(
        "saved_views",
        _id(),
        *_text("name", "owner"),
        sa.Column("shared", sa.Boolean(), nullable=False),
        *_text("filters", "sort", "columns"),
        sa.Column("position", sa.Integer(), nullable=False),
        _version(),
    )
    op.create_table(
        "snoozes",
        _id(),
        _person(),
        *_text("item"),
        sa.Column("until_on", sa.Date(), nullable=False),
        *_text("reason"),
        sa.Column("put_off_on", sa.Date(), nullable=False),
        *_text("put_off_by"),
        sa.Column("ended_on", sa.Date(), nullable=True),
        _version(),
    )
    op.create_index("ix_snoozes_person_id", "snoozes", ["person_id"])
    op.create_table(
        "note_texts",
        sa.Column("note_id", sa.Text(), primary_key=True, nullable=False),
        *_text("person_id"),
        sa.Column("noted_on", sa.Date(), nullable=False),
        *_text("correction_id", "words"),
    )
    op.create_index("ix_note_texts_correction_id", "note_texts", ["correction_id"])


def _add_needs() -> None:
    op.create_table(
        "needs",
        sa.Column("person_id", sa.Text(), primary_key=True, nullable=False),
        *_text("kind"),
        sa.Column("key", sa.Text(), primary_key=True, nullable=False),
        *_text("what"),
        sa.Column("contact", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("due_on", "soon_on", "listed_on")),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("lapses_on", "booked_on")),
        *_text("booked_time"),
        sa.Column("met_on", sa.Date(), nullable=True),
    )
    op.create_index("ix_needs_lapses_on", "needs", ["lapses_on", "soon_on"])
