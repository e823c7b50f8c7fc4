"""When reviews fall due, for everybody in the register."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from mhtracker.domain.errors import Invalid, UserError
from mhtracker.domain.reviewing.due import ReviewRules
from mhtracker.operations.settings import preview_review_rules, save_review_rules
from mhtracker.ui.context import Context
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import NumberEdit
from mhtracker.ui.office.part import WORDS_WIDE, Part
from mhtracker.ui.widgets.banner import InfoPanel
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import Label

if TYPE_CHECKING:
    from mhtracker.store import Store

FIELDS = (
    ("first_days", "First review", "days after support started, or changed by a move"),
    ("first_soon_days", "is due soon", "days before"),
    ("repeat_months", "Later reviews", "months after the last one held"),
    ("repeat_soon_days", "are due soon", "days before"),
    ("soon_days", "Targets are due soon", "days before"),
)


class ReviewRulesPart(Part):
    key = "reviews"
    title = "Review rules"
    words = (
        "The Care and Support Statutory Guidance, chapter 13, expects a first review within 6 to 8 weeks and then one "
        "at least every 12 months. Only a review that was held counts; a booking postpones nothing."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = self.theme
        asks = [
            Ask(
                name,
                NumberEdit(theme, least=0, most=9999),
                label=label,
                required=True,
                beside=Label(unit, tone="text2"),
            )
            for name, label, unit in FIELDS
        ]
        self.form = Form(theme, *asks, name="Review rules")
        self.form.setMaximumWidth(theme.px(WORDS_WIDE))
        self.form.edited.connect(self._on_edited)
        self.info = InfoPanel(theme, "Worth knowing")
        self.info.setMaximumWidth(theme.px(WORDS_WIDE))
        self.save_button = Button(theme, "Save the rules", self.on_save, kind="primary")
        self.column.addWidget(self.form)
        self.column.addWidget(self.info)
        self.column.addWidget(self.save_button)
        self.column.addStretch(1)
        self.info.set_lines([])

    def read(self, store: Store) -> ReviewRules:
        return store.review_rules()

    def show_data(self, data: ReviewRules) -> None:
        if not self.form.dirty:
            self.form.set_values(asdict(data))
        self._on_edited()

    def _rules(self) -> ReviewRules | None:
        try:
            return ReviewRules(**self.form.values())
        except Invalid:
            return None

    def _on_edited(self, *_: object) -> None:
        self.save_button.setEnabled(self.form.dirty and self.may_record)
        rules = self._rules()
        cautions = preview_review_rules(rules).cautions if rules is not None else ()
        self.info.set_lines([("alert-outline", caution.words) for caution in cautions])

    def on_save(self) -> None:
        """Record the rules: they hold for everybody and at once."""
        values = self.form.checked_values()
        if values is not None:
            self.context.jobs.do(save_review_rules, ReviewRules(**values), then=self._on_saved, failed=self._on_refused)

    def _on_saved(self, _: Any) -> None:
        self.form.mark_clean()
        self._on_edited()
        self.context.shell.say("Changed the review rules.", can_undo=True)

    def _on_refused(self, error: UserError) -> None:
        problems = error.problems if isinstance(error, Invalid) else {"": str(error)}
        self.form.show_problems(problems)
