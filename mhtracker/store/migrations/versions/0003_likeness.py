"""What those who may be the same person are found by: what their names sound like, and their birth dates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the keys, empty: opening an older register builds all derived tables anew."""
    op.create_table(
        "likeness_keys",
        sa.Column("key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "person_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_likeness_keys_person_id", "likeness_keys", ["person_id"], unique=False)
    op.create_index("ix_people_born_on", "people", ["born_on"], unique=False)
