"""Adding a kind of review, or changing one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mhtracker.domain.fields import field_label
from mhtracker.domain.names import fold
from mhtracker.domain.records import ReviewType, Stage
from mhtracker.operations.review_types import save_review_type
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices, stage_choices
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import CheckEdit, NumberEdit

MARKS = ("contact", "asks_reason", "asks_s117", "retired")
FACTS = ("label", "begins", "stage_id", "days", "repeat_months", "soon_days", "lapse_days", *MARKS)


@dataclass(frozen=True, slots=True)
class TypeFacts:
    review_type: ReviewType | None
    types: tuple[ReviewType, ...]
    stages: tuple[Stage, ...]
    begins: tuple[Choice, ...]


class ReviewTypeForm(FormPanel):
    """Changes the kind of `type_id`, or adds one."""

    def __init__(self, context: Context, *, type_id: str | None = None) -> None:
        self._type_id = type_id
        title, primary = ("Change a kind of review", "Save kind") if type_id else ("Add a kind of review", "Add kind")
        key, args = f"review_type::{type_id or ''}", {"type_id": type_id} if type_id else {}
        super().__init__(context, title, primary=primary, key=key, args=args)

    def read(self, store: Store) -> TypeFacts:
        found = store.get(ReviewType, self._type_id) if self._type_id else None
        return TypeFacts(found, store.review_types(), store.stages(), tuple(code_choices(store, "review_begins")))

    def make_form(self, data: TypeFacts) -> Form:
        theme, self.base = self.theme, data.review_type
        kept = data.review_type.stage_id if data.review_type is not None else None
        form = Form(
            theme,
            Ask("label", LineEdit(theme), of=(ReviewType, "label")),
            Ask("begins", ChoiceEdit(theme, data.begins, blank="Nothing: when asked"), of=(ReviewType, "begins")),
            Ask("stage_id", ChoiceEdit(theme, stage_choices(data.stages, kept)), of=(ReviewType, "stage_id")),
            Ask("days", LineEdit(theme, width=150), of=(ReviewType, "days")),
            Ask("repeat_months", NumberEdit(theme, least=1, most=120), of=(ReviewType, "repeat_months")),
            Ask("soon_days", NumberEdit(theme, least=0, most=365), of=(ReviewType, "soon_days"), required=True),
            Ask("lapse_days", NumberEdit(theme, least=0, most=3650), of=(ReviewType, "lapse_days")),
            *(Ask(name, CheckEdit(theme, field_label(ReviewType, name)), label="", help="") for name in MARKS),
            name="Kind of review",
        )
        for name in MARKS:
            form.editors[name].set_name(field_label(ReviewType, name))
        shown = data.review_type or ReviewType("", "")
        form.set_values({name: getattr(shown, name) for name in FACTS} | {"begins": shown.begins or None})
        return form

    def on_edited(self) -> None:
        if self.form is not None:
            begins = self.values_so_far().get("begins")
            self.form.set_shown("stage_id", begins == "stage")
            for name in ("days", "repeat_months", "lapse_days"):
                self.form.set_shown(name, begins is not None)

    def perform(self, store: Store, values: Mapping[str, Any]) -> ReviewType:
        facts: dict[str, Any] = {name: values.get(name) for name in FACTS}
        facts |= {"begins": facts["begins"] or "", "days": facts["days"] or "", "soon_days": facts["soon_days"] or 0}
        facts |= {name: bool(facts[name]) for name in MARKS}
        if self._type_id:
            return save_review_type(store, replace(store.get(ReviewType, self._type_id), **facts))
        taken = {each.id for each in store.review_types()}
        base = re.sub(r"[^a-z0-9]+", "_", fold(str(facts["label"]))).strip("_")[:30] or "review"
        key = next(each for each in (base, *(f"{base}_{n}" for n in range(2, 1000))) if each not in taken)
        return save_review_type(store, ReviewType(key, **facts))

    def said(self, result: ReviewType) -> str:
        return f"{'Changed' if self._type_id else 'Added'} the kind {result.label}."
