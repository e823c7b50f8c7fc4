"""Somebody on the waiting list in the panel: what they wait for, offers and their answers, and the places that fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.records import Offer, Service, Unit
from mhtracker.store import Store
from mhtracker.store.queries.services import within_a_month
from mhtracker.store.queries.vacancies import PersonFits, fits_for_person
from mhtracker.store.queries.waiting import WaitingLine
from mhtracker.ui.person.parts import FactRows
from mhtracker.ui.services.fit_view import ORDER_OF_PLACES, show_rows
from mhtracker.ui.services.panel import DetailPanel, Step
from mhtracker.ui.services.vacancy_columns import Words, now_words, wants_words, yes_no
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import Label

ANSWERS = {None: "today", "accepted": "in_date", "refused": "mismatch", "declined": "mismatch", "lapsed": "none"}


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """An offer with the name of what was offered and its answer in words."""

    offer: Offer
    place: str
    answer: str
    reason: str


@dataclass(frozen=True, slots=True)
class WaitingFacts:
    """Somebody on the list, with the places that fit them and what they were offered."""

    fits: PersonFits
    offers: tuple[OfferFacts, ...]
    words: Words
    held_stage: str | None = None
    """The stage of the place held for them, to which they move."""


def read_waiting(store: Store, as_at: date, person_id: str) -> WaitingFacts:
    """Read it, with places free within a month. Raises NotFound when they are not on the list."""
    fits = fits_for_person(store, as_at, person_id, until=within_a_month(as_at))
    offers = store.find(Offer, order_by=("offered_on",), waiting_id=fits.waiting.waiting.id)
    hold = fits.waiting.hold
    labels = {code: {item.code: item.label for item in store.codes(code)} for code in ("feature", "priority")}
    return WaitingFacts(
        fits,
        tuple(_offer(store, offer, as_at) for offer in reversed(offers) if offer.offered_on <= as_at),
        Words(as_at, labels["feature"], labels["priority"]),
        store.get(Service, hold.service_id).stage_id if hold is not None else None,
    )


def _offer(store: Store, offer: Offer, as_at: date) -> OfferFacts:
    service, unit = store.peek(Service, offer.service_id), store.peek(Unit, offer.unit_id) if offer.unit_id else None
    name = service.name if service is not None else "A service"
    answered = offer.answer is not None and offer.answered_on is not None and offer.answered_on <= as_at
    words = store.code_label("offer_answer", offer.answer or "") if answered else "Not answered yet"
    coded = store.code_label("refusal", offer.reason_code) if answered and offer.reason_code else ""
    reason = ". ".join(filter(None, (coded, offer.reason if answered else "")))
    return OfferFacts(offer, f"{name}, {unit.name}" if unit is not None else name, words, reason)


def show_waiting(panel: DetailPanel, facts: WaitingFacts) -> None:
    """Fill the panel with somebody who waits."""
    line, theme = facts.fits.waiting, panel.context.theme
    name = text.name_in_order(line.line.surname, line.line.given_names)
    since = text.format_date(line.waiting.since_on)
    panel.begin(name, f"Waits {text.count(line.days, 'day')}, since {since}. Lives now: {now_words(line)}")
    if line.hold is not None:
        until = f" until {text.format_date(line.hold.until_on)}" if line.hold.until_on is not None else ""
        panel.add_warning(f"{line.held_at} is held for them{until}.", "info", "info")
    panel.add_steps(_steps(panel, line, facts.held_stage))
    rows = FactRows(theme, "What they wait for", label_width=112)
    rows.show_rows(fact_rows(line, facts.words))
    panel.section("What they wait for").addWidget(rows)
    _show_offers(panel, line, facts.offers)
    column = panel.section("Places that fit", "free now or within a month")
    column.addWidget(Label(ORDER_OF_PLACES, "caption", "text2", wrap=True))
    show_rows(panel, facts.fits.fits, of_person=True)


def _steps(panel: DetailPanel, line: WaitingLine, held_stage: str | None) -> list[Step]:
    form, person_id, waiting_id = panel.form, line.person_id, line.waiting.id
    steps: list[Step] = [("Open the person", partial(panel.context.shell.open_person, person_id))]
    if panel.may_record:
        if line.hold is not None or line.accepted is not None:
            stage = {"stage_id": held_stage} if held_stage is not None else {}
            steps.insert(0, ("Record the move", panel.run("move", person_id=person_id, **stage)))
        if line.hold is not None:
            steps.append(("Change the hold", form("edit_hold", hold_id=line.hold.id)))
        if line.open_offer is None:
            steps.append(("Offer a place", form("offer", person_id=person_id)))
        steps.append(("Change", form("edit_wait", person_id=person_id, waiting_id=waiting_id)))
        steps.append(("Take off the list", form("end_wait", person_id=person_id, waiting_id=waiting_id)))
    return steps


def fact_rows(line: WaitingLine, words: Words) -> list[tuple[str, str | QWidget]]:
    """What was asked for, and how it stands."""
    waiting = line.waiting
    priority = words.priorities.get(waiting.priority, waiting.priority)
    return [
        ("For", wants_words(line)[:1].upper() + wants_words(line)[1:]),
        ("Where", ", ".join(line.localities) or "Anywhere"),
        ("Needs", words.features_of(line.features) or "Nothing in particular"),
        ("Priority", ". ".join(filter(None, (priority, waiting.priority_reason)))),
        ("Needs a home", "Yes" if waiting.needs_home else "No, support only"),
        ("Wants to move", yes_no(waiting.own_wish).capitalize()),
        ("Funding agreed", yes_no(waiting.funding_agreed).capitalize()),
        ("Note", waiting.note),
    ]


def _show_offers(panel: DetailPanel, line: WaitingLine, offers: tuple[OfferFacts, ...]) -> None:
    if not offers:
        return
    theme = panel.context.theme
    column = panel.section("Offers", text.count(len(offers), "offer"))
    for each in offers:
        head, row = QHBoxLayout(), QHBoxLayout()
        for each_line in (head, row):
            each_line.setSpacing(theme.px(12))
        head.addWidget(Label(each.place, "strong", wrap=True), 1)
        head.addWidget(Badge(theme, ANSWERS.get(each.offer.answer, "none"), each.answer, quiet=True))
        when = f"Offered {text.format_date(each.offer.offered_on)}"
        if each.offer.answered_on is not None and each.offer.answer is not None:
            when += f", answered {text.format_date(each.offer.answered_on)}"
        row.addWidget(Label(". ".join(filter(None, (when, each.reason))), "caption", "text2", wrap=True), 1)
        if panel.may_record:
            act = panel.form("answer_offer", person_id=line.person_id, offer_id=each.offer.id)
            said = "Answer" if each.offer.answer is None else "Change"
            button = Button(theme, said, act, small=True)
            what = "Record" if each.offer.answer is None else "Change"
            button.setAccessibleName(f"{what} the answer to the offer of {each.place}")
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        inside = QVBoxLayout()
        inside.setSpacing(theme.px(2))
        inside.addLayout(head)
        inside.addLayout(row)
        column.addLayout(inside)
