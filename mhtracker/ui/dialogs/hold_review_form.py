"""Recording a review as held, with the review before to be read beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Action, Review, ReviewKind, S117Decision, SupportChange
from mhtracker.operations.drafting import Preview
from mhtracker.operations.review_holding import Agreed, Attending, Told, hold_review, preview_review, record_review
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.last_review import LastReviewView
from mhtracker.ui.dialogs.review_facts import ReviewFacts, read_reviews
from mhtracker.ui.editors import LineEdit, MoneyEdit
from mhtracker.ui.forms import Ask, Form, Item, Part
from mhtracker.ui.more_editors import CheckEdit, TextEdit, hours_edit
from mhtracker.ui.theme import Theme

ANOTHER = "another"
ACTIONS = 3
TWO_COLUMNS = 720
"""A panel at least this wide, at 100% text, shows the review before at the left."""
AFTER_CARE = ("s117_reason", "s117_health_name", "s117_council_name")
NEW_SUPPORT = ("hours_per_week", "weekly_cost_pence", "changes_on", "changes_cost")
TOLD = ("method", "reason_code", "s117_decision", "support_change", "hours_per_week", "weekly_cost_pence", "changes_on")
WRITTEN = ("own_view", "works", "does_not_work", *AFTER_CARE)


class HoldReviewForm(FormPanel):
    """Records a review as held: one that was booked or due, or another. `review_id` chooses it at once.

    The day and the review are filled in and the outcome has the keyboard: held today, no change, is N and Ctrl+Enter.
    """

    wide = 900

    def __init__(
        self, context: Context, *, person_id: str, review_id: str | None = None, kind: str = ReviewKind.CARE_ACT
    ) -> None:
        self._review_id, self._kind = review_id, kind
        self._columns: QBoxLayout | None = None
        super().__init__(
            context, "Record a review", primary="Record review", key=f"review:{person_id}", person_id=person_id
        )

    chosen_once = ("which",)

    def stands_on(self, data: ReviewFacts) -> Any:
        return data.open

    def read(self, store: Store) -> ReviewFacts:
        return read_reviews(store, self.person_id or "", self._review_id)

    def make_form(self, data: ReviewFacts) -> Form:
        self._show_before(data)
        theme, today = self.theme, lambda: self.context.today
        which = [Choice(review.id, data.words(review)) for review in data.open]
        form = Form(
            theme,
            Ask("which", ChoiceEdit(theme, [*which, Choice(ANOTHER, "Another, not booked")]), label="Which review"),
            Ask("kind", ChoiceEdit(theme, data.kinds), of=(Review, "kind")),
            Ask("reason_code", ChoiceEdit(theme, data.lists["unplanned_reason"]), of=(Review, "reason_code")),
            Ask("held_on", DateEdit(theme, today), of=(Review, "held_on"), required=True, help=""),
            Ask("outcome", ChoiceEdit(theme, data.lists["review_outcome"]), of=(Review, "outcome"), required=True),
            Ask("method", ChoiceEdit(theme, data.lists["review_method"], blank="Not said"), of=(Review, "method")),
            Ask("own_view", TextEdit(theme, lines=3), of=(Review, "own_view")),
            Ask("works", TextEdit(theme, lines=2), of=(Review, "works")),
            Ask("does_not_work", TextEdit(theme, lines=2), of=(Review, "does_not_work")),
            Ask("summary", TextEdit(theme, lines=4), of=(Review, "summary")),
            *_decisions(theme, data, today),
            *_attendance(theme, data),
            *_actions(theme, today),
            Part("Next", ruled=True),
            Ask("next_on", DateEdit(theme, today), of=(Review, "next_on")),
            name="Record a review",
        )
        form.editors["changes_cost"].set_name("Replace what support costs from that day")
        chosen = data.review(self._review_id) or self._likely(data)
        form.set_values({"which": chosen.id if chosen else ANOTHER, "kind": self._kind})
        come = chosen is not None and chosen.booked_on is not None and chosen.booked_on <= self.context.today
        form.set_values({"held_on": chosen.booked_on if come and chosen else self.context.today})
        form.set_values({f"came:{each.name}": each.came or None for each in data.invited})
        form.set_shown("which", bool(data.open))
        return form

    def _likely(self, data: ReviewFacts) -> Review | None:
        """The booking whose day has come, else the only open one."""
        come = [r for r in data.open if r.booked_on is not None and r.booked_on <= self.context.today]
        return come[-1] if come else data.open[0] if data.open else None

    def focus_first(self) -> None:
        super().focus_first()
        if self.form is not None:
            self.form.editors["outcome"].setFocus()

    def after_swap(self) -> None:
        if self.form is not None:
            self.form.show()  # a layout shows what it is given only later
        super().after_swap()

    # The review before

    def _show_before(self, data: ReviewFacts) -> None:
        if self._columns is not None:
            return
        outer = self.layout()
        if not isinstance(outer, QBoxLayout):
            return
        place = outer.indexOf(self._scroll)
        outer.removeWidget(self._scroll)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(0)
        self.before: QWidget = LastReviewView(self.theme, data.last, data.words_of)
        self._columns.addWidget(self.before, 2)
        self._columns.addWidget(self._scroll, 3)
        outer.insertLayout(place, self._columns, 1)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Two columns where there is room; else what was said last stands above, and no higher than it must."""
        if self._columns is None:
            return
        beside = self.width() >= self.theme.px(TWO_COLUMNS)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(way)
        self.before.setMaximumHeight(16_777_215 if beside else self.theme.px(132))

    # Showing and hiding

    def on_edited(self) -> None:
        form = self.form
        if form is None:
            return
        values = self.values_so_far()
        form.set_shown("kind", values.get("which") in (None, ANOTHER))
        kind = self.data.type_of(self._kind_of(values))
        form.set_shown("reason_code", kind is not None and kind.asks_reason)
        decision = values.get("s117_decision")
        for name in AFTER_CARE:
            if name in form.editors:
                form.set_shown(name, decision is not None)
        changes = values.get("support_change") in (SupportChange.UP, SupportChange.DOWN)
        for name in NEW_SUPPORT:
            form.set_shown(name, changes)
        for number in range(1, ACTIONS):
            form.set_shown(f"what{number}", not form.editors[f"what{number - 1}"].is_empty())
        for number in range(ACTIONS):
            for part in ("who", "when"):
                form.set_shown(f"{part}{number}", not form.editors[f"what{number}"].is_empty())

    def _kind_of(self, values: Mapping[str, Any]) -> str:
        review = self.data.review(values.get("which"))
        return review.kind if review is not None else str(values.get("kind") or ReviewKind.CARE_ACT)

    # Recording

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if values.get("held_on") is None:
            return None
        return preview_review(
            store,
            self.person_id or "",
            held_on=values["held_on"],
            next_on=values.get("next_on"),
            kind=self._kind_of(values),
            outcome=values.get("outcome") or None,
            told=told_of(values),
        )

    def perform(self, store: Store, values: Mapping[str, Any]) -> Review:
        given: dict[str, Any] = {name: values[name] for name in ("held_on", "outcome")}
        given |= {"next_on": values.get("next_on"), "summary": values.get("summary") or "", "told": told_of(values)}
        given |= {"attendance": self._attendance(values), "actions": agreed_of(values)}
        which = values.get("which")
        try:
            if which not in (None, ANOTHER):
                return hold_review(store, which, **given)
            return record_review(store, self.person_id or "", kind=self._kind_of(values), **given)
        except Invalid as wrong:
            # An action's own fields bear other names here.
            first = {"what": "what0", "due_on": "when0", "owner": "who0"}
            raise Invalid({first.get(name, name): words for name, words in wrong.problems.items()}) from wrong

    def _attendance(self, values: Mapping[str, Any]) -> list[Attending] | None:
        found = []
        for each in self.data.invited:
            came = values.get(f"came:{each.name}")
            if came or each.came is not None:
                found.append(Attending(each.name, each.role, came or ""))
        others = (values.get("others") or "").split(",")
        found += [Attending(name.strip(), None, "came") for name in others if name.strip()]
        return found or None

    def said(self, result: Review) -> str:
        ended = " After-care has ended." if result.s117_decision == S117Decision.END else ""
        return f"Recorded {self.whole_name}’s review, held {text.format_date(result.held_on)}.{ended}"


