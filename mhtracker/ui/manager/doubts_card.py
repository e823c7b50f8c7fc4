"""What is missing or doubtful in the register, by the report that it harms."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from mhtracker import text
from mhtracker.analysis.quality import HARMS, Doubt
from mhtracker.domain.errors import UserError
from mhtracker.ui.context import Context
from mhtracker.ui.manager.grids import Cell, FactGrid
from mhtracker.ui.manager.numbers import Figure
from mhtracker.ui.manager.reading import Figures, read_doubts
from mhtracker.ui.manager.telling import of_doubt
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.labels import Label

SHOWN = 6


class DoubtsCard(Card):
    """Worst first; a number opens its people. It looks when it is told to, after everything else is there."""

    explain = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, "Missing or doubtful records", "worst first, by the report it harms")
        self._context, self._all = context, False
        self._found: list[Doubt] = []
        self._grid = FactGrid(context.theme, "Missing or doubtful records", left=(0, 1, 3), stretch=3)
        self._none = Label("Looking…", "body", "text2", wrap=True)
        self._more = LinkButton(context.theme, "", self._show_all)
        for each in (self._none, self._grid, self._more):
            self.add(each)
        self._more.hide()

    def look(self, data: Figures) -> None:
        """Look through the people in view."""
        asked = data.as_at, data.asked.team_id
        self._context.jobs.ask(read_doubts, *asked, then=self._on_found, failed=self._on_failed, slot=self._slot)

    def show_waiting(self, words: str) -> None:
        """Until it is told to look, or where nothing could be counted."""
        self._context.jobs.forget(self._slot)
        self._found = []
        self._show(words)

    @property
    def _slot(self) -> tuple[str, int]:
        return "doubts", id(self)

    def _on_failed(self, error: UserError) -> None:
        self._found = []
        self._show(str(error))

    def _on_found(self, found: list[Doubt]) -> None:
        self._found = found
        self._show()

    def _show_all(self) -> None:
        self._all = not self._all
        self._show()

    def _show(self, words: str = "Nothing is missing.") -> None:
        found = self._found
        self._none.setText(words)
        self._none.setVisible(not found)
        self._grid.setVisible(bool(found))
        self._more.setVisible(len(found) > SHOWN)
        words = "Show the worst only" if self._all else f"All {len(found)}"
        self._more.setText(words)
        self._more.setAccessibleName(f"Missing or doubtful records: {words}")
        rows: list[list[Cell]] = []
        harms = dict(HARMS)
        for doubt in found if self._all else found[:SHOWN]:
            figure = Figure(self._theme, "strong")
            figure.show_number(text.format_number(len(doubt.people)), doubt.words)
            figure.clicked.connect(partial(self._tell, doubt))
            rows.append([harms[doubt.harms], doubt.words, figure, Label(doubt.mend, "caption", "text2", wrap=True)])
        self._grid.show_rows(rows, ("It harms", "What", "People", "Put it right"))

    def _tell(self, doubt: Doubt, _checked: bool = False) -> None:
        self.explain.emit(of_doubt(doubt))
