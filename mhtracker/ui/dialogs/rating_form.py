"""Readiness: rating all domains on one form, and putting one rating right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from mhtracker import text
from mhtracker.domain.errors import Invalid, NotFound
from mhtracker.domain.move_on_rules import RATING_WORDS
from mhtracker.domain.records import Rating
from mhtracker.operations.drafting import Preview
from mhtracker.operations.readiness import Rated, correct_rating, preview_ratings, rate
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form, Item, Part
from mhtracker.ui.more_editors import RadioEdit
from mhtracker.ui.widgets.labels import Label

SCALE = ", ".join(f"{number} {words}" for number, words in enumerate(RATING_WORDS))
OPTIONS = tuple((number, str(number)) for number in range(len(RATING_WORDS)))
_EVIDENCE = "evidence_"


@dataclass(frozen=True, slots=True)
class RatingFacts:
    """The domains, and the rating that holds in each."""

    domains: tuple[Choice, ...]
    held: Mapping[str, Rating]


class RatingForm(FormPanel):
    """Rates every domain at once, the last rating filled in; only what is changed is recorded.

    What showed the earlier rating shows nothing of a new one: as soon as another is chosen its evidence starts empty,
    with the earlier read beside it.
    """

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(
            context, "Rate readiness", primary="Record ratings", key=f"rate:{person_id}", person_id=person_id
        )

    def read(self, store: Store) -> RatingFacts:
        found = store.find(Rating, order_by=("rated_on", "id"), person_id=self.person_id)
        return RatingFacts(tuple(code_choices(store, "readiness_domain")), {each.domain: each for each in found})

    shows_record = True

    def stands_on(self, data: RatingFacts) -> Any:
        return tuple(sorted((each.domain, each.id, each.version) for each in data.held.values()))

    def make_form(self, data: RatingFacts) -> Form:
        theme = self.theme
        items: list[Item] = [
            Ask("rated_on", DateEdit(theme, lambda: self.context.today), of=(Rating, "rated_on"), help=""),
            Label(f"{SCALE}. What you leave as it is stays as it was.", "caption", "text2", wrap=True),
        ]
        values: dict[str, Any] = {"rated_on": self.context.today}
        for domain in data.domains:
            held = data.held.get(domain.value)
            was = "Not rated yet"
            if held is not None:
                was = f"Was {held.rating} {RATING_WORDS[held.rating]}, {text.format_date(held.rated_on)}"
                values |= {domain.value: held.rating, _EVIDENCE + domain.value: held.evidence}
            items += [
                Part(domain.words, ruled=True),
                Ask(domain.value, RadioEdit(theme, OPTIONS), label="Rating", help=was),
                Ask(_EVIDENCE + domain.value, LineEdit(theme), label="Evidence", help=""),
            ]
        form = Form(theme, *items, name="Rate readiness")
        for domain in data.domains:
            form.editors[domain.value].set_name(f"{domain.words}: rating", SCALE)
            form.editors[_EVIDENCE + domain.value].set_name(f"{domain.words}: evidence")
        form.set_values(values)
        for held in data.held.values():
            if held.domain in form.editors:
                form.editors[held.domain].edited.connect(partial(self._on_rating, form, held))
        return form

    def _on_rating(self, form: Form, held: Rating) -> None:
        evidence = form.editors[_EVIDENCE + held.domain]
        same, words = form.editors[held.domain].value() == held.rating, evidence.value() or ""
        evidence.set_help(f"Before: {held.evidence}" if held.evidence and not same else "")
        if not same and words == held.evidence:
            evidence.set_value("")
        elif same and not words:
            evidence.set_value(held.evidence)

    def _rated(self, values: Mapping[str, Any]) -> dict[str, Rated]:
        return {
            domain.value: Rated(values[domain.value], values.get(_EVIDENCE + domain.value) or "")
            for domain in self.data.domains
            if values.get(domain.value) is not None
        }

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if values.get("rated_on") is None:
            return None
        found = preview_ratings(store, self.person_id or "", self._rated(values), rated_on=values["rated_on"])
        return None if "" in found.problems else found

    def perform(self, store: Store, values: Mapping[str, Any]) -> list[Rating]:
        for domain in self.data.domains:
            if values.get(_EVIDENCE + domain.value) and values.get(domain.value) is None:
                raise Invalid({domain.value: f"{domain.words} has evidence and no rating. Choose 0, 1, 2 or 3."})
        return rate(store, self.person_id or "", self._rated(values), rated_on=values["rated_on"])

    def said(self, result: list[Rating]) -> str:
        return f"Rated {self.whole_name} in {text.count(len(result), 'domain')}."


class CorrectRatingForm(FormPanel):
    """Puts one rating right. Without `rating_id` it is the latest."""

    def __init__(self, context: Context, *, person_id: str, rating_id: str | None = None) -> None:
        self._rating_id = rating_id
        super().__init__(
            context,
            "Correct a rating",
            primary="Correct rating",
            key=":".join(filter(None, ("correct_rating", person_id, rating_id))),
            person_id=person_id,
            args={"rating_id": rating_id} if rating_id else {},
        )

    def read(self, store: Store) -> tuple[Rating | None, str]:
        if self._rating_id:
            rating: Rating | None = store.get(Rating, self._rating_id)
        else:
            found = store.find(Rating, order_by=("rated_on", "id"), person_id=self.person_id)
            rating = found[-1] if found else None
        self._rating_id = rating.id if rating is not None else None
        return rating, store.code_label("readiness_domain", rating.domain) if rating else ""

    def about(self, data: tuple[Rating | None, str]) -> Mapping[str, Any]:
        return {"rating_id": data[0].id} if data[0] is not None else {}

    def make_form(self, data: tuple[Rating | None, str]) -> Form:
        self.base, words = data
        theme = self.theme
        form = Form(
            theme,
            Part(words or "Nothing is rated yet."),
            Ask("rating", RadioEdit(theme, OPTIONS), of=(Rating, "rating"), help=SCALE),
            Ask("rated_on", DateEdit(theme, lambda: self.context.today), of=(Rating, "rated_on"), help=""),
            Ask("evidence", LineEdit(theme), of=(Rating, "evidence")),
            name="Correct a rating",
        )
        if self.base is not None:
            form.set_values({name: getattr(self.base, name) for name in form.editors})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Rating:
        if self.base is None:
            raise NotFound("Nothing is rated yet.")
        return correct_rating(store, self.base.id, base=self.base, **values)

    def said(self, result: Rating) -> str:
        return f"Corrected a rating of {self.whole_name}’s."
