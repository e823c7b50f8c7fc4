"""Connecting to a register that a team shares on a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, unquote, urlsplit

from PySide6.QtWidgets import QLineEdit, QWidget

from mhtracker.ui.dialogs.base import Dialog
from mhtracker.ui.theme import Theme


class ConnectDialog(Dialog):
    """Gives a `postgresql://` address to `on_address`. `known` fills the fields in; a password is never remembered."""

    def __init__(
        self,
        theme: Theme,
        on_address: Callable[[str], object],
        known: str = "",
        problem: str = "",
        parent: QWidget | None = None,
    ) -> None:
        words = "A team shares one register through a PostgreSQL server. Whoever looks after it gives you these."
        super().__init__(theme, "Connect to a server", words, parent)
        self._on_address = on_address
        parts = urlsplit(known if "://" in known else "postgresql://")
        port = f":{parts.port}" if parts.port else ""
        self.server = QLineEdit(f"{parts.hostname or ''}{port}")
        self.database = QLineEdit(unquote(parts.path.lstrip("/")))
        self.user = QLineEdit(unquote(parts.username or ""))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.add_field("server", "Server", self.server, "Its name, as “cases.northmoor.example”, or with a port.")
        self.add_field("database", "Database", self.database)
        self.add_field("user", "User name", self.user)
        self.add_field("password", "Password", self.password)
        self.add_button("Cancel", self.reject)
        self.add_button("Connect", self.on_connect, main=True)
        if problem:
            self.show_problems({"server": problem})
        (self.password if known else self.server).setFocus()

    def on_connect(self) -> None:
        wanted = (("server", self.server, "Type the server’s name."), ("database", self.database, "Type its database."))
        problems = {name: words for name, editor, words in wanted if not editor.text().strip()}
        self.show_problems(problems)
        if not problems:
            self.accept()
            self._on_address(self.address())

    def address(self) -> str:
        """The address typed, with every character that means something in addresses escaped."""
        user = quote(self.user.text().strip(), safe="")
        password = quote(self.password.text(), safe="")
        login = f"{user}:{password}@" if password else f"{user}@" if user else ""
        return f"postgresql://{login}{self.server.text().strip()}/{quote(self.database.text().strip(), safe='')}"
