"""The tabs of a person's page: each is made, and what it needs imported, when it is first gone to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from mhtracker.ui.commands import load
from mhtracker.ui.context import Context
from mhtracker.ui.person.parts import Tab

TABS = {
    "summary": "summary_tab:SummaryTab",
    "move_on": "move_on_tab:MoveOnTab",
    "reviews": "reviews_tab:ReviewsTab",
    "goals": "goals_tab:GoalsTab",
    "legal": "legal_tab:LegalTab",
    "people": "people_tab:PeopleTab",
    "notes": "notes_tab:NotesTab",
    "documents": "documents_tab:DocumentsTab",
    "money": "money_tab:MoneyTab",
    "history": "history_tab:HistoryTab",
}


class LateTabs(QStackedWidget):
    """`hands` are what a tab is made with besides the context and `run`."""

    def __init__(
        self, context: Context, run: Callable[..., None], hands: Mapping[str, tuple[Callable[..., Any], ...]]
    ) -> None:
        super().__init__()
        self._context, self._run, self._hands = context, run, hands
        self._made: dict[str, Tab] = {}
        self.setAccessibleName("Part of the record")

    def get(self, key: str) -> Any:
        """A tab, made now if nobody has gone to it yet."""
        if key not in self._made:
            make = load(f"mhtracker.ui.person.{TABS[key]}")
            self._made[key] = tab = make(self._context, self._run, *self._hands.get(key, ()))
            self.addWidget(tab)
        return self._made[key]

    def key(self) -> str:
        """The key of the tab on show."""
        return next((key for key, tab in self._made.items() if tab is self.currentWidget()), "summary")

    def current(self) -> Tab:
        """The tab on show."""
        tab: Tab = self.get(self.key())
        return tab


class Late:
    """An attribute of the page that is one of its tabs."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __get__(self, page: Any, _owner: type) -> Any:
        return page.stack.get(self._key)
