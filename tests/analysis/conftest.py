"""Registers on every engine, for what depends on how a register is kept."""

from tests.store.registers import file_register, register, server_template, templates
from tests.store.servers import postgres_server, postgres_url

__all__ = ["file_register", "postgres_server", "postgres_url", "register", "server_template", "templates"]
