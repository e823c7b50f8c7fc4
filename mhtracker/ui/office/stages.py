"""The pathway's stages: renamed, added, put in order, no longer offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mhtracker.domain.records import Stage
from mhtracker.text import format_number
from mhtracker.ui.context import Context
from mhtracker.ui.office.part import Listed, Part
from mhtracker.ui.table_cells import Column, StageFacts

if TYPE_CHECKING:
    from mhtracker.store import Store


def stage_notes(stage: Stage) -> str:
    """What is particular about a stage, in words."""
    notes = [
        ("no longer offered", stage.retired),
        ("shown only while somebody is in it", stage.optional and not stage.retired),
        ("the last place is kept meanwhile", stage.keeps_place),
        ("the person’s own home", stage.own_home),
    ]
    said = ", ".join(words for words, holds in notes if holds)
    return said[:1].upper() + said[1:]


COLUMNS = (
    Column(
        "stage",
        "Stage",
        240,
        lambda stage: stage.label,
        "stage",
        value=lambda stage: StageFacts(stage.letter, stage.colour, stage.label),
    ),
    Column(
        "limit",
        "Longest usual stay",
        150,
        lambda stage: f"{format_number(stage.limit_days)} days" if stage.limit_days else "No limit",
        align="right",
    ),
    Column("notes", "Of this stage", 420, stage_notes, "quiet"),
)


class StagesPart(Part):
    key = "stages"
    title = "Pathway"
    words = (
        "From the least to the most independent. A council can rename stages, add its own and take others out of use; "
        "what was recorded before stays as it was."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        shell = context.shell
        self.add_step("Add a stage", lambda: shell.run_command("stage"), "plus")
        self.list = Listed(
            context,
            "Stages",
            COLUMNS,
            lambda stage: stage.id,
            lambda stage: shell.run_command("stage", stage_id=stage.id),
        )
        self.column.addWidget(self.list, 1)

    def read(self, store: Store) -> tuple[Stage, ...]:
        return store.stages()

    def show_data(self, data: tuple[Stage, ...]) -> None:
        self.list.show_rows(data)
