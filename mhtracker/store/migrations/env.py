"""Alembic's entry: runs the migrations on the connection handed over, inside the transaction already begun."""

from alembic import context

import mhtracker.store.derived  # noqa: F401 - its tables join the others
from mhtracker.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
