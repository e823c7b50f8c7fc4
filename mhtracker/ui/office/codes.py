"""The code lists from which fields are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mhtracker.domain.lists.code_lists import CODE_LISTS
from mhtracker.domain.records import CodeItem
from mhtracker.text import format_date
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.office.part import Listed, Part
from mhtracker.ui.table_cells import Column

if TYPE_CHECKING:
    from mhtracker.store import Store

TITLES = {
    "accommodation": "Accommodation",
    "employment": "Employment",
    "s117": "Section 117: after which section",
    "gender": "Gender",
    "ethnicity": "Ethnicity",
    "end_reason": "Why a stay ended",
    "destination": "Where people went",
    "leaving_reason": "Why people left the pathway",
    "plan_end_reason": "Why a move-on plan ended",
    "slip_reason": "Why a target changed",
    "delay_reason": "Why a move is held up",
    "review_kind": "Kinds of review",
    "review_outcome": "What a review decided",
    "note_kind": "Kinds of note",
}


def list_title(name: str) -> str:
    """What to call a code list."""
    return TITLES.get(name, name.replace("_", " ").capitalize())


def offered(item: CodeItem) -> str:
    """When an entry can be chosen."""
    if item.valid_from is None and item.valid_to is None:
        return "Always"
    start = f"from {format_date(item.valid_from)}" if item.valid_from is not None else ""
    end = f"until {format_date(item.valid_to)}" if item.valid_to is not None else ""
    return f"{start} {end}".strip().capitalize()


COLUMNS = (
    Column("label", "Words", 420, lambda item: item.label, "strong"),
    Column("code", "Code", 160, lambda item: item.code, "quiet"),
    Column("offered", "Offered", 260, offered),
)


class CodesPart(Part):
    key = "codes"
    title = "Code lists"
    words = (
        "The words people choose from. Accommodation, employment and s117 follow the national returns: change their "
        "words only if the returns do. An entry that is no longer offered still names what was recorded with it."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        shell = context.shell
        self._items: dict[str, list[CodeItem]] = {}
        self.which = ChoiceEdit(self.theme, [Choice(name, list_title(name)) for name in CODE_LISTS], width=320)
        self.which.set_name("Code list")
        self.which.set_value("end_reason")
        self.which.edited.connect(self._show)
        self.add_step("Add an entry", lambda: shell.run_command("code", list_name=self.chosen()), "plus")
        self.list = Listed(
            context, "Entries", COLUMNS, lambda item: item.id, lambda item: shell.run_command("code", code_id=item.id)
        )
        self.column.addWidget(self.which)
        self.column.addWidget(self.list, 1)

    def chosen(self) -> str:
        """The list on show."""
        return str(self.which.value() or "end_reason")

    def read(self, store: Store) -> dict[str, list[CodeItem]]:
        return {name: store.codes(name) for name in CODE_LISTS}

    def show_data(self, data: dict[str, list[CodeItem]]) -> None:
        self._items = data
        self._show()

    def _show(self, *_: object) -> None:
        self.list.show_rows(self._items.get(self.chosen(), []))
