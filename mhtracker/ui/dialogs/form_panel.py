"""What every form in the side panel does: reads its person, keeps its draft, says what will follow, records.

What each form says of itself is in `form_frame.FormFrame`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QApplication

from mhtracker import text
from mhtracker.domain.errors import Conflict, Invalid, NotFound, UserError
from mhtracker.domain.records import Person
from mhtracker.operations.drafting import Preview
from mhtracker.store import Store
from mhtracker.store.drafts import Draft
from mhtracker.store.queries.record_since import Since, record_since
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.form_frame import FormFrame
from mhtracker.ui.dialogs.form_keeping import Keeping
from mhtracker.ui.dialogs.form_parts import looking_back
from mhtracker.ui.dialogs.form_settling import Overtaken, Settling, read_since
from mhtracker.ui.dialogs.kept_words import KeptWords
from mhtracker.ui.forms import Form
from mhtracker.ui.widgets.banner import InfoPanel

PREVIEW_MS = 150
ICONS = {
    "review": "mdi6.clipboard-check-outline",
    "target": "mdi6.flag-checkered",
    "plan": "mdi6.flag-outline",
    "gap": "mdi6.timer-sand",
    "place": "mdi6.home-outline",
    "stage": "mdi6.stairs-up",
    "history": "mdi6.history",
    "caution": "mdi6.alert-outline",
}


@dataclass(frozen=True, slots=True)
class _Read:
    person: Person | None
    draft: Draft | None
    since: Since
    data: Any
    gone: NotFound | None = None


class FormPanel(FormFrame):
    """`key` names the draft: the form's command, a colon, the person's id, and where it is about one record, its id.

    `args` are what the command was given besides the person, to open the form with its draft again.
    """

    info_title = "When you record this"

    def __init__(
        self,
        context: Context,
        title: str,
        *,
        primary: str,
        key: str,
        person_id: str | None = None,
        keep: str = "Keep for later",
        args: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(context, title, primary=primary, keep=keep, person_id=person_id)
        self.key = key
        self.info = InfoPanel(context.theme, self.info_title)
        self._primary, self._title_words = primary, title
        self._from_preview: set[str] = set()
        self._said_day = False
        self._wants_focus = False
        self.settling = Settling(self)
        self.keeping = Keeping(self, self.settling, key, args or {}, context.wanted_draft)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PREVIEW_MS)
        self._timer.timeout.connect(self.ask_preview)
        self.accepted.connect(self.record)
        self.set_primary(primary, enabled=False)
        context.jobs.ask(self._read, then=self._on_read, failed=self._on_unreadable, urgent=True)

    # Opening

    def _read(self, store: Store) -> _Read:
        self.who = store.who
        person, data, missing = None, None, None
        try:
            person = store.get(Person, self.person_id) if self.person_id else None
            data = self.read(store)
            self.keeping.settle(self.about(data))
        except NotFound as gone:
            missing = gone
        draft = self.keeping.open(store)
        since = Since({}, None)
        if draft is not None and draft.version:
            since = record_since(store, draft.kind, draft.record_id, draft.version)
        elif draft is not None:
            since = read_since(store, None, self.person_id)
        return _Read(person, draft, since, data, missing)

    @Slot(object)
    def _on_read(self, read: _Read) -> None:
        if read.gone is not None:
            self._on_gone(read.gone, read.draft)
            return
        self.person, self.data = read.person, read.data
        if read.person is not None:
            self._show_person(read.person)
        form = self.make_form(read.data)
        form.mark_clean()
        if not self._said_day and (looks := looking_back(self.context)) is not None:
            self.add(looks)
            self._said_day = True
        self.add(form)
        self._take_form(form)
        self.info.set_lines([])
        self.add(self.info)
        self.add_stretch()
        if read.draft is not None:
            self.keeping.tell(read.draft)
            self.settling.take_up(read.draft, form, read.since)
            self.keeping.rests()
        else:
            self.keeping.offer_back()
        self.after_swap()
        if self._wants_focus:
            self.focus_first()

    def _take_form(self, form: Form) -> None:
        self.form = form
        form.problems_changed.connect(self.count_problems)
        form.edited.connect(self._on_edited)
        self._from_preview.clear()
        self.keeping.watch(form)

    def _on_gone(self, error: UserError, draft: Draft | None) -> None:
        """What the form is about is gone. Words typed before are shown all the same, to be copied."""
        if draft is None:
            self._on_unreadable(error)
            return
        self.kept.emit()
        self.context.shell.side_panel(KeptWords(self.context, draft, str(error)))

    @Slot(object)
    def _on_unreadable(self, error: UserError) -> None:
        self.kept.emit()
        self.context.jobs.failed.emit(error)

    def _show_person(self, person: Person) -> None:
        facts = [("", f"Born {text.format_born(person, self.context.today)}")] if person.born_on else []
        number = person.nhs_number
        facts.append(("NHS", text.format_nhs(number)) if number else ("Ref", person.ref))
        self.show_person(text.full_name(person), facts)

    @property
    def called(self) -> str:
        """What to call the person in a sentence."""
        return text.called(self.person) if self.person is not None else "them"

    @property
    def whole_name(self) -> str:
        return text.plain_name(self.person) if self.person is not None else ""

    def focus_first(self) -> None:
        """Put the keyboard into the form, as soon as it is there."""
        if self.form is None:
            self._wants_focus = True
            self.setFocus()
        else:
            self._wants_focus = False
            self.form.focus_first()

    # Drafts

    def start_afresh(self) -> None:
        """Throw the draft away and read everything again; what was thrown away can be put back."""
        self.keeping.throw_away()
        self.settling.take_banner_away()
        for widget in (self.form, self.info):
            if widget is not None:
                self.body.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.form = None
        self.info = InfoPanel(self.context.theme, self.info_title)
        self._wants_focus = True
        self.context.jobs.ask(self._read, then=self._on_read, failed=self._on_unreadable)

    def swap_form(self, form: Form) -> None:
        """Put a form made afresh in the place of the one shown, whose words go into it."""
        old = self.form
        if old is not None:
            place = self.body.indexOf(old)
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
            self.body.insertWidget(place, form)
        self._take_form(form)

    def after_swap(self) -> None:
        """The words are in: keep them as they stand now."""
        self.set_primary(self._primary)
        self._on_edited()

    def keep(self) -> None:
        self.keeping.flush()
        self.keeping.close()
        super().keep()

    def flush(self) -> None:
        """Keep what is typed now, without waiting for the moment after it."""
        self.keeping.flush()

    # What will follow

    @Slot()
    def _on_edited(self) -> None:
        self.on_edited()
        self._timer.start()

    def values_so_far(self) -> dict[str, Any]:
        """Every value that can be read; None for the others and for hidden fields."""
        found: dict[str, Any] = {}
        for name, editor in (self.form.editors if self.form else {}).items():
            try:
                found[name] = None if editor.isHidden() else editor.value()
            except Invalid:
                found[name] = None
        return found

    @Slot()
    def ask_preview(self) -> None:
        """Ask what recording the form as it stands would do."""
        if self.form is not None:
            self.context.jobs.ask(
                self.preview,
                self.gathered(self.values_so_far()),
                then=self._on_preview,
                failed=lambda error: None,
                urgent=True,
                slot=("preview", id(self)),
            )

    @Slot(object)
    def _on_preview(self, preview: Preview | None) -> None:
        if self.form is None:
            return
        preview = preview or Preview()
        lines = [(ICONS.get(each.kind, ICONS["plan"]), each.words) for each in preview.consequences]
        lines += [(ICONS["caution"], each.words) for each in preview.cautions]
        self.info.set_lines(lines)
        self._show_found(preview)
        self.show_preview(preview)

    def _show_found(self, preview: Preview) -> None:
        """Say beside a filled field what a rule has against it, and take back what no longer holds."""
        form = self.form
        if form is None:
            return
        for name in self._from_preview - preview.problems.keys():
            form.editors[name].clear_problem()
        self._from_preview &= preview.problems.keys()
        for name, words in preview.problems.items():
            editor = form.editors.get(name)
            if editor is None or editor.isHidden() or editor.is_empty() or editor.problem:
                continue
            focus = QApplication.focusWidget()
            if focus is None or not editor.isAncestorOf(focus):
                editor.show_problem(words, preview.mends.get(name, ()))
                self._from_preview.add(name)
        self.count_problems()

    @Slot()
    def count_problems(self, *_: object) -> None:
        """What is still to be put right or decided."""
        if self.form is not None:
            self.set_problem_count(self.form.problem_count() + len(self.settling.undecided))

    # Recording

    @Slot()
    def record(self) -> None:
        """Record what the form says, or say what is still to put right."""
        if self.form is None:
            return
        values = self.form.checked_values()
        self.count_problems()
        if values is None:
            self.ask_preview()  # what the rules have against the other fields is to be read too
            return
        if self.settling.undecided:
            self.settling.focus()
            return
        self.recording = True
        self.set_busy(True)
        self.context.jobs.do(self._perform, self.gathered(values), then=self._on_recorded, failed=self._on_refused)

    def _perform(self, store: Store, values: Mapping[str, Any]) -> Any:
        """Record, unless what the form was filled in against is no longer what stands in the register."""
        base = self.base
        if base is not None:
            there = store.peek(type(base), base.id)
            overtaken = there is None or there.version != base.version
        else:
            stood_on = self.stands_on(self.data)
            overtaken = stood_on is not None and self.stands_on(self.read(store)) != stood_on
        if overtaken:
            raise Overtaken("Something was recorded while you were typing.")
        return self.perform(store, values)

    @Slot(object)
    def _on_recorded(self, result: Any) -> None:
        self.keeping.end()
        words = self.said(result)
        self.kept.emit()
        self.context.shell.say(words, can_undo=True)
        self.after(result)

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        self.set_busy(False)
        self.recording = False
        if self.form is None:
            return
        if isinstance(error, Invalid):
            self.form.show_problems(error.problems, error.mends)
            self._from_preview |= error.problems.keys() & self.form.editors.keys()
            self.count_problems()
        else:
            self.form.show_problems({"": str(error)})
            if isinstance(error, (Conflict, NotFound)):
                self.settling.look_again(recording=True)
