"""Asking for a register's password."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from mhtracker.ui.dialogs.base import Dialog
from mhtracker.ui.theme import Theme


class PasswordDialog(Dialog):
    """Gives what was typed to `on_password`; `problem` says why it is asked again."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        on_password: Callable[[str], object],
        problem: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, f"Password for “{name}”", "This register is locked with a password.", parent)
        self._on_password = on_password
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.add_field("password", "Password", self.password)
        self.add_button("Cancel", self.reject)
        self.add_button("Open", self.on_open, main=True)
        if problem:
            self.show_problems({"password": problem})
        self.password.setFocus()

    def on_open(self) -> None:
        if not self.password.text():
            self.show_problems({"password": "Type the password that was given when the register was made."})
            return
        self.accept()
        self._on_password(self.password.text())
