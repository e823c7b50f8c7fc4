"""A place offered to somebody who waits, and the answer to an offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mhtracker import text
from mhtracker.domain.dates import add_months
from mhtracker.domain.errors import NotFound
from mhtracker.domain.records import Offer, Service, Unit
from mhtracker.operations.drafting import Preview
from mhtracker.operations.places.waiting import answer_offer, edit_offer, offer_place, preview_offer
from mhtracker.store import Store
from mhtracker.store.queries.vacancies import Fit, PersonFits, fits_for_person
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.dialogs.service_form import Back, PlacesForm
from mhtracker.ui.forms import Ask, Form, Part
from mhtracker.ui.more_editors import RadioEdit, TextEdit
from mhtracker.ui.widgets.labels import Label

UNTIL_ACCEPTED = "An offer holds nothing until it is accepted. Hold the place too if it is to be kept now."


@dataclass(frozen=True, slots=True)
class OfferFormFacts:
    """The places that may be offered, best fit first; or the offer to be answered."""

    fits: PersonFits | None
    offer: Offer | None
    words: str
    answers: tuple[Choice, ...]
    reasons: tuple[Choice, ...]


def _choices(store: Store) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    return tuple(code_choices(store, "offer_answer")), tuple(code_choices(store, "refusal"))


class OfferForm(PlacesForm):
    """Offers a free place to somebody who waits; places that fit best are listed first."""

    chosen_once = ("service_id",)

    def __init__(
        self, context: Context, *, person_id: str, service_id: str = "", unit_id: str = "", back: Back = None
    ) -> None:
        self._chosen = f"{service_id} {unit_id}".strip()
        super().__init__(
            context,
            "Offer a place",
            back=back,
            primary="Record offer",
            key=f"offer:{person_id}",
            person_id=person_id,
        )

    def read(self, store: Store) -> OfferFormFacts:
        today = store.today
        fits = fits_for_person(store, today, self.person_id or "", until=add_months(today, 2))
        return OfferFormFacts(fits, None, "", *_choices(store))

    def make_form(self, data: OfferFormFacts) -> Form:
        places: dict[str, list[Fit]] = {}
        for fit in data.fits.fits if data.fits is not None else ():
            unit = fit.vacancy.place.unit
            key = f"{fit.vacancy.service.id} {unit.id if unit is not None else ''}".strip()
            places.setdefault(key, []).append(fit)
        choices = [Choice(key, choice_words(alike, self.context.today)) for key, alike in places.items()]
        form = Form(
            self.theme,
            Ask("service_id", ChoiceEdit(self.theme, choices, placeholder="Choose a place"),
                of=(Offer, "service_id"), label="Place", help="Free now or within two months, best fit first."),
            Ask("offered_on", DateEdit(self.theme, lambda: self.context.today), of=(Offer, "offered_on")),
            Label(UNTIL_ACCEPTED, "caption", "text2", wrap=True),
            name="Offer",
        )  # fmt: skip
        form.set_values({"service_id": self._chosen or None, "offered_on": self.context.today})
        return form

    def _given(self, values: Mapping[str, Any]) -> dict[str, Any]:
        service_id, _, unit_id = (values.get("service_id") or "").partition(" ")
        return {"service_id": service_id, "unit_id": unit_id or None, "offered_on": values.get("offered_on")}

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if not values.get("service_id") or self.data.fits is None:
            return None
        return preview_offer(store, self.data.fits.waiting.waiting.id, **self._given(values))

    def perform(self, store: Store, values: Mapping[str, Any]) -> tuple[Offer, str]:
        offer = offer_place(store, self.data.fits.waiting.waiting.id, **self._given(values))
        return offer, offer_words(store, offer)

    def said(self, result: tuple[Offer, str]) -> str:
        return f"Offered {self.whole_name} {result[1]}."


def choice_words(alike: Sequence[Fit], today: date) -> str:
    """A place that may be offered, or those of a service that have no names, which are one to choose.

    `Canal View, Flat 5: free now, Riverside, £712 a week, fits 5 of 6`; `Step House: 2 free now, 1 free from 27 Jul`.
    """
    first = min(alike, key=lambda fit: fit.vacancy.free_from).vacancy
    now = sum(fit.vacancy.free_from <= today for fit in alike)
    later = sorted(fit.vacancy.free_from for fit in alike if fit.vacancy.free_from > today)
    many = len(alike) > 1
    free = [f"{now} free now" if many else "free now"] if now else []
    if later:
        day = text.format_date(later[0], year=later[0].year != today.year)
        free.append(f"{len(later)} free from {day}" if many else f"free from {day}")
    cost = first.week_pence
    week = f"{text.format_pence(cost, whole=True)} a week" if cost is not None else "cost not known"
    fitted = alike[0].fitted
    parts = [*free, first.service.locality, week, f"fits {fitted.fits} of {fitted.of}"]
    return f"{first.name}: {', '.join(filter(None, parts))}"


def offer_words(store: Store, offer: Offer) -> str:
    """What was offered: `Canal View, Flat 5`."""
    service = store.peek(Service, offer.service_id)
    unit = store.peek(Unit, offer.unit_id) if offer.unit_id else None
    name = service.name if service is not None else "a place"
    return f"{name}, {unit.name}" if unit is not None else name


class AnswerOfferForm(PlacesForm):
    """Records what became of an offer, or puts that right. Without `offer_id` it is the one not answered yet."""

    NAMES = ("answer", "reason_code", "reason", "answered_on")

    def __init__(self, context: Context, *, person_id: str, offer_id: str | None = None, back: Back = None) -> None:
        self._offer_id = offer_id
        super().__init__(
            context,
            "Answer to an offer",
            back=back,
            primary="Record answer",
            key=":".join(filter(None, ("answer_offer", person_id, offer_id))),
            person_id=person_id,
            args={"offer_id": offer_id} if offer_id else {},
        )

    def read(self, store: Store) -> OfferFormFacts:
        offer = store.get(Offer, self._offer_id) if self._offer_id else None
        if offer is None:
            pending = store.find(Offer, order_by=("offered_on",), person_id=self.person_id, answer=None)
            if not pending:
                raise NotFound("No offer waits for an answer. Record the offer first.")
            offer = pending[-1]
        self._offer_id = offer.id
        words = f"{offer_words(store, offer)}, offered {text.format_date(offer.offered_on)}"
        return OfferFormFacts(None, offer, words, *_choices(store))

    def about(self, data: OfferFormFacts) -> Mapping[str, Any]:
        return {"offer_id": data.offer.id} if data.offer is not None else {}

    def stands_on(self, data: OfferFormFacts) -> Any:
        return data.offer

    def make_form(self, data: OfferFormFacts) -> Form:
        theme = self.theme
        answers = RadioEdit(theme, [(choice.value, choice.words) for choice in data.answers])
        answers.set_upright(theme.px(4))
        form = Form(
            theme,
            Part("Offer"),
            Label(data.words, wrap=True),
            Ask("answer", answers, of=(Offer, "answer"), required=True),
            Ask("reason_code", ChoiceEdit(theme, data.reasons), of=(Offer, "reason_code")),
            Ask("reason", TextEdit(theme, lines=2), of=(Offer, "reason")),
            Ask("answered_on", DateEdit(theme, lambda: self.context.today), of=(Offer, "answered_on"), required=True),
            name="Answer",
        )
        offer = data.offer
        if offer is not None and offer.answer is not None:
            self.base = offer
            form.set_values({name: getattr(offer, name) for name in self.NAMES})
        else:
            form.set_values({"answered_on": self.context.today})
        return form

    def on_edited(self) -> None:
        if self.form is not None:
            self.form.set_shown("reason_code", self.form.editors["answer"].value() in ("refused", "declined"))

    def _given(self, values: Mapping[str, Any]) -> dict[str, Any]:
        turned_down = values["answer"] in ("refused", "declined")
        return {
            "answer": values["answer"],
            "answered_on": values["answered_on"],
            "reason_code": values.get("reason_code") if turned_down else None,
            "reason": values.get("reason") or "",
        }

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if not values.get("answer") or values.get("answered_on") is None or self.data.offer is None:
            return None
        return preview_offer(store, self.data.offer.waiting_id, self._offer_id, **self._given(values))

    def perform(self, store: Store, values: Mapping[str, Any]) -> tuple[Offer, str]:
        given = self._given(values)
        if self.data.offer is not None and self.data.offer.answer is not None:
            offer = edit_offer(store, self._offer_id or "", base=self.base, **given)
        else:
            offer = answer_offer(store, self._offer_id or "", **given)
        return offer, store.code_label("offer_answer", offer.answer or "")

    def said(self, result: tuple[Offer, str]) -> str:
        return f"Recorded for {self.whole_name}: {text.first_lower(result[1])}."
