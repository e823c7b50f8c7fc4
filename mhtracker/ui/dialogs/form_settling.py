"""What a form does when the register changes under it: brings both together, and asks where both changed one field.

It learns of it while it stands open (another window, undo, another computer), when its draft is taken up again, and
when it is recorded. Nothing typed is ever left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from mhtracker.domain.errors import Conflict, NotFound
from mhtracker.domain.fields import field_label
from mhtracker.domain.records import KIND_OF, Changes, Person, Record
from mhtracker.store import Store
from mhtracker.store.drafts import Draft
from mhtracker.store.queries.record_since import Since, Step, latest_on_person, record_since
from mhtracker.text import format_when
from mhtracker.ui.dialogs.conflict import ChooseEach, homeless_words
from mhtracker.ui.dialogs.form_drafts import mark_of
from mhtracker.ui.dialogs.form_frame import FormFrame
from mhtracker.ui.dialogs.merging import Merged, merge
from mhtracker.ui.forms import Form
from mhtracker.ui.widgets.banner import Banner

WHILE, AFTER = "while you were typing", "after you had typed this"


class Overtaken(Conflict):
    """What a form was filled in against is not what stands in the register now."""


@dataclass(frozen=True, slots=True)
class Again:
    """What a form reads anew: `gone` when what it is about is no longer there, `over` why the form has no use now."""

    person: Person | None
    data: Any
    since: Since
    moved: bool = False
    gone: bool = False
    over: str = ""


def read_since(store: Store, base: Record | None, person_id: str | None) -> Since:
    """Who changed what a form is about since it was read."""
    if base is not None:
        return record_since(store, KIND_OF[type(base)], base.id, base.version)
    return Since({}, latest_on_person(store, person_id) if person_id else None)


class Settling(QObject):
    """Looks after one panel. While something is `undecided`, the form is not recorded."""

    def __init__(self, panel: FormFrame) -> None:
        super().__init__(panel)
        self._panel, self._context = panel, panel.context
        self.banner: Banner | ChooseEach | None = None
        self.began: dict[str, str] = {}
        self.began_version = 0
        self.homeless: dict[str, str] = {}
        self._recording = False
        self._context.bus.changed.connect(self._on_changed)

    @property
    def undecided(self) -> tuple[str, ...]:
        """The fields that two changed and for which nothing is chosen yet."""
        return self.banner.undecided if isinstance(self.banner, ChooseEach) else ()

    # Hearing of it

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        panel = self._panel
        if panel.form is None or panel.recording:
            return
        base = panel.base
        mine = base is not None and (KIND_OF[type(base)], base.id) in changes.records
        if mine or (panel.person_id and panel.person_id in changes.people):
            self.look_again()

    def look_again(self, *, recording: bool = False) -> None:
        """Read anew what the form is about, and bring it together with what is typed."""
        self._recording = recording
        self._context.jobs.ask(
            self._read_again, self._panel.base, self._panel.data, then=self._on_read_again,
            failed=lambda error: None, urgent=True, slot=("again", id(self)),
        )  # fmt: skip

    def _read_again(self, store: Store, base: Record | None, before: Any) -> Again:
        panel = self._panel
        since = read_since(store, base, panel.person_id)
        try:
            person = store.get(Person, panel.person_id) if panel.person_id else None
            now = store.get(type(base), base.id) if base is not None else None
            data = panel.read(store)
        except NotFound as missing:
            there = base is not None and store.peek(type(base), base.id) is not None
            return Again(None, None, since, gone=True, over=str(missing) if there else "")
        moved = panel.stands_on(data) != panel.stands_on(before)
        if now is not None and base is not None:
            moved = moved or now != base
        return Again(person, data, since, moved)

    def _on_read_again(self, again: Again) -> None:
        recording, self._recording = self._recording, False
        form = self._panel.form
        if form is None:
            return
        if again.gone:
            self._tell_gone(again.since.latest, again.over)
        elif again.moved:
            self._rebuild(form, again, recording)

    # Bringing both together

    def _rebuild(self, old: Form, again: Again, recording: bool) -> None:
        panel = self._panel
        began, typed, dirty = old.clean_texts, old.text_values(), old.dirty
        before = panel.base
        place = _Place.of(old)
        panel.data, panel.person = again.data, again.person
        form = panel.make_form(again.data)
        form.mark_clean()
        merged = self._merged(began, typed, form)
        panel.swap_form(form)
        form.restore_text(merged.keep)
        panel.after_swap()
        place.put_back(form)
        if before is not None and merged.both and not self.began_version:
            self.began_version = before.version
        self.show_merged(merged, again.since, WHILE, quiet=not dirty and not recording, focus=recording)
        if recording and panel.base is not None and not merged.both:
            panel.record()  # only different fields were changed: what was meant can be recorded

    def _merged(self, began: dict[str, str], typed: dict[str, str], form: Form) -> Merged:
        if self._panel.base is not None or self._panel.shows_record:
            merged = merge({**began, **self.began}, typed, form.text_values())
        else:
            # The fields show no record: whatever differs was typed here.
            theirs = form.text_values()
            changed = {name: words for name, words in typed.items() if words != began.get(name, "")}
            merged = Merged(
                {name: words for name, words in changed.items() if name in theirs},
                (),
                (),
                {name: words for name, words in changed.items() if name not in theirs and words.strip()},
            )
        once = {name: typed[name] for name in self._panel.chosen_once if name in typed and typed[name].strip()}
        return Merged({**merged.keep, **once}, merged.both, merged.theirs_only, merged.homeless)

    def take_up(self, draft: Draft, form: Form, since: Since) -> None:
        """Put a draft's words into a form made afresh."""
        now = form.text_values()
        if draft.shown:
            merged = merge({**now, **draft.shown}, {**now, **draft.texts}, now)
            once = {name: draft.texts[name] for name in self._panel.chosen_once if name in draft.texts}
            merged = Merged({**merged.keep, **once}, merged.both, merged.theirs_only, merged.homeless)
            if merged.both:
                self.began_version = draft.version
        else:
            gone = {name: words for name, words in draft.texts.items() if name not in now and words.strip()}
            merged = Merged({n: w for n, w in draft.texts.items() if n in now}, (), (), gone)
        form.restore_text(merged.keep)
        self._panel.draft_labels = draft.labels
        stands_on = mark_of(self._panel.stands_on(self._panel.data))
        if draft.stood_on and draft.stood_on != stands_on and not merged.both:
            self._tell_moved(since.latest, merged, AFTER)
        else:
            self.show_merged(merged, since, AFTER, quiet=True, focus=True)

    # Telling

    def show_merged(self, merged: Merged, since: Since, when: str, *, quiet: bool, focus: bool) -> None:
        """Ask about fields that both changed; say what only somebody else changed."""
        self.homeless = {**self.homeless, **merged.homeless}
        if merged.both:
            self.began = {each.name: each.original for each in merged.both}
            labels = self._labels(each.name for each in merged.both)
            steps = {each.name: since.fields.get(each.name, since.latest) for each in merged.both}
            whose = {name: self._whose(step) for name, step in steps.items()}
            what = self._listed(each.name for each in merged.both)
            title = f"{self._who(since.latest)} changed {what} {when}."
            choose = ChooseEach(self._context.theme, title, merged.both, labels=labels, whose=whose)
            choose.chosen.connect(self._on_chosen)
            self._show(choose)
            if focus:  # not while somebody types: their next letters belong to the field they are in
                choose.focus_first()
            return
        self.began, self.began_version = {}, 0
        if self._panel.base is None and not self._panel.shows_record and not quiet:
            self._tell_moved(since.latest, merged, WHILE)
        elif merged.theirs_only and not quiet:
            words = "It is shown here now. What you typed is as you typed it."
            title = f"{self._who(since.latest)} changed {self._listed(merged.theirs_only)} {when}."
            self._show(Banner(self._context.theme, words, title=title, family="info", closable=True))
        elif self.homeless:
            self._tell_moved(since.latest, merged, when)
        else:
            self.take_banner_away()

    def _tell_moved(self, step: Step | None, merged: Merged, when: str) -> None:
        self.homeless = {**self.homeless, **merged.homeless}
        done = f"{self._who(step)} recorded “{step.label}” at {self._time(step)}" if step else "Something was recorded"
        words = "What you typed is kept. See whether it still holds, then record it."
        buttons = []
        if self.homeless:
            words += "\n\nThere is no place any more for:\n" + homeless_words(
                self.homeless, {**self._panel.draft_labels, **self._labels(self.homeless)}
            )
            buttons = [("Copy it", partial(self._copy, self.homeless))]
        self._show(
            Banner(self._context.theme, words, title=f"{done}, {when}.", family="warn", buttons=buttons, closable=True)
        )

    def _tell_gone(self, step: Step | None, over: str) -> None:
        form = self._panel.form
        typed = form.text_values() if form is not None else {}
        self._show(
            Banner(
                self._context.theme,
                "What you typed is kept here. Copy it where it belongs now, or undo that step to go on.",
                title=over or f"{self._who(step)} took this out of the register{self._at(step)}.",
                family="warn",
                buttons=[("Copy what you typed", partial(self._copy, typed))],
            )
        )

    def _copy(self, typed: dict[str, str]) -> None:
        labels = {**self._panel.draft_labels, **self._labels(typed)}
        words = homeless_words({name: each for name, each in typed.items() if each.strip()}, labels)
        QGuiApplication.clipboard().setText(words)
        self._context.shell.say("Copied what you typed.")

    def _on_chosen(self, name: str, words: str) -> None:
        form = self._panel.form
        if form is None:
            return
        editor = form.editors[name]
        if editor.text_value() != words:
            editor.restore_text(words)
            editor.edited.emit()
        if not self.undecided:
            self.began, self.began_version = {}, 0
            form.edited.emit()
        self._panel.count_problems()

    def _show(self, banner: Banner | ChooseEach) -> None:
        self.take_banner_away()
        self.banner = banner
        self._panel.body.insertWidget(0, banner)
        self._panel.count_problems()

    def focus(self) -> None:
        """What is to be decided has the keyboard."""
        if isinstance(self.banner, ChooseEach):
            self.banner.focus_first()

    def take_banner_away(self) -> None:
        """What it said has been read, or is settled."""
        if self.banner is not None:
            self._panel.body.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None

    # Words

    def _labels(self, names: Iterable[str]) -> dict[str, str]:
        labels = self._panel.form.labels if self._panel.form is not None else {}
        kind = type(self._panel.base) if self._panel.base is not None else Record
        return {
            name: labels[name].text().replace("&&", "&") or field_label(kind, name) for name in names if name in labels
        }

    def _listed(self, names: Iterable[str]) -> str:
        words = [f"“{label}”" for label in self._labels(names).values()]
        return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1] if words else "this"

    def _who(self, step: Step | None) -> str:
        if step is None or not step.who:
            return "Somebody"
        return "You" if step.who == self._panel.who else step.who

    def _whose(self, step: Step | None) -> str:
        who = self._who(step)
        if who == "You":
            return f"Recorded by you{self._at(step)}"
        return f"Theirs{self._at(step)}" if step is None or not step.who else f"{step.who}’s{self._at(step)}"

    def _time(self, step: Step) -> str:
        return format_when(step.at.astimezone().replace(tzinfo=None), self._context.today)

    def _at(self, step: Step | None) -> str:
        return f", {self._time(step)}" if step is not None else ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the keyboard is in a form, to be there again in the one that takes its place."""

    name: str = ""
    at: int = 0
    anchor: int = 0

    @classmethod
    def of(cls, form: Form) -> _Place:
        focus = QApplication.focusWidget()
        for name, editor in form.editors.items():
            if focus is not None and (editor is focus or editor.isAncestorOf(focus)):
                if isinstance(focus, QPlainTextEdit):
                    return cls(name, focus.textCursor().position(), focus.textCursor().anchor())
                return cls(name, focus.cursorPosition() if isinstance(focus, QLineEdit) else 0)
        return cls()

    def put_back(self, form: Form) -> None:
        if self.name not in form.editors:
            return
        editor = form.editors[self.name]
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        control: QWidget = editor.control
        if isinstance(control, QPlainTextEdit):
            length = len(control.toPlainText())
            cursor = control.textCursor()
            cursor.setPosition(min(self.anchor, length))
            cursor.setPosition(min(self.at, length), QTextCursor.MoveMode.KeepAnchor)
            control.setTextCursor(cursor)
        elif isinstance(control, QLineEdit):
            control.setCursorPosition(min(self.at, len(control.text())))
