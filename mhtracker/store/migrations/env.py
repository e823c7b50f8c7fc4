"""Alembic's entry: runs the migrations on the connection handed over, inside the transaction already begun."""

from alembic import context

from mhtracker.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
