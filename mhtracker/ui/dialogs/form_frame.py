"""What a form in the side panel says of itself, and what its parts may ask of it.

A form says what it reads (`read`), shows it (`make_form`), works out (`preview`) and records (`perform`); the two last
and the first run on the register's thread and touch no widget. `FormPanel` does what all forms do; the parts it leaves
some of that to (`Keeping`, `Settling`) know a form by this alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mhtracker.domain.records import Person
from mhtracker.operations.drafting import Preview
from mhtracker.store import Store
from mhtracker.ui.context import Context
from mhtracker.ui.forms import Form
from mhtracker.ui.widgets.side_panel import SidePanel


class FormFrame(SidePanel):
    """`base` is the record a form shows and `data` what it read; both None until it has read. `who` records here."""

    def __init__(self, context: Context, title: str, *, primary: str, keep: str, person_id: str | None) -> None:
        super().__init__(context.theme, title, primary=primary, keep=keep)
        self.context, self.theme, self.person_id = context, context.theme, person_id
        self.who = ""
        self.person: Person | None = None
        self.data: Any = None
        self.base: Any = None
        self.form: Form | None = None
        self.recording = False
        self.draft_labels: dict[str, str] = {}

    # For each form to say

    def read(self, store: Store) -> Any:
        """What the form needs to show itself."""
        return None

    def make_form(self, data: Any) -> Form:
        """The form as the register has it. One that shows a record sets `base` to it."""
        raise NotImplementedError

    def about(self, data: Any) -> Mapping[str, Any]:
        """Which record it turned out to be, where the command did not say: the draft opens the form on that one."""
        return {}

    shows_record = False
    """Whether the fields show what holds in the register, though it is no one record that can be a `base`."""

    chosen_once: tuple[str, ...] = ()
    """Fields that say what the form is about: a draft keeps them also where nothing was typed into them."""

    def stands_on(self, data: Any) -> Any:
        """What the person goes by in filling the form in, besides `base`: when it changes, they are told."""
        return None

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        """What recording would do; None when there is nothing to say. Values that cannot be read are None."""
        return None

    def perform(self, store: Store, values: Mapping[str, Any]) -> Any:
        raise NotImplementedError

    def gathered(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values as `perform` and `preview` get them; here, on the window's thread, widgets may still be asked."""
        return values

    def said(self, result: Any) -> str:
        """What happened, for the toast."""
        return "Recorded."

    def after(self, result: Any) -> None:
        """What the window does once it is recorded."""

    def on_edited(self) -> None:
        """Show and hide fields as others change."""

    def show_preview(self, preview: Preview) -> None:
        """More to do with a preview than its lines."""

    # For `FormPanel` to do, when a part asks for it

    def start_afresh(self) -> None:
        """Throw the draft away and read everything again."""
        raise NotImplementedError

    def swap_form(self, form: Form) -> None:
        """Put a form made afresh in the place of the one shown."""
        raise NotImplementedError

    def after_swap(self) -> None:
        """The words are in the form."""
        raise NotImplementedError

    def count_problems(self, *_: object) -> None:
        """What is still to be put right or decided."""
        raise NotImplementedError

    def record(self) -> None:
        """Record what the form says."""
        raise NotImplementedError
