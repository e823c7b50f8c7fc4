"""What a form's panel does about its draft: keeps it as it is typed, brings it back, throws it away."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal

from mhtracker.domain.errors import UserError
from mhtracker.domain.records import KIND_OF
from mhtracker.store import Store
from mhtracker.store.drafts import Draft
from mhtracker.text import format_when
from mhtracker.ui.bus import Bus
from mhtracker.ui.dialogs.form_drafts import DraftSlot, drop_slot, keep_in_slot, mark_of, open_slot
from mhtracker.ui.dialogs.form_frame import FormFrame
from mhtracker.ui.dialogs.form_settling import Settling
from mhtracker.ui.forms import DraftKeeper, Form
from mhtracker.ui.widgets.banner import Banner


class Keeping(QObject):
    """Looks after the draft of one panel. `kept` once words are on the disk."""

    kept = Signal()

    def __init__(
        self, panel: FormFrame, settling: Settling, place: str, args: Mapping[str, Any], wanted: str = ""
    ) -> None:
        super().__init__(panel)
        self._panel, self._settling = panel, settling
        self._jobs, self._bus = panel.context.jobs, panel.context.bus
        self.slot = DraftSlot(place, panel.context.register.address)
        slot = self.slot
        panel.destroyed.connect(lambda: _close(slot))
        panel.kept.connect(self.close)
        self._args, self._wanted = dict(args), wanted
        self._keeper: DraftKeeper | None = None
        self.banner: Banner | None = None
        self.thrown: dict[str, str] = {}

    def settle(self, about: Mapping[str, Any]) -> None:
        """The form has found the record it is about: its draft is that record's. On the register's thread."""
        found = {name: record_id for name, record_id in about.items() if not self._args.get(name)}
        self._args |= found
        self.slot.place = ":".join((self.slot.place, *found.values()))

    def open(self, store: Store) -> Draft | None:
        """The draft to take up, read on the register's thread."""
        return open_slot(store, self.slot, self._wanted) if self.slot.place else None

    def watch(self, form: Form) -> None:
        """Keep what is typed into `form` from now on, in the place of the form before."""
        self._stop()
        if self.slot.place:
            self._keeper = DraftKeeper(form, self._keep)

    def rests(self) -> None:
        """What was just put back into the form is kept already."""
        if self._keeper is not None:
            self._keeper.rests()

    def flush(self) -> None:
        """Keep now what is not kept yet."""
        if self._keeper is not None:
            self._keeper.flush()

    def end(self) -> None:
        """It is recorded: nothing is kept any more."""
        self._stop()
        self._drop()

    def close(self) -> None:
        """The form goes; another may take its draft up."""
        _close(self.slot)
        if self.slot.place:
            self._bus.drafts_changed.emit()

    def _stop(self) -> None:
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper = None

    def _keep(self, typed: dict[str, str]) -> None:
        form = self._panel.form
        if not typed or form is None:
            self._drop()
            self._panel.set_draft_words("")
            return
        more: dict[str, Any] = {}
        base = self._panel.base
        if base is not None or self._panel.shows_record:
            # The other fields show the record, which others may change meanwhile.
            once = self._panel.chosen_once
            typed = {**form.changed_texts(), **{name: typed[name] for name in once if name in typed}}
            began = self._settling.began
            more["shown"] = {name: began.get(name, form.clean_texts[name]) for name in typed}
        if base is not None:
            version = self._settling.began_version or base.version
            more |= {"kind": KIND_OF[type(base)], "record_id": base.id, "version": version}
        typed = {**self._settling.homeless, **typed}
        labels = {name: form.labels[name].text().replace("&&", "&") for name in typed if name in form.labels}
        self._jobs.keep(
            keep_in_slot,
            self.slot,
            person_id=self._panel.person_id,
            label=self._panel.title,
            texts=typed,
            args=self._args,
            labels=labels,
            stood_on=mark_of(self._panel.stands_on(self._panel.data)),
            **more,
            then=partial(_on_kept, self._bus, self),
            failed=self._on_not_kept,
        )

    def tell_kept(self) -> None:
        """The words are on the disk."""
        self._panel.set_draft_words(f"Draft kept {self._panel.context.clock.now().astimezone():%H:%M}")
        self.kept.emit()

    def _on_not_kept(self, error: UserError) -> None:
        self._panel.set_draft_words(f"Draft not kept. {error}")

    def _drop(self) -> None:
        if self.slot.place:
            self._jobs.keep(drop_slot, self.slot, then=lambda _: self._bus.drafts_changed.emit())

    # What was typed before

    def tell(self, draft: Draft) -> None:
        """Say that a draft is back."""
        context = self._panel.context
        when = format_when(draft.saved_at.astimezone().replace(tzinfo=None), context.today)
        self._panel.set_draft_words(f"Draft kept {when}")
        by = f" by {draft.who}" if draft.who and draft.who != self._panel.who else ""
        self._show(
            Banner(
                context.theme,
                "",
                title=f"What you typed is back, from {when}" if not by else f"Typed{by}, {when}",
                family="info",
                buttons=[("Start afresh", self._panel.start_afresh)],
                closable=True,
            )
        )

    def throw_away(self) -> None:
        """Forget the draft, but for what `offer_back` puts back."""
        form = self._panel.form
        self.thrown = form.changed_texts() if form is not None else {}
        self.end()
        self._wanted = ""
        self._panel.set_draft_words("")
        self.take_banner_away()

    def offer_back(self) -> None:
        """Offer what was thrown away."""
        if self.thrown:
            buttons = [("Put it back", self._on_put_back)]
            theme = self._panel.context.theme
            self._show(
                Banner(
                    theme, "", title="What you had typed is thrown away", family="info", buttons=buttons, closable=True
                )
            )

    def _on_put_back(self) -> None:
        thrown, self.thrown = self.thrown, {}
        self.take_banner_away()
        if self._panel.form is not None:
            self._panel.form.restore_text(thrown)

    def _show(self, banner: Banner) -> None:
        self.take_banner_away()
        self.banner = banner
        self._panel.body.insertWidget(0, banner)

    def take_banner_away(self) -> None:
        """The words about the draft have been read."""
        if self.banner is not None:
            self._panel.body.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None


def _on_kept(bus: Bus, keeping: Keeping, kept: bool) -> None:
    bus.drafts_changed.emit()  # the panel may be gone by now, and the list of drafts is to know all the same
    if kept and shiboken6.isValid(keeping):
        keeping.tell_kept()


def _close(slot: DraftSlot) -> None:
    slot.closed = True
