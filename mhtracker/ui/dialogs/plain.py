"""Telling something that cannot be overlooked, and asking what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mhtracker.ui.dialogs.base import Dialog
from mhtracker.ui.theme import Theme


def tell(
    theme: Theme,
    parent: QWidget,
    words: str,
    *,
    title: str = "",
    choices: Sequence[tuple[str, Callable[[], object]]] = (),
    close: str = "Close",
) -> Dialog:
    """Show `words` without stopping the window's work; `choices` are other steps, each closing the dialog first."""
    first, dot, rest = words.partition(". ")
    dialog = Dialog(theme, title or first + dot.strip(), rest if not title else words, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for label, act in choices:
        dialog.add_button(label, _closing(dialog, act))
    dialog.add_button(close, dialog.accept, main=True)
    dialog.open()
    return dialog


def _closing(dialog: Dialog, act: Callable[[], object]) -> Callable[[], object]:
    def run() -> None:
        dialog.accept()
        act()

    return run
