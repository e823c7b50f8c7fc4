"""The office's kinds of review: named, added, given their rules, taken out of use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mhtracker import text
from mhtracker.domain.records import ReviewType, Stage
from mhtracker.domain.reviewing.needs import days_of, main_type
from mhtracker.ui.context import Context
from mhtracker.ui.office.part import Listed, Part
from mhtracker.ui.table_cells import Column

if TYPE_CHECKING:
    from mhtracker.store import Store

BEGINS = {
    "placement": "a placement began",
    "s117": "the last one, or the start of after-care",
    "discharge": "leaving hospital",
    "": "",
}


def rule_words(review_type: ReviewType, stages: dict[str, Stage], main: ReviewType | None) -> str:
    """When a kind falls due, in a sentence."""
    if main is not None and review_type.id == main.id:
        return "By the office’s review rules: the first after a move, then every year"
    stage = stages.get(review_type.stage_id or "")
    since = f"a stay in {stage.label.lower()} began" if stage is not None else BEGINS.get(review_type.begins, "")
    days = days_of(review_type)
    said = []
    if days and since:
        said.append(f"{text.join_words([str(day) for day in days])} days after {since}")
    if review_type.repeat_months:
        every = f"every {text.count(review_type.repeat_months, 'month')}"
        said.append(every if said else f"{every} after {since}" if since else every)
    words = ", then ".join(said)
    return words[:1].upper() + words[1:] or "When somebody asks for it"


def type_notes(review_type: ReviewType) -> str:
    """What is particular about a kind, in words."""
    lapses = review_type.lapse_days
    notes = [
        ("no longer offered", review_type.retired),
        ("met by seeing or speaking to the person", review_type.contact),
        ("asks for a reason", review_type.asks_reason),
        ("asks for the s117 decision", review_type.asks_s117),
        (f"asked for until {text.count(lapses or 0, 'day')} after", lapses is not None and not review_type.contact),
    ]
    said = ", ".join(words for words, holds in notes if holds)
    return said[:1].upper() + said[1:]


class ReviewTypesPart(Part):
    key = "review_kinds"
    title = "Kinds of review"
    words = (
        "What is asked for beside the main review, and when. One visit meets two: s117 is listed apart only "
        "when it falls due before the main one. What was recorded before stays as it was."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._stages: dict[str, Stage] = {}
        self._main: ReviewType | None = None
        shell = context.shell
        self.add_step("Add a kind", lambda: shell.run_command("review_type"), "plus")
        columns = (
            Column("label", "Kind", 200, lambda t: t.label, "strong"),
            Column("rule", "Falls due", 400, lambda t: rule_words(t, self._stages, self._main)),
            Column("notes", "Of this kind", 320, type_notes, "quiet"),
        )
        self.list = Listed(
            context,
            "Kinds of review",
            columns,
            lambda review_type: review_type.id,
            lambda review_type: shell.run_command("review_type", type_id=review_type.id),
        )
        self.column.addWidget(self.list, 1)

    def read(self, store: Store) -> tuple[tuple[ReviewType, ...], tuple[Stage, ...]]:
        return store.review_types(), store.stages()

    def show_data(self, data: tuple[tuple[ReviewType, ...], tuple[Stage, ...]]) -> None:
        types, stages = data
        self._stages, self._main = {stage.id: stage for stage in stages}, main_type(types)
        self.list.show_rows(types)
