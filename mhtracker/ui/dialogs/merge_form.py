"""Merging two records of one person: choosing the other, then choosing, field by field, what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.errors import UserError
from mhtracker.domain.likeness.score import facts_of
from mhtracker.domain.records import NotSame, Person
from mhtracker.operations.merging.drafts import Clash, FieldLine, MergePreview, Side, preview_merge
from mhtracker.operations.merging.people import mark_not_same, merge_people
from mhtracker.store import Store
from mhtracker.store.queries.likely import Likely, find_likely
from mhtracker.store.queries.person import find_person
from mhtracker.store.telling.values import shortened
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.likely_people import LikelyPeople
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form, Part
from mhtracker.ui.more_editors import RadioEdit, TextEdit
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.labels import Label

_BESIDE = 34
"""The letters of two values that fit beside one another in the panel; longer ones stand one under the other."""

_LINE = 32
"""The letters of a value that fit on a line beside its label."""

_LONGEST = 60


def merge_form(context: Context, *, person_id: str, other_id: str = "") -> FormPanel:
    """The form to merge a person with another; with no other yet, the form to choose one."""
    if other_id:
        return MergeForm(context, person_id=person_id, other_id=other_id)
    return ChooseOtherForm(context, person_id=person_id)


class ChooseOtherForm(FormPanel):
    """Those who are like the person, and a field for anybody else."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(
            context, "Merge with another person", primary="Compare", key="", person_id=person_id, keep="Close"
        )

    def read(self, store: Store) -> tuple[Likely, ...]:
        person = store.get(Person, self.person_id or "")
        return tuple(find_likely(store, facts_of(person), settled_for=person.id, limit=8))

    def make_form(self, data: tuple[Likely, ...]) -> Form:
        theme = self.theme
        self.likely = LikelyPeople(theme, "May be the same person", [("Compare", "mdi6.call-merge", self._on_chosen)])
        self.likely.show_people(data, self.context.today, self.context.register.stages)
        nobody = Label(
            "Nobody in the register is like this person. Anybody can be named here.", tone="text2", wrap=True
        )
        other = LineEdit(theme, width=190)
        return Form(
            theme,
            self.likely if data else nobody,
            Ask("other", other, label="Or another", help="Ref, NHS number or local id.", required=not data),
            name="Merge with another person",
        )

    def ask_preview(self) -> None:
        """Nothing follows from choosing."""

    def _on_chosen(self, likely: Likely) -> None:
        self._compare(likely.person)

    def record(self) -> None:
        """Go on to the comparison; nothing is recorded yet."""
        values = self.form.checked_values() if self.form is not None else None
        if values is None or self.form is None:
            return
        if not values["other"]:
            self.form.show_problems({"other": "Write the reference or a number of the other person."})
            return
        self.context.jobs.ask(find_person, values["other"], then=self._compare, failed=self._on_nobody, urgent=True)

    def _on_nobody(self, error: UserError) -> None:
        if self.form is not None:
            self.form.show_problems({"other": str(error)})

    def _compare(self, other: Person) -> None:
        if other.id == self.person_id and self.form is not None:
            self.form.show_problems({"other": f"{other.ref} is this person. Name the other record of the two."})
            return
        self.context.shell.run_command("merge", person_id=self.person_id, other_id=other.id)


@dataclass(frozen=True, slots=True)
class _Which:
    """How the two records are called in the form."""

    keep: str
    other: str


