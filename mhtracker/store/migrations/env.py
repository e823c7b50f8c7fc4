"""Alembic's entry: runs the migrations on the connection handed over, inside the transaction already begun."""

from alembic import context

import mhtracker.store.derived  # noqa: F401 - its tables join the others
from mhtracker.store import derived, further_tables, schema  # noqa: F401  (they fill `metadata`)
from mhtracker.store.columns import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
