"""The figures of the paper that a register began as, each with its paragraph, to be laid beside one's own."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mhtracker.domain.presets import Paper, PaperTable
from mhtracker.ui.context import Context
from mhtracker.ui.widgets.labels import Label, rule
from mhtracker.ui.widgets.side_panel import SidePanel


class PaperPanel(SidePanel):
    """For reading: nothing of it is the office's own."""

    def __init__(self, context: Context, paper: Paper) -> None:
        super().__init__(context.theme, f"The paper of “{paper.label}”")
        self.kept.connect(lambda: context.shell.side_panel(None))
        for words in (paper.about, f"Figures of {paper.source}. They are that council’s, not this register’s."):
            self.add(Label(words, tone="text2", wrap=True))
        for figure in paper.figures:
            self._tell(f"{figure.name}: {figure.value}", f"{_of(figure.where)}. {figure.note}".strip())
        for table in paper.tables:
            self._table(table)
        self.add_stretch()

    def _tell(self, head: str, below: str) -> None:
        """Two lines that belong together."""
        pair = QWidget()
        pair.setAccessibleName(head)
        column = QVBoxLayout(pair)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(2))
        column.addWidget(Label(head, "strong", wrap=True))
        column.addWidget(Label(below, "caption", "text2", wrap=True))
        self.add(pair)

    def _table(self, table: PaperTable) -> None:
        self.add(rule())
        self.add(Label(table.title, "heading", wrap=True))
        self.add(Label(f"{_of(table.where)}. {table.disagrees}".strip(), "caption", "text2", wrap=True))
        for row in (*table.rows, *((table.total,) if table.total else ())):
            cells = zip(table.columns[1:], row[1:], strict=True)
            told = [f"{column}: {_cell(value)}" for column, value in cells if value != ""]
            self._tell(str(row[0] or "All"), ", ".join(told))


def _cell(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:,}"


def _of(where: str) -> str:
    """Where in the paper: most number their paragraphs."""
    return f"Paragraph {where}" if where[:1].isdigit() else where[:1].upper() + where[1:]
