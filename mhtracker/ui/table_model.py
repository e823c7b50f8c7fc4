"""One model for every table: rows are asked for as they come into view, and only some are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from mhtracker.ui.table_cells import CHECK, Column
from mhtracker.ui.widgets.labels import plain_tooltip
from mhtracker.ui.widgets.tiny_strip import StripAxis

PAGE = 200
PAGES_KEPT = 30

AskCount = Callable[[Callable[[int], None]], object]
"""Called with what is to be called with the number of rows, now or later."""

AskRows = Callable[[int, int, Callable[[Sequence[Any]], None]], object]
"""Called with offset, limit and what is to be called with those rows, now or later."""

_Index = QModelIndex | QPersistentModelIndex


class TableModel(QAbstractTableModel):
    """Rows over `count` and `fetch`, which answer when they can. `row_id(row)` tells rows apart.

    Sorting and filtering are the query's work: change what `fetch` asks for, then `reload`. Ticked rows stay ticked
    through a reload, by their ids.
    """

    counted = Signal(int)
    ticked_changed = Signal(int)

    def __init__(
        self,
        columns: Sequence[Column],
        count: AskCount,
        fetch: AskRows,
        row_id: Callable[[Any], str],
        *,
        checkable: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = (CHECK, *columns) if checkable else tuple(columns)
        self.axis: StripAxis | None = None
        self.sorted_by: tuple[str, bool] = ("", False)
        self.row_id = row_id
        self.checkable = checkable
        self.ticked: dict[str, Any] = {}
        self._count, self._fetch = count, fetch
        self._total = 0
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._before: dict[int, Sequence[Any]] = {}
        self._asked: set[int] = set()
        self._generation = 0

    @classmethod
    def of_rows(
        cls, columns: Sequence[Column], rows: Sequence[Any], row_id: Callable[[Any], str], *, checkable: bool = False
    ) -> TableModel:
        """A model over rows that are all there already."""
        model = cls(
            columns,
            lambda then: then(len(rows)),
            lambda offset, limit, then: then(rows[offset : offset + limit]),
            row_id,
            checkable=checkable,
        )
        model.reload()
        return model

    # Asking

    def ask_with(self, count: AskCount, fetch: AskRows) -> None:
        """Ask something else from now on, and at once."""
        self._count, self._fetch = count, fetch
        self.reload()

    def reload(self) -> None:
        """Ask anew. What is shown stays until the answers are there."""
        self._generation += 1
        generation = self._generation
        self._count(lambda total: self._on_count(generation, total))

    def _on_count(self, generation: int, total: int) -> None:
        if generation != self._generation:
            return
        self._asked.clear()
        self._before = dict(self._pages) if total == self._total else {}
        self._pages.clear()
        if total != self._total:
            self.beginResetModel()
            self._total = total
            self.endResetModel()
        elif total:
            self.dataChanged.emit(self.index(0, 0), self.index(total - 1, len(self.columns) - 1))
        self.counted.emit(total)

    def _ask_page(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        generation = self._generation
        self._fetch(page * PAGE, PAGE, lambda rows: self._on_rows(generation, page, rows))

    def _on_rows(self, generation: int, page: int, rows: Sequence[Any]) -> None:
        if generation != self._generation:
            return
        self._asked.discard(page)
        self._pages[page] = rows
        self._before.pop(page, None)
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        for row in rows:
            key = self.row_id(row)
            if key in self.ticked:
                self.ticked[key] = row
        last = min(page * PAGE + len(rows), self._total) - 1
        if last >= page * PAGE:
            self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self.columns) - 1))

    # Rows

    def row(self, number: int) -> Any | None:
        """The row at a place; None, and asked for, when it is not there yet."""
        page, place = divmod(number, PAGE)
        if page in self._pages:
            self._pages.move_to_end(page)
        else:
            self._ask_page(page)
        rows = self._pages.get(page) or self._before.get(page) or ()
        return rows[place] if place < len(rows) else None

    def loaded(self) -> Iterable[tuple[int, Any]]:
        """The rows that are there now, with their places."""
        for page in sorted(self._pages):
            for place, row in enumerate(self._pages[page]):
                yield page * PAGE + place, row

    def place_of(self, row_id: str) -> int | None:
        """Where a row stands, if it is among those loaded."""
        return next((place for place, row in self.loaded() if self.row_id(row) == row_id), None)

    def all_rows(self, then: Callable[[Sequence[Any]], None]) -> None:
        """Ask for every row at once, in order: for copying and for ticking all."""
        self._fetch(0, self._total, then)

    # Ticks

    def is_ticked(self, row: object | None) -> bool:
        return row is not None and bool(self.ticked) and self.row_id(row) in self.ticked

    def tick(self, numbers: Iterable[int], on: bool | None = None) -> None:
        """Tick rows by place, untick them, or (None) turn each over."""
        for number in numbers:
            row = self.row(number)
            if row is None:
                continue
            key = self.row_id(row)
            want = key not in self.ticked if on is None else on
            if want:
                self.ticked[key] = row
            else:
                self.ticked.pop(key, None)
        self._tell_ticks()

    def tick_ids(self, ids: Iterable[str]) -> None:
        """Tick exactly these, loaded or not."""
        known = {self.row_id(row): row for _, row in self.loaded()}
        self.ticked = {key: self.ticked.get(key) or known.get(key) for key in ids}
        self._tell_ticks()

    def clear_ticks(self) -> None:
        self.ticked = {}
        self._tell_ticks()

    def tick_state(self) -> Qt.CheckState:
        if not self.ticked:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if len(self.ticked) >= self._total else Qt.CheckState.PartiallyChecked

    def _tell_ticks(self) -> None:
        if self._total:
            self.dataChanged.emit(self.index(0, 0), self.index(self._total - 1, 0), [Qt.ItemDataRole.CheckStateRole])
        self.ticked_changed.emit(len(self.ticked))

    # Qt's questions

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        asked = Qt.ItemDataRole
        if role not in (asked.DisplayRole, asked.AccessibleTextRole, asked.ToolTipRole, asked.CheckStateRole):
            return None
        row = self.row(index.row())
        if column.kind == "check":
            ticked = self.is_ticked(row)
            if role == asked.CheckStateRole:
                return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
            return ("Selected" if ticked else "Not selected") if role == asked.AccessibleTextRole else None
        if row is None:
            return "On its way" if role == asked.AccessibleTextRole else None
        if role == asked.DisplayRole:
            return column.text(row)
        if role == asked.AccessibleTextRole:
            words = column.accessible(row) if column.accessible else column.text(row)
            return f"{column.title}: {words or 'blank'}"
        if role == asked.ToolTipRole and column.tooltip is not None:
            return plain_tooltip(column.tooltip(row))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return f"{section + 1:,}" if role == Qt.ItemDataRole.DisplayRole else None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            key, down = self.sorted_by
            order = "descending" if down else "ascending"
            return f"{column.title}, sorted {order}" if column.sort and column.sort == key else column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(column.about)
        return None
