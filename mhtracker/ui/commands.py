"""Everything that can be done by name: from the palette, the menu, a key, a button.

A command is found by its key (`shell.run_command("move", person_id=…)`), so a page starts a form without importing
it, and the palette lists what there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
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
        self._owners: dict[str, object] = {}

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def add(self, *commands: Command, owner: object = None) -> None:
        """Add commands; the same key again takes the place of the one before. A page's own go with the page."""
        for command in commands:
            self._commands[command.key] = command
            self._owners[command.key] = owner

    def forget(self, owner: object) -> None:
        """Take away what a page added, since it is about to be gone."""
        for key in [key for key, whose in self._owners.items() if whose is owner]:
            del self._commands[key], self._owners[key]

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

    def build(self, context: Any, **args: Any) -> Any:
        """The form's widget."""
        return load(self.target)(context, **args)


def load(target: str) -> Any:
    """What "module:name" names, imported now."""
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def _office(
    key: str, words: str, icon: str, module: str, form: str, *, also: str = "", listed: bool = True
) -> FormCommand:
    target = f"mhtracker.ui.dialogs.{module}:{form}"
    return FormCommand(key, words, icon, target, for_person=False, listed=listed, also=also)


def _form(
    key: str, words: str, icon: str, module: str, form: str, *, letter: str = "", also: str = "", listed: bool = True
) -> FormCommand:
    return FormCommand(key, words, icon, f"mhtracker.ui.dialogs.{module}:{form}", letter, listed=listed, also=also)


