"""What stands in the caseload when nobody is listed: why, and the first step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from mhtracker.ui.caseload.reading import Listing
from mhtracker.ui.context import Context
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.empty_state import EmptyState


def make_empty(
    context: Context, data: Listing, clear: Callable[[], object], show_left: Callable[[], object]
) -> EmptyState:
    """Nobody in the register, nobody who matches, or nobody on the pathway."""
    theme, shell = context.theme, context.shell
    if not data.anybody:
        empty = EmptyState(
            theme,
            "mdi6.account-group-outline",
            "Nobody is in this register yet",
            "Add people one at a time, or import the spreadsheet you have.",
            "Add a person",
            lambda: shell.run_command("add_person"),
        )
        column = empty.layout()
        if isinstance(column, QVBoxLayout):
            sheet = Button(theme, "Import a spreadsheet", lambda: shell.run_command("import"))
            column.insertWidget(column.count() - 1, sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        return empty
    if data.query.filters or data.query.text:
        return EmptyState(
            theme,
            "mdi6.magnify",
            "Nobody matches",
            "These filters leave no one. Clear them to see everyone on the pathway.",
            "Clear filters",
            clear,
        )
    return EmptyState(
        theme,
        "mdi6.account-group-outline",
        "Nobody is on the pathway",
        "Everyone in this register has left, or had not come yet on this day.",
        "Show those who left",
        show_left,
    )
