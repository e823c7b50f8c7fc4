"""Places, contracts and costs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables, and what providers, services and stays now tell."""
    _wider_office()
    _places()
    _costs()
    _kept_columns()
    op.add_column("placements", sa.Column("unit_id", sa.Text(), nullable=True))
    op.add_column("programmes", sa.Column("rule", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_contacts_assessment", "contacts", ["assessment_due_on", "assessment_offered_on"])
    op.create_index("ix_statuses_expires_on", "statuses", ["expires_on"])
    op.drop_index("ix_caseload_counted", "caseload")
    counted = ["stage_level", "s117", "team", "worker", "locality", "review_due_on", "review_soon_on", "target_on"]
    counted += ["target_original_on", "slips", "since_on", "plan_id"]
    op.create_index("ix_caseload_counted", "caseload", ["status", *counted])


def _wider_office() -> None:
    op.add_column("stages", sa.Column("kind", sa.Text(), nullable=True))
    op.add_column("providers", sa.Column("own", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("providers", sa.Column("contact", sa.Text(), nullable=False, server_default=""))
    op.add_column("providers", sa.Column("phone", sa.Text(), nullable=False, server_default=""))
    op.add_column("providers", sa.Column("email", sa.Text(), nullable=False, server_default=""))
    op.add_column("providers", sa.Column("note", sa.Text(), nullable=False, server_default=""))
    op.add_column("services", sa.Column("capacity", sa.Integer(), nullable=True))
    op.add_column("services", sa.Column("hours_per_week", sa.Float(), nullable=True))
    op.add_column("services", sa.Column("rate_pence", sa.Integer(), nullable=True))
    op.add_column("services", sa.Column("rate_frequency", sa.Text(), nullable=False, server_default="weekly"))
    op.add_column("services", sa.Column("features", sa.Text(), nullable=False, server_default=""))
    op.add_column("services", sa.Column("lot", sa.Text(), nullable=False, server_default=""))
    op.add_column("services", sa.Column("specialised", sa.Boolean(), nullable=True))
    op.add_column("services", sa.Column("in_area", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("services", sa.Column("cqc_id", sa.Text(), nullable=False, server_default=""))
    op.add_column("services", sa.Column("service_type", sa.Text(), nullable=True))
    op.add_column("services", sa.Column("opened_on", sa.Date(), nullable=True))
    op.add_column("services", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column("services", sa.Column("note", sa.Text(), nullable=False, server_default=""))


def _places() -> None:
    op.create_table(
        "units",
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("service_id", sa.Text(), sa.ForeignKey("services.id"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("features", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_units_service_id", "units", ["service_id"])
    op.create_table(
        "holds",
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("service_id", sa.Text(), sa.ForeignKey("services.id"), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Text(), sa.ForeignKey("units.id"), nullable=True),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.id"), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason_code", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("held_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_holds_service_id", "holds", ["service_id"])
    op.create_index("ix_holds_unit_id", "holds", ["unit_id"])
    op.create_index("ix_holds_person_id", "holds", ["person_id"])
    op.create_table(
        "waiting",
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("stage_id", sa.Text(), sa.ForeignKey("stages.id"), nullable=True),
        sa.Column("service_id", sa.Text(), sa.ForeignKey("services.id"), nullable=True),
        sa.Column("localities", sa.Text(), nullable=False),
        sa.Column("features", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("priority_reason", sa.Text(), nullable=False),
        sa.Column("needs_home", sa.Boolean(), nullable=False),
        sa.Column("own_wish", sa.Boolean(), nullable=True),
        sa.Column("funding_agreed", sa.Boolean(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_waiting_person_id", "waiting", ["person_id"])
    op.create_index("ix_waiting_service_id", "waiting", ["service_id"])
    op.create_table(
        "offers",
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("waiting_id", sa.Text(), sa.ForeignKey("waiting.id"), nullable=False),
        sa.Column("service_id", sa.Text(), sa.ForeignKey("services.id"), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Text(), sa.ForeignKey("units.id"), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("reason_code", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_offers_person_id", "offers", ["person_id"])
    op.create_index("ix_offers_waiting_id", "offers", ["waiting_id"])
    op.create_index("ix_offers_service_id", "offers", ["service_id"])
    op.create_index("ix_offers_unit_id", "offers", ["unit_id"])
    op.create_table(
        "contracts",
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("provider_id", sa.Text(), sa.ForeignKey("providers.id"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("service_ids", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("lot", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("extendable_to", sa.Date(), nullable=True),
        sa.Column("value_pence", sa.Integer(), nullable=True),
        sa.Column("value_frequency", sa.Text(), nullable=False),
        sa.Column("warn_months", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_contracts_provider_id", "contracts", ["provider_id"])


def _costs() -> None:
    op.create_table(
        "cost_lines",
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rate_pence", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("units", sa.Float(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("placement_id", sa.Text(), sa.ForeignKey("placements.id"), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("taper_id", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_cost_lines_person_id", "cost_lines", ["person_id"])
    op.create_index("ix_cost_lines_placement_id", "cost_lines", ["placement_id"])
    op.create_table(
        "funding_splits",
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("person_pence", sa.Integer(), nullable=False),
        sa.Column("health_percent", sa.Float(), nullable=True),
        sa.Column("health_pence", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("agreed_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_funding_splits_person_id", "funding_splits", ["person_id"])
    op.create_table(
        "cost_tables",
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("as_is_on", sa.Date(), nullable=False),
        sa.Column("to_be_on", sa.Date(), nullable=True),
        sa.Column("preset", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "cost_table_rows",
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("table_id", sa.Text(), sa.ForeignKey("cost_tables.id"), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Text(), sa.ForeignKey("stages.id"), nullable=True),
        sa.Column("as_is_people", sa.Integer(), nullable=True),
        sa.Column("as_is_year_pence", sa.Integer(), nullable=False),
        sa.Column("to_be_people", sa.Integer(), nullable=True),
        sa.Column("to_be_year_pence", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_cost_table_rows_table_id", "cost_table_rows", ["table_id"])


def _kept_columns() -> None:
    op.create_table(
        "kept_columns",
        sa.Column("name", sa.Text(), primary_key=True, nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("through_seq", sa.Integer(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
