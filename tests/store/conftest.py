"""The store's tests run on every engine a register can live on."""

from tests.store.servers import address, postgres_server, postgres_url, sqlcipher, sqlite_url

__all__ = ["address", "postgres_server", "postgres_url", "sqlcipher", "sqlite_url"]
