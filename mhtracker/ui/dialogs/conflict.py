"""Two changed the same fields: what each says stands side by side, and one is chosen, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout

from mhtracker.ui.dialogs.merging import Differing
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.flow import FitsWords, FlowLayout
from mhtracker.ui.widgets.labels import Label, button_words

LONGEST = 400
YOURS, THEIRS, ORIGINAL = range(3)


class ChooseEach(FitsWords):
    """`chosen(name, text)` at each choice. Nothing is chosen for anybody: `undecided` names what is still open."""

    chosen = Signal(str, str)

    def __init__(
        self,
        theme: Theme,
        title: str,
        fields: Sequence[Differing],
        *,
        labels: Mapping[str, str],
        whose: Mapping[str, str],
    ) -> None:
        super().__init__()
        self._theme = theme
        self.fields = tuple(fields)
        self._groups: dict[str, QButtonGroup] = {}
        self.setProperty("banner", "warn")
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(10), theme.px(12), theme.px(10))
        column.setSpacing(theme.px(4))
        self.title = Label(title, "strong", wrap=True)
        column.addWidget(self.title)
        column.addWidget(Label("Choose what each field is to say. Nothing of either is lost until then.", wrap=True))
        for each in self.fields:
            column.addSpacing(theme.px(6))
            column.addWidget(Label(labels.get(each.name, each.name), "strong"))
            self._offer(column, each, whose.get(each.name, "Theirs"))
        column.addSpacing(theme.px(6))
        line = FlowLayout(across=theme.px(8), down=theme.px(6))
        for words, act in (("Keep mine", self.keep_mine), ("Use theirs", self.use_theirs)):
            line.addWidget(Button(theme, words, act, small=True))
        column.addLayout(line)

    def _offer(self, column: QVBoxLayout, each: Differing, theirs: str) -> None:
        group = QButtonGroup(self)
        self._groups[each.name] = group
        offers = ((YOURS, "Yours", each.yours), (THEIRS, theirs, each.theirs), (ORIGINAL, "As it was", each.original))
        for number, words, value in offers:
            radio = QRadioButton(button_words(words))
            radio.setAccessibleName(f"{words}: {shortened(value)}")
            radio.setMinimumHeight(self._theme.px(24))
            radio.clicked.connect(partial(self._choose, each, number))
            group.addButton(radio, number)
            column.addWidget(radio)
            told = Label(shortened(value), wrap=True, tone="text2")
            told.setContentsMargins(self._theme.px(24), 0, 0, self._theme.px(2))
            column.addWidget(told)

    @property
    def undecided(self) -> tuple[str, ...]:
        """The fields for which nothing is chosen yet."""
        return tuple(name for name, group in self._groups.items() if group.checkedId() < 0)

    def keep_mine(self) -> None:
        """Yours, for every field."""
        self._choose_all(YOURS)

    def use_theirs(self) -> None:
        """Theirs, for every field."""
        self._choose_all(THEIRS)

    def focus_first(self) -> None:
        """The first choice has the keyboard."""
        next(iter(self._groups.values())).button(YOURS).setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_all(self, number: int) -> None:
        for each in self.fields:
            self._groups[each.name].button(number).setChecked(True)
            self._choose(each, number)

    def _choose(self, each: Differing, number: int, *_: object) -> None:
        self.chosen.emit(each.name, (each.yours, each.theirs, each.original)[number])


def shortened(value: str) -> str:
    """A field's text as it is offered; the whole of a long one comes into its field when it is chosen."""
    words = value.strip()
    if not words:
        return "nothing"
    return f"“{words[:LONGEST].rstrip()}…” ({len(words):,} letters)" if len(words) > LONGEST else f"“{words}”"


def homeless_words(typed: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """What was typed into fields that are gone, to be read and copied."""
    return "\n\n".join(f"{labels.get(name, name)}: {words}" for name, words in typed.items())