def told_of(values: Mapping[str, Any]) -> Told:
    """What the form's values say beside outcome and summary."""
    given: dict[str, Any] = {name: values.get(name) or None for name in TOLD}
    given["hours_per_week"] = values.get("hours_per_week")
    given["weekly_cost_pence"] = values.get("weekly_cost_pence")
    given |= {name: values.get(name) or "" for name in WRITTEN}
    return Told(**given, changes_cost=bool(values.get("changes_cost")))


def agreed_of(values: Mapping[str, Any]) -> list[Agreed]:
    """The actions of the form that have words."""
    return [
        Agreed(values[f"what{n}"], values.get(f"who{n}") or "", values.get(f"when{n}"))
        for n in range(ACTIONS)
        if values.get(f"what{n}")
    ]


def _decisions(theme: Theme, data: ReviewFacts, today: Any) -> list[Item]:
    items: list[Item] = []
    if data.after_care:
        decision = ChoiceEdit(theme, data.lists["s117_decision"], blank="Not decided here")
        items += [
            Part("s117 after-care", ruled=True),
            Ask("s117_decision", decision, of=(Review, "s117_decision")),
            Ask("s117_health_name", LineEdit(theme), of=(Review, "s117_health_name")),
            Ask("s117_council_name", LineEdit(theme), of=(Review, "s117_council_name")),
            Ask("s117_reason", TextEdit(theme, lines=2), of=(Review, "s117_reason")),
        ]
    change = ChoiceEdit(theme, data.lists["support_change"], blank="Not looked at")
    return [
        *items,
        Part("Support", ruled=True),
        Ask("support_change", change, of=(Review, "support_change")),
        Ask("hours_per_week", hours_edit(theme), of=(Review, "hours_per_week")),
        Ask("weekly_cost_pence", MoneyEdit(theme), of=(Review, "weekly_cost_pence")),
        Ask("changes_on", DateEdit(theme, today), of=(Review, "changes_on")),
        Ask("changes_cost", CheckEdit(theme, "Replace what support costs from that day"), label="", help=""),
    ]


def _attendance(theme: Theme, data: ReviewFacts) -> list[Item]:
    items: list[Item] = [Part("Who came", ruled=True)]
    for each in data.invited:
        role = data.words_of.get(f"contact_kind/{each.role}", "")
        edit = ChoiceEdit(theme, data.lists["attendance"], blank="Not said")
        items.append(Ask(f"came:{each.name}", edit, label=each.name, help=role))
    items.append(Ask("others", LineEdit(theme), label="Others who came", help="Names, with commas between them."))
    return items


def _actions(theme: Theme, today: Any) -> list[Item]:
    items: list[Item] = [Part("Actions agreed", ruled=True)]
    for number in range(ACTIONS):
        when = Ask(f"when{number}", DateEdit(theme, today), of=(Action, "due_on"), label="By", help="")
        items.append(Ask(f"what{number}", LineEdit(theme), of=(Action, "what"), required=False, help=""))
        items.append(Ask(f"who{number}", LineEdit(theme), of=(Action, "owner"), label="Who", help=""))
        items.append(when)
    return items