FORMS: tuple[FormCommand, ...] = (
    _form("move", "Record a move", "arrow-right-bold", "move_form", "MoveForm", letter="M", also="placement"),
    _form("edit_stay", "Correct a stay", "pencil-outline", "stay_form", "EditStayForm",
          also="wrong place flat room placement"),
    _form("review", "Record a review", "clipboard-check-outline", "review_form", "HoldReviewForm", letter="R"),
    _form("book_review", "Book a review", "calendar-plus", "review_form", "BookReviewForm"),
    _form("rebook_review", "Change a booking", "calendar-today", "review_form", "RebookReviewForm"),
    _form("abandon_review", "Give a review up", "close", "review_form", "AbandonReviewForm", listed=False),
    _form("contact_not_needed", "A contact is not needed", "close", "not_needed_form", "NotNeededForm"),
    _form("target", "Change the move-on target", "flag-outline", "target_form", "TargetForm", letter="T", also="plan"),
    _form("aim", "Change the aim", "flag-outline", "target_form", "AimForm"),
    _form("end_plan", "End the move-on plan", "flag-checkered", "target_form", "EndPlanForm"),
    _form("rate", "Rate readiness", "stairs-up", "rating_form", "RatingForm", also="domains evidence"),
    _form("correct_rating", "Correct a rating", "pencil-outline", "rating_form", "CorrectRatingForm", listed=False),
    _form("barrier", "Add a barrier", "timer-sand", "barrier_form", "BarrierForm", letter="B", also="delay held up"),
    _form("end_barrier", "End a barrier", "check", "barrier_form", "EndBarrierForm", also="delay"),
    _form("edit_barrier", "Change a barrier", "pencil-outline", "barrier_form", "EditBarrierForm", listed=False),
    _form("action", "Add an action", "checkbox-marked-outline", "action_form", "ActionForm", also="to do task"),
    _form("edit_action", "Change an action", "pencil-outline", "action_form", "EditActionForm", listed=False),
    _form("finish_action", "Mark an action as done", "check", "action_form", "FinishActionForm", listed=False),
    _form("put_off_action", "Put an action off", "calendar-today", "action_form", "PutOffActionForm", listed=False),
    _form("drop_action", "Drop an action", "close", "action_form", "DropActionForm", listed=False),
    _form("steps", "Plan the steps of a move", "stairs-up", "steps_form", "StepsForm", also="in-reach enablement"),
    _form("move_steps", "Move the steps", "calendar-today", "steps_form", "MoveStepsForm", listed=False),
    _form("drop_steps", "Drop the rest of the steps", "close", "steps_form", "DropStepsForm", listed=False),
    _form("note", "Add a note", "note-text-outline", "note_form", "NoteForm", letter="N"),
    _form("edit_note", "Go on with a note", "note-text-outline", "note_form", "EditNoteForm", listed=False),
    _form("correct_note", "Correct a note", "note-text-outline", "note_form", "CorrectNoteForm", listed=False),
    _form("event", "Add an event to the story", "calendar-today", "event_form", "EventForm", also="chronology key"),
    _form("edit_event", "Say an event in other words", "calendar-today", "event_form", "EditEventForm", listed=False),
    _form("edit_document", "Change a document", "file-pdf-box", "document_form", "DocumentForm", listed=False),
    _form("status", "Set a status", "gavel", "status_form", "StatusForm",
          also="s117 cto dols court capacity advocacy safeguarding accommodation employment"),
    _form("renew_status", "Renew an order", "gavel", "status_form", "RenewStatusForm", listed=False),
    _form("end_status", "End s117 after-care", "gavel", "status_form", "EndStatusForm"),
    _form("edit_status", "Correct a status", "gavel", "status_form", "EditStatusForm", listed=False),
    _form("goal", "Set a goal", "flag-outline", "goal_form", "GoalForm", also="wish"),
    _form("reword_goal", "Reword a goal", "flag-outline", "goal_form", "RewordGoalForm", listed=False),
    _form("score_goal", "Score a goal", "flag-outline", "goal_form", "ScoreGoalForm", listed=False),
    _form("edit_score", "Correct a score", "flag-outline", "goal_form", "EditScoreForm", listed=False),
    _form("end_goal", "End a goal", "flag-checkered", "goal_form", "EndGoalForm", listed=False),
    _form("measure", "Record a measure", "chart-timeline-variant", "measure_form", "MeasureForm", also="outcome score"),
    _form("edit_measure", "Correct a measure", "chart-timeline-variant", "measure_form", "EditMeasureForm",
          listed=False),
    _form("contact", "Add a carer, relative or professional", "account-group-outline", "contact_form", "ContactForm",
          also="contact family gp care coordinator people somebody around"),
    _form("edit_contact", "Change a contact", "account-group-outline", "contact_form", "EditContactForm", listed=False),
    _form("end_contact", "No longer", "account-group-outline", "contact_form", "EndContactForm", listed=False),
    _form("cost", "Add a cost", "cash-multiple", "cost_form", "CostForm", also="money rate package price"),
    _form("change_cost", "Change a cost", "cash-multiple", "cost_form", "ChangeCostForm", listed=False),
    _form("edit_cost", "Correct a cost", "cash-multiple", "cost_form", "EditCostForm", listed=False),
    _form("end_cost", "End a cost", "cash-multiple", "cost_form", "EndCostForm", listed=False),
    _form("taper", "Plan a taper", "stairs-down", "taper_form", "TaperForm", also="hours fewer step down support"),
    _form("stop_taper", "Stop the taper", "stairs-down", "taper_form", "StopTaperForm", listed=False),
    _form("funding", "Change who pays", "cash-multiple", "funding_form", "FundingForm",
          also="funding split health nhs charge contribution"),
    _form("edit_funding", "Correct who pays", "cash-multiple", "funding_form", "EditFundingForm", listed=False),
    _form("warning", "Raise a warning", "shield-alert-outline", "warning_form", "WarningForm", also="risk alert"),
    _form("edit_warning", "Change a warning", "shield-alert-outline", "warning_form", "EditWarningForm", listed=False),
    _form("check_warning", "Look at a warning again", "shield-alert-outline", "warning_form", "CheckWarningForm",
          listed=False),
    _form("end_warning", "End a warning", "shield-alert-outline", "warning_form", "EndWarningForm", listed=False),
    _form("wait", "Put on the waiting list", "account-group-outline", "waiting_form", "WaitForm", also="needs home"),
    _form("edit_wait", "Change what they wait for", "pencil-outline", "waiting_form", "EditWaitForm",
          also="waiting list"),
    _form("end_wait", "Take off the waiting list", "close", "waiting_form", "EndWaitForm"),
    _form("offer", "Offer a place", "key-outline", "offer_form", "OfferForm", also="vacancy flat waiting list"),
    _form("answer_offer", "Answer to an offer", "check", "offer_form", "AnswerOfferForm", also="refused accepted"),
    _form("edit_person", "Edit details", "pencil-outline", "person_form", "PersonForm", also="name born nhs number"),
    _form("close_case", "Close the case", "lock-outline", "person_form", "CloseCaseForm", also="left died"),
    _form("reopen_case", "Open the case again", "lock-open-outline", "reopen_form", "ReopenForm", also="mistake"),
    _form("put_off", "Put off on Today", "calendar-today", "put_off_form", "PutOffForm", letter="P", also="snooze"),
    FormCommand(
        "merge", "Merge with another person", "call-merge", "mhtracker.ui.dialogs.merge_form:merge_form",
        also="duplicate twice same",
    ),
    FormCommand(
        "add_person", "Add a person", "plus", "mhtracker.ui.dialogs.person_form:AddPersonForm", for_person=False,
        also="new",
    ),
    FormCommand(
        "reassign", "Reassign", "account-switch-outline", "mhtracker.ui.dialogs.reassign_form:ReassignForm",
        for_person=False, listed=False,
    ),
    FormCommand(
        "hand_over", "Hand over a caseload", "account-switch-outline",
        "mhtracker.ui.dialogs.hand_over_form:HandOverForm", for_person=False, also="reassign leaver",
    ),
    FormCommand(
        "stage", "Add a stage", "stairs-up", "mhtracker.ui.dialogs.stage_form:StageForm", for_person=False,
        also="pathway",
    ),
    FormCommand(
        "start_programme", "Set up a programme", "flag-checkered",
        "mhtracker.ui.dialogs.preset_programme_form:PresetProgrammeForm", for_person=False,
        also="target aim baseline",
    ),
    FormCommand(
        "change_aim", "Change the aim of a programme", "flag-checkered", "mhtracker.ui.dialogs.programme_form:AimForm",
        for_person=False, listed=False,
    ),
    FormCommand(
        "cost_table", "Start a table of as is and to be", "table-edit",
        "mhtracker.ui.dialogs.cost_table_form:CostTableForm", for_person=False, also="money plan savings",
    ),
    FormCommand(
        "cost_row", "Add a line to a table", "plus", "mhtracker.ui.dialogs.cost_table_form:CostRowForm",
        for_person=False, listed=False,
    ),
    FormCommand(
        "measure_tool", "Add a measure", "plus", "mhtracker.ui.dialogs.measure_tool_form:MeasureToolForm",
        for_person=False, also="tool licence",
    ),
    FormCommand(
        "review_type", "Add a kind of review", "clipboard-check-outline",
        "mhtracker.ui.dialogs.review_type_form:ReviewTypeForm", for_person=False, also="settings",
    ),
    FormCommand(
        "code", "Add to a code list", "plus", "mhtracker.ui.dialogs.code_form:CodeForm", for_person=False, listed=False
    ),
    FormCommand(
        "worker", "Add a worker", "plus", "mhtracker.ui.dialogs.worker_form:WorkerForm", for_person=False, also="user"
    ),
    FormCommand("team", "Add a team", "plus", "mhtracker.ui.dialogs.worker_form:TeamForm", for_person=False),
    _office("service", "Add a service", "home-city-outline", "service_form", "ServiceForm", also="home places"),
    _office("close_service", "Close a service", "close", "service_form", "CloseServiceForm", listed=False),
    _office("provider", "Add a provider", "plus", "service_form", "ProviderForm", also="who runs services"),
    _office("place", "Add places", "plus", "place_form", "PlaceForm", listed=False),
    _office("hold_place", "Hold a place", "key-outline", "place_form", "HoldForm", also="keep vacancy repairs"),
    _office("edit_hold", "Change a hold", "pencil-outline", "place_form", "EditHoldForm", listed=False),
    _office("contract", "Add a contract", "note-text-outline", "contract_form", "ContractForm", also="framework"),
    _office("extend_contract", "Extend a contract", "calendar-plus", "contract_form", "ExtendContractForm",
            listed=False),
    _office("end_contract", "End a contract early", "close", "contract_form", "EndContractForm", listed=False),
    FormCommand(
        "book_reviews", "Book reviews", "calendar-plus", "mhtracker.ui.dialogs.book_reviews_form:BookReviewsForm",
        for_person=False, listed=False,
    ),
)  # fmt: skip
"""`reassign` and `book_reviews` take `person_ids`, for the people ticked in a list."""
