"""The figures of the paper that a register began as, each with its paragraph, to be laid beside one's own."""

from __future__ import annotations

from mhtracker.domain.presets import Paper, PaperTable
from mhtracker.text import format_number
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
            self._tell(figure.name, figure.value, _of(figure.where), figure.note)
        for table in paper.tables:
            self._table(table)
        self.add_stretch()

    def _tell(self, name: str, value: str, where: str, note: str = "") -> None:
        self.add(Label(f"{name}: {value}", "strong", wrap=True))
        self.add(Label(f"{where}. {note}" if note else f"{where}.", "caption", "text2", wrap=True))

    def _table(self, table: PaperTable) -> None:
        self.add(rule())
        self.add(Label(table.title, "heading", wrap=True))
        self.add(Label(f"{_of(table.where)}. {table.disagrees}".strip(), "caption", "text2", wrap=True))
        for row in (*table.rows, *((table.total,) if table.total else ())):
            self.add(Label(_row(table.columns, row), wrap=True))


def _row(columns: tuple[str, ...], row: tuple[str | float, ...]) -> str:
    cells = [f"{column} {_cell(value)}" for column, value in zip(columns[1:], row[1:], strict=True) if value != ""]
    return f"{row[0] or 'All'}: {', '.join(cells)}"


def _cell(value: str | float) -> str:
    return value if isinstance(value, str) else format_number(value) if isinstance(value, int) else f"{value:,}"


def _of(where: str) -> str:
    """Where in the paper: most number their paragraphs."""
    return f"Paragraph {where}" if where[:1].isdigit() else where[:1].upper() + where[1:]
