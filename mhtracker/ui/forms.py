"""Forms: labels and help from `domain.fields`, what is wrong beside its field, drafts of whatever was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from mhtracker.domain.errors import Invalid
from mhtracker.domain.fields import FIELDS
from mhtracker.domain.records import Record
from mhtracker.ui.editors import Editor, NoteLine
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import Label, button_words, rule

LABEL_WIDTH = 106
LEAST_FOR_TWO_COLUMNS = 330
UNLIMITED = 16_777_215
KEEP_AFTER_MS = 1_000


@dataclass(frozen=True, slots=True)
class Ask:
    """A field of a form. `of` (a record type and a field's name) gives label, help, unit and whether it is required.

    `name` is the key of its value and of its problems; `label`, `help` and `required` go before what `of` says.
    `beside` stands on the same line: a second field with its own `Ask`, or any widget.
    """

    name: str
    editor: Editor
    of: tuple[type[Record], str] | None = None
    label: str | None = None
    help: str | None = None
    required: bool | None = None
    beside: Ask | QWidget | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A heading inside a form, with something at its right, if there is anything to say."""

    title: str
    aside: QWidget | None = None
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What an `Ask` comes to."""

    label: str
    help: str
    unit: str
    required: bool


Item = Ask | Part | QWidget


class Form(QWidget):
    """Fields under one another, from `items`. `edited` at each change; `problems_changed(count)` for a panel's foot."""

    edited = Signal()
    problems_changed = Signal(int)

    def __init__(self, theme: Theme, *items: Item, name: str = "Form") -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.editors: dict[str, Editor] = {}
        self.labels: dict[str, Label] = {}
        self._facts: dict[str, Facts] = {}
        self._rows: list[Item] = []
        self._narrow: bool | None = None
        self._clean: dict[str, str] = {}
        self._general = NoteLine(theme)
        column = QVBoxLayout(self)
        # The ring round a field needs its room inside the form.
        column.setContentsMargins(3, 0, 3, 3)
        column.setSpacing(0)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.addWidget(self._general)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid, 1)
        for item in items:
            self._add(item)
        # Height to spare goes under the last row, not between the rows.
        self._grid.setRowStretch(2 * len(items), 1)
        self._measure()
        theme.changed.connect(self._measure)
        self.mark_clean()

    # Building

    def _add(self, item: Item) -> None:
        # Two rows of the grid for each: in a narrow form the label stands in the first, above its field.
        row = 2 * len(self._rows)
        self._rows.append(item)
        if isinstance(item, Ask):
            self._take(item)
            if isinstance(item.beside, Ask):
                beside = self._take(item.beside)
                beside.setWordWrap(False)
                item.editor.add_beside(beside)
                item.editor.add_beside(item.beside.editor)
            elif item.beside is not None:
                item.editor.add_beside(item.beside)
        elif isinstance(item, Part):
            self._grid.addWidget(self._make_part(item), row, 0, 1, 2)
        else:
            self._grid.addWidget(item, row, 0, 1, 2)

    def _make_part(self, part: Part) -> QWidget:
        widget = QWidget()
        widget.setAccessibleName(part.title)
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(10))
        if part.ruled:
            column.addWidget(rule())
        line = QHBoxLayout()
        line.addWidget(Label(part.title, "heading"), 1)
        if part.aside is not None:
            line.addWidget(part.aside)
        column.addLayout(line)
        return widget

    def _take(self, ask: Ask) -> Label:
        facts = _facts_of(ask)
        self.editors[ask.name] = ask.editor
        self._facts[ask.name] = facts
        label = Label(button_words(facts.label), wrap=True, tone="text2")
        label.setBuddy(ask.editor.control)
        ask.editor.set_name(facts.label, " ".join(filter(None, (facts.help, "Needed." if facts.required else ""))))
        ask.editor.set_help(facts.help)
        if ask.of is not None and FIELDS[ask.of[0]][ask.of[1]].ahead:
            ask.editor.prefer_ahead()
        if facts.unit:
            ask.editor.add_beside(Label(facts.unit, tone="text2"))
        ask.editor.edited.connect(self._on_edited)
        ask.editor.judged.connect(self._count_problems)
        self.labels[ask.name] = label
        return label

    def _measure(self) -> None:
        px = self._theme.px
        self._grid.setHorizontalSpacing(px(12))
        self._narrow = None
        self._set_labels()

    def _set_labels(self) -> None:
        """Labels left of their fields, or above them where the form is narrow for its text size."""
        px = self._theme.px
        narrow = self.width() < px(LEAST_FOR_TWO_COLUMNS)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._grid.setVerticalSpacing(px(4 if narrow else 10))
        self._grid.setColumnMinimumWidth(0, 0 if narrow else px(LABEL_WIDTH))
        for place, ask in enumerate(self._rows):
            if not isinstance(ask, Ask):
                continue
            label, row = self.labels[ask.name], 2 * place
            # Level with the words in the field, which stand in the middle of 30 px.
            label.setContentsMargins(0, px(6), 0, 0)
            label.setMaximumWidth(UNLIMITED if narrow else px(LABEL_WIDTH))
            # One column, not two spanned: over spanned columns Qt reckons wrapped words' height too low.
            self._grid.addWidget(label, row, 1 if narrow else 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(ask.editor, row + 1 if narrow else row, 1)

    def minimumSizeHint(self) -> QSize:
        # What the narrow arrangement needs; the wide one would never let the form become narrow.
        return QSize(self._theme.px(190), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_labels()

    # Values

    def values(self) -> dict[str, Any]:
        """Every value by name. Raises Invalid for what cannot be read and what is needed but empty."""
        values: dict[str, Any] = {}
        problems: dict[str, str] = {}
        mends: dict[str, tuple[Any, ...]] = {}
        for name, editor in self._open_editors():
            try:
                values[name] = editor.value()
            except Invalid as wrong:
                problems[name] = wrong.problems.get("", str(wrong))
                mends[name] = tuple(wrong.mends.get("", ()))
                continue
            if self._facts[name].required and values[name] in (None, ""):
                problems[name] = f"“{self._facts[name].label}” is needed."
        if problems:
            raise Invalid(problems, mends)
        return values

    def checked_values(self) -> dict[str, Any] | None:
        """The values; or None, with what is wrong shown and the first wrong field focused."""
        try:
            values = self.values()
        except Invalid as wrong:
            self.show_problems(wrong.problems, wrong.mends)
            return None
        self.clear_problems()
        return values

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill fields in and take that as the unchanged form. Names that are not here are left out."""
        for name, value in values.items():
            if name in self.editors:
                self.editors[name].set_value(value)
        self.mark_clean()

    def text_values(self) -> dict[str, str]:
        """Exactly what stands in each field, for a draft."""
        return {name: editor.text_value() for name, editor in self.editors.items()}

    @property
    def clean_texts(self) -> dict[str, str]:
        """What stood in each field before anything was typed."""
        return dict(self._clean)

    def changed_texts(self) -> dict[str, str]:
        """What stands in the fields that are not as they were."""
        return {name: typed for name, typed in self.text_values().items() if typed != self._clean[name]}

    def restore_text(self, typed: Mapping[str, str]) -> None:
        """Put a draft's words back. The form counts as changed by them."""
        for follow in (True, False):  # what follows from one field may fill another: last stands what was typed
            for name, words in typed.items():
                editor = self.editors.get(name)
                if editor is not None and editor.text_value() != words:
                    editor.restore_text(words)
                    if follow:
                        editor.edited.emit()  # other fields are shown, and their entries offered, for its sake
        self.edited.emit()
        self._count_problems()

    @property
    def dirty(self) -> bool:
        return self.text_values() != self._clean

    def mark_clean(self) -> None:
        """Take what stands in the fields as unchanged."""
        self._clean = self.text_values()

    def set_shown(self, name: str, shown: bool) -> None:
        """Show or hide a field with its label. A hidden field has no value and no problem."""
        self.editors[name].setVisible(shown)
        self.labels[name].setVisible(shown)

    def _open_editors(self) -> list[tuple[str, Editor]]:
        return [(name, editor) for name, editor in self.editors.items() if not editor.isHidden()]

    # Problems

    def show_problems(self, problems: Mapping[str, str], mends: Mapping[str, Sequence[Any]] | None = None) -> None:
        """Say what is wrong beside each field, and at the top what belongs to none; focus the first bad field."""
        for editor in self.editors.values():
            editor.clear_problem()
        elsewhere = [words for name, words in problems.items() if not self._can_show(name)]
        self._general.show_note(" ".join(elsewhere), "overdue" if elsewhere else "")
        first: Editor | None = None
        for name, editor in self._open_editors():
            if name in problems:
                editor.show_problem(problems[name], (mends or {}).get(name, ()))
                first = first or editor
        self._count_problems()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._bring_into_view(first)
        elif elsewhere:
            self._bring_into_view(self._general)

    def clear_problems(self) -> None:
        self._general.show_note("")
        for editor in self.editors.values():
            editor.clear_problem()
        self._count_problems()

    def problem_count(self) -> int:
        general = 0 if self._general.isHidden() else 1
        return general + sum(bool(editor.problem) for _, editor in self._open_editors())

    def _can_show(self, name: str) -> bool:
        return name in self.editors and not self.editors[name].isHidden()

    def _count_problems(self) -> None:
        self.problems_changed.emit(self.problem_count())

    def _bring_into_view(self, widget: QWidget) -> None:
        parent = self.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
                return
            parent = parent.parentWidget()

    def _on_edited(self) -> None:
        self._general.show_note("")
        self._count_problems()
        self.edited.emit()

    def focus_first(self) -> None:
        """Put the keyboard into the first field that is open."""
        for _, editor in self._open_editors():
            if editor.isEnabled():
                editor.setFocus(Qt.FocusReason.TabFocusReason)
                return


def _facts_of(ask: Ask) -> Facts:
    label, words, unit, required = ask.name.replace("_", " ").capitalize(), "", "", False
    if ask.of is not None:
        known = FIELDS[ask.of[0]][ask.of[1]]
        label, words, unit, required = known.label, known.help, known.unit, known.required
    return Facts(
        label if ask.label is None else ask.label,
        words if ask.help is None else ask.help,
        unit,
        required if ask.required is None else ask.required,
    )


class DraftKeeper(QObject):
    """Saves a form's words a moment after typing, and at once when the form is hidden or closed.

    `save` gets `text_values()`, or {} when the form is back as it began and no draft is needed. `kept` follows each.
    """

    kept = Signal()

    def __init__(self, form: Form, save: Callable[[dict[str, str]], object], after_ms: int = KEEP_AFTER_MS) -> None:
        super().__init__(form)
        self._form, self._save = form, save
        self._saved: dict[str, str] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(after_ms)
        self._timer.timeout.connect(self.flush)
        form.edited.connect(self._on_edited)
        form.installEventFilter(self)

    def _on_edited(self) -> None:
        # Not restarted at each letter: somebody who types without a pause must not type for nothing.
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Save now what has not been saved."""
        self._timer.stop()
        typed = self._form.text_values() if self._form.dirty else {}
        if typed != (self._saved or {}):
            self._saved = typed
            self._save(typed)
            self.kept.emit()

    def offer(self, typed: Mapping[str, str]) -> None:
        """Put an earlier draft back into the form."""
        self._form.restore_text(typed)
        self.rests()

    def rests(self) -> None:
        """What stands in the form now is kept already."""
        self._timer.stop()
        self._saved = self._form.text_values() if self._form.dirty else None

    def stop(self) -> None:
        """Keep nothing more: what was typed has been recorded."""
        self._timer.stop()
        self._form.edited.disconnect(self._on_edited)
        self._form.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Hide, QEvent.Type.Close):
            self.flush()
        return False
