"""Everything that can be done by name: from the palette, the menu, a key, a button.

A command is found by its key (`shell.run_command("move", person_id=…)`), so a page starts a form without importing
it, and the palette lists what there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from mhtracker.domain.errors import NotFound


def always() -> bool:
    """For commands that can be run at any time."""
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done.

    `words` say it as a button would; `keys` is a shortcut the window binds ("Ctrl+P"); `letter` one key that counts
    outside fields. A command `for_person` is run with `person_id` and offered only where a person is in hand; one that
    `records` is refused while the window looks back. `listed` commands stand in the palette while `possible()`.
    """

    key: str
    words: str
    run: Callable[..., object]
    icon: str = ""
    keys: str = ""
    letter: str = ""
    for_person: bool = False
    records: bool = False
    listed: bool = True
    possible: Callable[[], bool] = always
    also: str = ""
    """Other words by which it may be looked for."""


class Commands:
    """The commands of one window, in the order in which they were added."""

    def __init__(self) -> None:
        self._commands: dict[str, Command] = {}

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def add(self, *commands: Command) -> None:
        """Add commands; the same key again takes the place of the one before."""
        for command in commands:
            self._commands[command.key] = command

    def get(self, key: str) -> Command:
        """The command of that key. Raises NotFound."""
        if key not in self._commands:
            raise NotFound(f"There is no command “{key}”.")
        return self._commands[key]

    def lettered(self) -> list[Command]:
        """Those with a single letter of their own."""
        return [command for command in self if command.letter]


@dataclass(frozen=True, slots=True)
class FormCommand:
    """A form that a command opens in the side panel.

    `target` is "module:Class"; the class is called with the context and the command's arguments by name
    (`MoveForm(context, person_id=…)`) and imported only then.
    """

    key: str
    words: str
    icon: str
    target: str
    letter: str = ""
    for_person: bool = True
    listed: bool = True
    also: str = ""

    @property
    def there(self) -> bool:
        """Whether this version has the form."""
        return find_spec(self.target.partition(":")[0]) is not None

    def build(self, context: Any, **args: Any) -> Any:
        """The form's widget."""
        return load(self.target)(context, **args)


def load(target: str) -> Any:
    """What "module:name" names, imported now."""
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


FORMS: tuple[FormCommand, ...] = (
    FormCommand(
        "move", "Record a move", "arrow-right-bold", "mhtracker.ui.dialogs.move_form:MoveForm", "M", also="placement"
    ),
    FormCommand(
        "review", "Record a review", "clipboard-check-outline", "mhtracker.ui.dialogs.review_form:HoldReviewForm", "R"
    ),
    FormCommand(
        "book_review", "Book a review", "calendar-plus", "mhtracker.ui.dialogs.review_form:BookReviewForm"
    ),
    FormCommand(
        "target", "Change the move-on target", "flag-outline", "mhtracker.ui.dialogs.target_form:TargetForm", "T",
        also="plan aim",
    ),
    FormCommand("note", "Add a note", "note-text-outline", "mhtracker.ui.dialogs.note_form:NoteForm", "N"),
    FormCommand("edit_person", "Edit details", "pencil-outline", "mhtracker.ui.dialogs.person_form:PersonForm"),
    FormCommand(
        "add_person", "Add a person", "plus", "mhtracker.ui.dialogs.person_form:AddPersonForm", for_person=False,
        also="new",
    ),
    FormCommand(
        "rebook_review", "Change a booking", "calendar-plus", "mhtracker.ui.dialogs.review_form:RebookReviewForm",
        listed=False,
    ),
    FormCommand(
        "abandon_review", "Give a review up", "close", "mhtracker.ui.dialogs.review_form:AbandonReviewForm",
        listed=False,
    ),
    FormCommand("edit_note", "Change a note", "pencil-outline", "mhtracker.ui.dialogs.note_form:EditNoteForm",
                listed=False),
    FormCommand("aim", "Change the aim", "flag-checkered", "mhtracker.ui.dialogs.target_form:AimForm", listed=False),
    FormCommand("end_plan", "End the plan", "flag-outline", "mhtracker.ui.dialogs.target_form:EndPlanForm",
                listed=False),
    FormCommand(
        "status", "Set a status", "gavel", "mhtracker.ui.dialogs.status_form:StatusForm",
        also="s117 accommodation employment",
    ),
    FormCommand("end_status", "End a status", "gavel", "mhtracker.ui.dialogs.status_form:EndStatusForm", listed=False),
    FormCommand("close_case", "Close the case", "close", "mhtracker.ui.dialogs.person_form:CloseCaseForm",
                also="left died"),
    FormCommand(
        "reassign", "Reassign", "account-switch-outline", "mhtracker.ui.dialogs.reassign_form:ReassignForm",
        for_person=False, listed=False,
    ),
    FormCommand(
        "book_reviews", "Book reviews", "calendar-plus", "mhtracker.ui.dialogs.book_reviews_form:BookReviewsForm",
        for_person=False, listed=False,
    ),
)  # fmt: skip
