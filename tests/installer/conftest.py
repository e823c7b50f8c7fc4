"""The folder people install is tried on a PostgreSQL server too."""

from tests.store.servers import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]
