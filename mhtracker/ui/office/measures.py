"""The measures an office is licensed for. None is built in: most belong to somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mhtracker.domain.progress import number
from mhtracker.domain.records import MeasureTool
from mhtracker.ui.context import Context
from mhtracker.ui.office.part import Listed, Part
from mhtracker.ui.table_cells import Column

if TYPE_CHECKING:
    from mhtracker.store import Store


def range_of(tool: MeasureTool) -> str:
    """`14 to 70`."""
    return f"{number(tool.lowest)} to {number(tool.highest)}"


COLUMNS = (
    Column("name", "Measure", 240, lambda tool: tool.name, "strong"),
    Column("range", "Total", 110, range_of),
    Column("way", "Direction", 140, lambda tool: "Higher is better" if tool.higher_is_better else "Lower is better"),
    Column("repeat", "Repeated", 130, lambda tool: f"every {tool.repeat_months} months" if tool.repeat_months else ""),
    Column("licence", "Licence", 300, lambda tool: tool.licence or "Nothing written", "quiet"),
    Column("offered", "Offered", 110, lambda tool: "No longer" if tool.retired else "Yes"),
)


class MeasuresPart(Part):
    key = "measures"
    title = "Measures"
    words = (
        "Only a name, the range of its total and which way is better are kept, never the questions. Most measures "
        "belong to somebody and need a licence: add those your office holds one for, and write down which."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        shell = context.shell
        self.add_step("Add a measure", lambda: shell.run_command("measure_tool"), "plus")
        self.list = Listed(
            context,
            "Measures",
            COLUMNS,
            lambda tool: tool.id,
            lambda tool: shell.run_command("measure_tool", tool_id=tool.id),
        )
        self.column.addWidget(self.list, 1)

    def read(self, store: Store) -> list[MeasureTool]:
        return sorted(store.find(MeasureTool, order_by=("name",)), key=lambda tool: tool.retired)

    def show_data(self, data: list[MeasureTool]) -> None:
        self.list.show_rows(data)