class MergeForm(FormPanel):
    """Both records side by side; what differs is chosen, what goes over is counted."""

    info_title = "When you merge"

    def __init__(self, context: Context, *, person_id: str, other_id: str) -> None:
        self.other_id = other_id
        super().__init__(
            context,
            "Merge two records",
            primary="Merge",
            key=f"merge:{person_id}:{other_id}",
            person_id=person_id,
            args={"other_id": other_id},
        )

    def read(self, store: Store) -> MergePreview:
        return preview_merge(store, self.person_id or "", self.other_id)

    def stands_on(self, data: MergePreview) -> Any:
        return data.fields, data.clashes

    def make_form(self, data: MergePreview) -> Form:
        theme = self.theme
        which = _Which(data.keep.ref, data.other.ref)
        asked = [line for line in data.fields if line.asks]
        clashes = [clash for clash in data.clashes if not clash.same]
        form = Form(
            theme,
            self._two(data),
            *([Part(f"Differs: {which.keep} or {which.other}", ruled=True)] if asked else []),
            *(item for line in asked for item in _asks(theme, line, which)),
            *self._told(data),
            *self._stay_asks(clashes, which),
            name="Merge two records",
        )
        form.set_values({line.name: line.side.value for line in asked})
        return form

    def _two(self, data: MergePreview) -> QWidget:
        """Which record stays, and the ways out: the other one, or that they are two people."""
        theme, today = self.theme, self.context.today
        box = QWidget()
        box.setAccessibleName("The two records")
        column = QBoxLayout(QBoxLayout.Direction.TopToBottom, box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for words, person in (("Stays", data.keep), ("Goes into it", data.other)):
            born = f", born {text.format_born(person, today)}" if person.born_on else ""
            column.addWidget(Label(f"{words}: {person.ref} {text.full_name(person)}{born}", wrap=True))
        why = "; ".join(data.likeness.reasons)
        if why:
            column.addWidget(Label(f"Alike: {why}.", "caption", "text2", wrap=True))
        links = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        links.setContentsMargins(3, 3, 3, 3)
        links.setSpacing(theme.px(16))
        links.addWidget(LinkButton(theme, f"Keep {data.other.ref} instead", self._turn_round))
        links.addWidget(LinkButton(theme, "They are two people", self._tell_apart))
        links.addStretch(1)
        column.addLayout(links)
        return box

    def _told(self, data: MergePreview) -> list[QWidget | Part]:
        """What needs no choice: what only one of the two says, and the records that go over."""
        told: list[QWidget | Part] = []
        only = [
            f"{line.label}: {shortened(line.other or line.kept, _LONGEST)}"
            for line in data.fields
            if line.differs and not line.asks and not (line.side is Side.KEEP and line.other)
        ]
        if only:
            told += [Part("Only one of the two says", ruled=True), Label("\n".join(only), wrap=True)]
        over = ", ".join(data.counts) or "nothing else"
        told += [Part(f"Goes over from {data.other.ref}", ruled=True), Label(over, wrap=True)]
        return told

    def _stay_asks(self, clashes: list[Clash], which: _Which) -> list[Ask | Part | QWidget]:
        if not clashes:
            return []
        theme = self.theme
        asks: list[Ask | Part | QWidget] = [
            Part("Stays that cannot both hold", ruled=True),
            Label("The one left out stands in the note with everything it says.", tone="text2", wrap=True),
        ]
        for number, clash in enumerate(clashes):
            options = [(clash.other.id, which.keep), (clash.kept.id, which.other)]
            words = f"{which.keep}: {clash.kept_words}\n{which.other}: {clash.other_words}"
            asks += [
                Label(words, wrap=True),
                Ask(f"stay:{number}", RadioEdit(theme, options), label="Right is", help="", required=True),
            ]
        asks.append(
            Ask("words", TextEdit(theme, lines=3), label="Known how", help="Why both were recorded.", required=True)
        )
        return asks

    def ask_preview(self) -> None:
        """What follows depends on nothing typed here: it is said as soon as the form is there."""
        data: MergePreview = self.data
        lines = [
            ("mdi6.note-text-outline", "What is not kept stands in a finished note"),
            ("mdi6.magnify", f"{data.other.ref} and its numbers lead to {data.keep.ref}"),
            ("mdi6.undo", "Undo brings both records back, also later"),
        ]
        self.info.set_lines(lines + [("mdi6.alert-outline", words) for words in data.cautions])

    def perform(self, store: Store, values: Mapping[str, Any]) -> Person:
        return merge_people(
            store,
            self.person_id or "",
            self.other_id,
            choices={name: value for name, value in values.items() if value in (Side.KEEP, Side.OTHER)},
            leave_out=[value for name, value in values.items() if name.startswith("stay:") and value],
            words=values.get("words") or "",
        )

    def said(self, result: Person) -> str:
        return f"Merged {self.data.other.ref} into {result.ref}."

    def after(self, result: Person) -> None:
        self.context.shell.open_person(result.id)

    def _turn_round(self) -> None:
        self.context.shell.run_command("merge", person_id=self.other_id, other_id=self.person_id)

    def _tell_apart(self) -> None:
        self.context.jobs.do(mark_not_same, self.person_id, self.other_id, then=self._on_told_apart)

    def _on_told_apart(self, _: NotSame) -> None:
        self.keeping.end()
        self.kept.emit()
        data: MergePreview = self.data
        self.context.shell.say(f"{data.keep.ref} and {data.other.ref} are two people.", can_undo=True)


def _asks(theme: Theme, line: FieldLine, which: _Which) -> list[Ask | QWidget]:
    """The choice of one field; values too long for a line stand above it, and are chosen by their records."""
    options = [(Side.KEEP.value, line.kept), (Side.OTHER.value, line.other)]
    chosen = which.other if line.side is Side.OTHER else which.keep
    why = f"{chosen} is chosen: {line.why}." if line.why else ""
    if any(len(words) > _LINE for _, words in options):
        words = Label(f"{line.label}\n{which.keep}: {line.kept}\n{which.other}: {line.other}", wrap=True)
        refs = [(Side.KEEP.value, which.keep), (Side.OTHER.value, which.other)]
        return [words, Ask(line.name, RadioEdit(theme, refs), label=line.label, help=why)]
    edit = RadioEdit(theme, options)
    if sum(len(words) for _, words in options) > _BESIDE:
        edit.set_upright(theme.px(4))
    return [Ask(line.name, edit, label=line.label, help=why)]
