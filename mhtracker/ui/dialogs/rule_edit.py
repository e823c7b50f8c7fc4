"""Which of the people in some stages a programme is for: the caseload's own filters, as chips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from mhtracker.domain.errors import Invalid
from mhtracker.operations.programme_rules import read_rule, write_rule
from mhtracker.store.queries.caseload import Filter
from mhtracker.ui.caseload.chip_bar import ChipBar
from mhtracker.ui.caseload.filters import FILTERS
from mhtracker.ui.context import Context
from mhtracker.ui.editors import Editor

_NOT_FOR_A_RULE = frozenset(("stage", "status", "left", "name", "ref", "nhs_number", "local_id"))
"""What the stages and the day say themselves, and what means one person, whom every report would then name."""

RULE_FILTERS = tuple(kind.column for kind in FILTERS if kind.column not in _NOT_FOR_A_RULE)


class RuleEdit(Editor):
    """Its value is the rule as a programme keeps it, "" for everybody. `day`: people are counted as at then."""

    def __init__(self, context: Context, day: Callable[[], date]) -> None:
        self.bar = ChipBar(context, offered=RULE_FILTERS, day=day)
        super().__init__(context.theme, self.bar)
        self.bar.changed.connect(self._on_filters)
        self.bar.cleared.connect(self._on_edited)

    def _on_filters(self, _filters: Sequence[Filter]) -> None:
        self._on_edited()
        self.settled.emit()

    def value(self) -> Any:
        return self.text_value()

    def set_value(self, value: Any) -> None:
        self.bar.set_filters(read_rule(str(value)) if value else ())
        self.clear_problem()

    def text_value(self) -> str:
        return write_rule(self.bar.filters())

    def restore_text(self, typed: str) -> None:
        try:
            self.set_value(typed)
        except Invalid:
            self.set_value("")  # of a version that had other filters
