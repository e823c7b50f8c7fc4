"""The store's tests run on every engine a register can live on."""

from tests.store.registers import file_register, register, server_template, store, templates
from tests.store.servers import address, postgres_server, postgres_url, sqlcipher, sqlite_url

__all__ = [
    "address",
    "file_register",
    "postgres_server",
    "postgres_url",
    "register",
    "server_template",
    "sqlcipher",
    "sqlite_url",
    "store",
    "templates",
]
