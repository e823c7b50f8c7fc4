"""What every part of the Settings page is: a heading, a sentence, its steps, and what it reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.ui.context import Context
from mhtracker.ui.table_cells import Column
from mhtracker.ui.tables import DataTable, TableModel
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import Label

if TYPE_CHECKING:
    from mhtracker.store import Store

WORDS_WIDE = 640


class Part(QWidget):
    """A part says what it reads (on the register's thread) and shows it. `may_record` is told before each showing."""

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    words: ClassVar[str] = ""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context, self.theme = context, context.theme
        self.setAccessibleName(self.title)
        px = self.theme.px
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(24), px(14), px(24), px(16))
        self.column.setSpacing(px(10))
        self.steps = QHBoxLayout()
        self.steps.setSpacing(px(8))
        head = QHBoxLayout()
        head.addWidget(Label(self.title, "panel"), 1)
        head.addLayout(self.steps)
        self.column.addLayout(head)
        if self.words:
            about = Label(self.words, tone="text2", wrap=True)
            about.setMaximumWidth(px(WORDS_WIDE))
            self.column.addWidget(about)

    def read(self, store: Store) -> Any:
        """What the part shows. Touches no widget."""
        return None

    def show_data(self, data: Any) -> None:
        """Show what was read."""

    def add_step(self, words: str, on_press: Callable[[], object], icon: str = "") -> Button:
        """A button at the right of the heading."""
        button = Button(self.theme, words, on_press, icon=icon)
        self.steps.addWidget(button)
        return button

    @property
    def may_record(self) -> bool:
        """Whether anything can be changed just now."""
        return self.context.as_known is None and not self.context.register.read_only


class Listed(QWidget):
    """A small table of rows in memory. Enter or a double click opens one."""

    def __init__(
        self, context: Context, name: str, columns: Sequence[Column], row_id: Callable[[Any], str], on_open: Any
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._columns, self._row_id, self._rows = columns, row_id, list[Any]()
        self.model = TableModel(columns, self._count, self._fetch, row_id)
        self.table = DataTable(context.theme, self.model, name)
        self.table.opened.connect(on_open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def _count(self, then: Callable[[int], object]) -> None:
        then(len(self._rows))

    def _fetch(self, offset: int, limit: int, then: Callable[[Sequence[Any]], object]) -> None:
        then(self._rows[offset : offset + limit])

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows."""
        self._rows = list(rows)
        self.model.reload()
