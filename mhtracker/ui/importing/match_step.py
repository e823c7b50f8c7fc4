"""Step 2: which of our fields each column fills, with examples and why it was recognised."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.operations.importing.headings import OUR_FIELDS
from mhtracker.text import count, join_words
from mhtracker.ui.importing.mapping_head import UNSURE_BELOW, FieldCombo, field_model, reason_of
from mhtracker.ui.importing.reading import Matched
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.banner import Banner
from mhtracker.ui.widgets.card import clear_layout
from mhtracker.ui.widgets.labels import ElidedLabel, Label, rule
from mhtracker.ui.widgets.shapes import FAMILY_OF, ShapeMark

NAMES = ("name", "surname", "given_names")


class MatchStep(QWidget):
    """`mapped` when somebody chose a field. The mapping holds every column, "" for those not read."""

    mapped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._model = field_model(self)
        self.combos: dict[str, FieldCombo] = {}
        self._reasons: dict[str, _Reason] = {}
        self.setAccessibleName("Match columns")
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 0, 3, 0)
        column.setSpacing(theme.px(10))
        self.problem = Banner(theme, "", title="Which column holds the names?", family="warn")
        column.addWidget(self.problem)
        self.said = Label("", tone="text2", wrap=True)
        column.addWidget(self.said)
        card = QFrame()
        card.setProperty("box", "card")
        card.setAccessibleName("Columns of the sheet")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.px(14), theme.px(8), theme.px(14), theme.px(8))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(5))
        inside.addLayout(self._grid)
        column.addWidget(card)
        column.addStretch(1)

    def show_matched(self, matched: Matched) -> None:
        """Show every column of the sheet in its order."""
        clear_layout(self._grid)
        self.combos, self._reasons = {}, {}
        px = self._theme.px
        for place, words in enumerate(("Their column", "Examples", "Is our", "Recognised")):
            self._grid.addWidget(Label(words, "caption-strong", "text2"), 0, place)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 5)
        self._grid.setColumnStretch(3, 2)
        for line, match in enumerate(matched.matches, 1):
            self._grid.addWidget(rule(), 2 * line - 1, 0, 1, 4)
            combo = FieldCombo(self._theme, match.heading, self._model)
            combo.setFixedWidth(px(220))
            combo.show_field(match.field_name)
            combo.chosen.connect(self._on_chosen)
            examples = " · ".join(matched.samples.get(match.heading, ())) or "nothing in it"
            combo.setAccessibleDescription(f"Examples: {examples}. {match.reason}")
            self._grid.addWidget(ElidedLabel(match.heading, "strong"), 2 * line, 0)
            self._grid.addWidget(ElidedLabel(" ".join(examples.split()), tone="text2"), 2 * line, 1)
            holder = QWidget()
            holder.setAccessibleName(match.heading)
            row = QHBoxLayout(holder)
            row.setContentsMargins(3, 3, 3, 3)
            row.addWidget(combo)
            self._grid.addWidget(holder, 2 * line, 2)
            sure = match.confidence >= UNSURE_BELOW
            shape = "none" if not match.field_name else "in_date" if sure else "soon"
            words = reason_of(match)
            reason = _Reason(self._theme, shape, words)
            self._grid.addWidget(reason, 2 * line, 3)
            self.combos[match.heading] = combo
            self._reasons[match.heading] = reason
        self._say(saved=matched.saved)

    def mapping(self) -> dict[str, str | None]:
        """What every column holds; None for those not read."""
        return {heading: combo.field_name() or None for heading, combo in self.combos.items()}

    @property
    def has_names(self) -> bool:
        return any(name in NAMES for name in self.mapping().values())

    def _on_chosen(self, heading: str, name: str) -> None:
        """Each field comes from one column: the one that had it before is not read any more."""
        for other, combo in self.combos.items():
            if name and other != heading and combo.field_name() == name:
                combo.show_field(None)
                self._reasons[other].say("none", f"{OUR_FIELDS[name].label} comes from “{heading[:24]}” now")
        self._reasons[heading].say("in_date" if name else "none", "chosen" if name else "not read")
        self._say()
        self.mapped.emit()

    def _say(self, *, saved: bool = False) -> None:
        mapping = self.mapping()
        unread = [heading for heading, name in mapping.items() if not name]
        read = count(len(mapping) - len(unread), "column")
        words = f"{read} of {len(mapping)} will be read."
        if unread:
            few = [f"“{heading}”" for heading in unread[:4]]
            rest = [f"{len(unread) - 4} more"] if len(unread) > 4 else []
            words += f" Not read: {join_words([*few, *rest])}."
        if saved:
            words += " Matched as you saved it for sheets with these headings."
        self.said.setText(words)
        self.problem.set_words("Choose Name, or Surname and Given names, for the columns that hold them.")
        self.problem.setVisible(not self.has_names)

    def tab_stops(self) -> list[QWidget]:
        """What Tab goes through, in reading order."""
        return list(self.combos.values())

    def focus_first(self) -> None:
        """Go to the first column that is unsure, else to the first."""
        first = next(iter(self.combos.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)


class _Reason(QWidget):
    """Why a column was taken for what it is: a mark and a few words, elided where there is no room."""

    def __init__(self, theme: Theme, shape: str, words: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(5))
        self._mark = ShapeMark(theme, shape, "Recognised")
        self.label = ElidedLabel(words)
        row.addWidget(self._mark)
        row.addWidget(self.label, 1)
        self.say(shape, words)

    def say(self, shape: str, words: str) -> None:
        said = {"in_date": "Recognised", "soon": "To check"}.get(shape, "Not read")
        self._mark.set_shape(shape, said)
        self.label.set_tone("text3" if shape == "none" else FAMILY_OF[shape])
        self.label.setText(words)
        self.setAccessibleName(f"{said}: {words}")


def moved_field(mapping: Mapping[str, str | None], heading: str, name: str) -> dict[str, str | None]:
    """A mapping after a column was given a field, which no other column keeps."""
    freed = {other: None if name and held == name else held for other, held in mapping.items()}
    return {**freed, heading: name or None}
