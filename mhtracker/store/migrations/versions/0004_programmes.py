"""Programmes and their people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "programmes",
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("baseline_on", sa.Date(), nullable=False),
        sa.Column("aim_on", sa.Date(), nullable=False),
        sa.Column("stage_ids", sa.Text(), nullable=False),
        sa.Column("aim_percent", sa.Float(), nullable=True),
        sa.Column("aim_people", sa.Integer(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=True),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "programme_people",
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("programme_id", sa.Text(), sa.ForeignKey("programmes.id"), nullable=False),
        sa.Column("stage_id", sa.Text(), sa.ForeignKey("stages.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_programme_people_person_id", "programme_people", ["person_id"])
    op.create_index("ix_programme_people_programme_id", "programme_people", ["programme_id"])
