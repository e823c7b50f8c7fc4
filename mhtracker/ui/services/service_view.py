"""A service in the panel: its places one by one with who lives there, its rate, its contract, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.dates import add_months
from mhtracker.domain.places.units import Place, PlaceState
from mhtracker.domain.places.voids import PlaceDays
from mhtracker.domain.records import Hold, Person, Placement
from mhtracker.store import Store
from mhtracker.store.queries import service_detail
from mhtracker.store.queries.place_facts import PlaceFacts, read_place_facts
from mhtracker.store.queries.provider_quarter import use_of_places
from mhtracker.store.queries.services import ServiceLine
from mhtracker.store.queries.waiting import held_name
from mhtracker.ui.person.parts import FactRows
from mhtracker.ui.services import words
from mhtracker.ui.services.columns import OTHER, square_facts
from mhtracker.ui.services.name_link import NameLink
from mhtracker.ui.services.panel import DetailPanel, Step
from mhtracker.ui.services.squares import Square, Squares
from mhtracker.ui.widgets.buttons import Button, IconButton
from mhtracker.ui.widgets.labels import ElidedLabel, Label

MOST_FOR_A_DAY = 104


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """One service on a day. `names` are of those who live there or for whom a place is held."""

    as_at: date
    line: ServiceLine
    over: tuple[Placement, ...]
    people: tuple[CaseloadLine, ...]
    names: dict[str, str]
    features: dict[str, str]
    reasons: dict[str, str]
    held: dict[str, str]
    """By person: the place held for them elsewhere."""

    use: PlaceDays
    """How the places were used in the last twelve months."""

    kind: str
    """What kind of service it is, in the office's words."""


def read_service(store: Store, as_at: date, service_id: str) -> ServiceFacts:
    """Read it, with the words that it is shown in. Raises NotFound for one that is gone."""
    found = service_detail.read_service(store, service_id, as_at)
    facts = read_place_facts(store, as_at)
    known, line = facts.lines, found.line
    ids = {each.person_id for each in (*line.places, *line.coming) if each.person_id}
    ids |= {stay.person_id for stay in found.over}
    ids |= {each.hold.person_id for each in line.places if each.hold is not None and each.hold.person_id}
    names = {each: person_name(store, known.get(each), each) for each in ids}
    return ServiceFacts(
        as_at,
        line,
        found.over,
        found.people,
        names,
        {item.code: item.label for item in store.codes("feature")},
        {item.code: item.label for item in store.codes("hold_reason")},
        held_elsewhere(facts, service_id),
        use_of_places(store, facts, line, add_months(as_at, -12) + timedelta(days=1)),
        store.code_label("service_type", line.service.service_type or ""),
    )


def held_elsewhere(facts: PlaceFacts, service_id: str) -> dict[str, str]:
    """By person: the place held for them at another service and until when: `Canal View, Flat 6, until 6 Dec`."""
    holds = (hold for other, found in facts.holds.items() if other != service_id for hold in found)
    return {
        hold.person_id: held_name(facts, hold)
        + (f", until {words.short_day(hold.until_on, facts.as_at)}" if hold.until_on is not None else "")
        for hold in holds
        if hold.person_id is not None
    }


def person_name(store: Store, line: CaseloadLine | None, person_id: str) -> str:
    """A name as lists have it, from the caseload or the person's own record."""
    if line is not None:
        return text.name_in_order(line.surname, line.given_names)
    person = store.peek(Person, person_id)
    return text.name_in_order(person.surname, person.given_names) if person is not None else "somebody"


def show_service(panel: DetailPanel, facts: ServiceFacts) -> None:
    """Fill the panel with a service."""
    line, theme = facts.line, panel.context.theme
    service = line.service
    stage = line.stage.label if line.stage is not None else ""
    provider = line.provider.name if line.provider is not None else "No provider named"
    panel.begin(service.name, ", ".join(filter(None, (stage, service.locality, provider))))
    if line.contract.wants_looking_at:
        ended = line.contract.state == "ended"
        said = words.contract_about(line.contract, facts.as_at)
        panel.add_warning(said, "danger" if ended else "warn", "overdue" if ended else "soon")
    if service.closed_on is not None:
        panel.add_warning(f"Closed on {text.format_date(service.closed_on)}.", "warn", "today")
    steps = _steps(panel, line) if panel.may_record else []
    if service.provider_id is not None:
        steps.append(("Print the sheet", panel.run("print_provider", provider_id=service.provider_id)))
    panel.add_steps(steps)
    _show_places(panel, facts)
    if used := use_rows(facts.use):
        rows = FactRows(theme, "The last twelve months", label_width=112)
        rows.show_rows(used)
        panel.section("The last twelve months", "how its places were used").addWidget(rows)
    column = panel.section("About it")
    rows = FactRows(theme, "About it", label_width=112)
    rows.show_rows(fact_rows(facts))
    column.addWidget(rows)


def _steps(panel: DetailPanel, line: ServiceLine) -> list[Step]:
    form, service_id = panel.form, line.service.id
    steps: list[Step] = []
    if line.places:
        steps.append(("Hold a place", form("hold_place", service_id=service_id)))
    if line.hours is None:
        steps.append(("Add a place", form("place", service_id=service_id)))
    steps.append(("Edit", form("service", service_id=service_id)))
    if line.service.closed_on is None:
        steps.append(("Close the service", form("close_service", service_id=service_id)))
    return steps


def fact_rows(facts: ServiceFacts) -> list[tuple[str, str | QWidget]]:
    """What is known of a service beside its places."""
    line, service = facts.line, facts.line.service
    has = [facts.features.get(code, code) for code in service.features.split()]
    agreed = words.week_about(line)
    return [
        ("In use", f"{line.in_use_percent}%" if line.in_use_percent is not None and service.in_area else ""),
        ("Rate", agreed or "Not recorded"),
        (
            "Contract",
            words.contract_about(line.contract, facts.as_at)
            or words.contract_words(line.contract, facts.as_at).capitalize(),
        ),
        ("All places have", ", ".join([*has[:1], *map(text.first_lower, has[1:])])),
        ("Kind", facts.kind),
        ("Specialised", {None: "Not recorded", True: "Yes, for mental health", False: "No"}[service.specialised]),
        ("Where", "In our area" if service.in_area else "Outside our area"),
        ("Lot", service.lot),
        ("CQC location", service.cqc_id or "Not recorded"),
        ("Opened", text.format_date(service.opened_on) if service.opened_on is not None else ""),
        ("Note", service.note),
    ]


def use_rows(use: PlaceDays) -> list[tuple[str, str | QWidget]]:
    """How places were used: lived in, held, empty, and how soon they were let again; nothing where none is listed."""
    if not use.open:
        return []
    mean, lived = use.mean_relet_days, use.occupancy_percent
    times = {1: "once", 2: "twice"}.get(len(use.relets), f"{len(use.relets)} times")
    again = (
        f"{text.count(round(mean), 'day')} empty on average before the next person ({times})"
        if mean is not None
        else ""
    )
    if lived is None:
        return [("Out of use", f"All {text.count(use.out, 'day')}")]
    return [
        ("Lived in", f"{lived:.0f}% of the days not out of use"),
        ("Empty", f"{text.count(use.void, 'day')}, {use.void_percent:.1f}%" if use.void else "Never"),
        ("Held", text.count(use.held, "day") if use.held else ""),
        ("Out of use", text.count(use.out, "day") if use.out else ""),
        ("Turnaround", again or "Nobody moved in after somebody else"),
    ]


def _show_places(panel: DetailPanel, facts: ServiceFacts) -> None:
    line, theme = facts.line, panel.context.theme
    if line.hours is not None:
        planned = words.hours_words(line.hours.planned)
        caption = f"{planned} of {words.hours_words(line.hours.capacity)} a week planned"
        _show_people(panel, "People supported", caption, facts.people)
        return
    if not line.places:
        _show_people(panel, "People", "No places are listed here.", facts.people)
        return
    total = text.count(line.count.total, "place")
    said = f"free: {words.free_words(line, facts.as_at)}" if words.is_free(line) else "none free"
    without = words.without_words(line.without_place) if line.without_place else ""
    column = panel.section("Places", ", ".join(filter(None, (total, said, without))))
    column.addWidget(Squares(theme, square_facts(line)))
    colour = line.stage.colour if line.stage is not None else OTHER
    rows = QVBoxLayout()
    rows.setSpacing(theme.px(1))
    for place in sorted((*line.places, *line.coming), key=lambda each: ASKING.index(each.state)):
        rows.addWidget(PlaceRow(panel, facts, place, colour))
    column.addLayout(rows)
    if line.count.over:
        stays = [*facts.over, *(stay for place in line.places for stay in place.also)]
        column = panel.section("Without a place named", text.count(len(stays), "person", "people"))
        for stay in stays:
            name = facts.names.get(stay.person_id, "somebody")
            line_of_one = QHBoxLayout()
            line_of_one.addWidget(_link(panel, stay.person_id, name))
            line_of_one.addStretch(1)
            if panel.may_record:
                line_of_one.addWidget(_correct(panel, stay, name))
            column.addLayout(line_of_one)


def _show_people(panel: DetailPanel, title: str, caption: str, people: Sequence[CaseloadLine]) -> None:
    column = panel.section(title, caption)
    for each in people:
        name = text.name_in_order(each.surname, each.given_names)
        row = QHBoxLayout()
        row.addWidget(_link(panel, each.person_id, name))
        row.addStretch(1)
        cost = text.format_pence(each.weekly_cost_pence, whole=True) if each.weekly_cost_pence is not None else ""
        row.addWidget(Label(f"{cost} a week" if cost else "cost not known", "caption", "text2"))
        column.addLayout(row)
    if not people:
        column.addWidget(Label("Nobody now.", tone="text2"))


def _link(panel: DetailPanel, person_id: str, name: str) -> NameLink:
    return NameLink(panel.context.theme, name, partial(panel.context.shell.open_person, person_id))


def _correct(panel: DetailPanel, stay: Placement, where: str) -> IconButton:
    """The way to put somebody's stay right, such as which place is theirs."""
    act = panel.run("edit_stay", person_id=stay.person_id, placement_id=stay.id)
    button = IconButton(panel.context.theme, "mdi6.pencil-outline", "Correct this stay", act, small=True)
    button.setAccessibleName(f"Correct the stay: {where}")
    return button


ASKING = (PlaceState.FREE, PlaceState.HELD, PlaceState.OUT, PlaceState.LEAVING, PlaceState.TAKEN)
"""The order of a service's places in the panel: what something can be done about stands above who lives there."""


def place_words(place: Place, as_at: date, reasons: dict[str, str]) -> str:
    """How a place stands, after who lives there: `since 3 Mar 2024`, `free, 23 days empty`, `held to 20 Jul`."""
    hold = place.hold
    if place.stay is not None:
        since = f"since {text.format_date(place.stay.started_on)}"
        if place.leaving_on is not None:
            since += f", leaving {words.short_day(place.leaving_on, as_at)}"
        return since + (", in hospital" if place.away else "") + (", place not recorded" if place.guessed else "")
    if hold is not None:
        why = "" if hold.person_id is not None else reasons.get(hold.reason_code, "Held")
        until = f"to {words.short_day(hold.until_on, as_at)}" if hold.until_on is not None else ""
        return f"{why or 'held'} {until}".strip()
    if place.state == PlaceState.OUT:
        return f"opens {text.format_date(place.free_from)}" if place.free_from is not None else "out of use"
    days = place.empty_days(as_at)
    return f"free, {text.count(days, 'day')} empty" if days else "free"


class PlaceRow(QWidget):
    """One place: its square, its name, who lives there or how it stands, and the step that it asks for."""

    def __init__(self, panel: DetailPanel, facts: ServiceFacts, place: Place, colour: str) -> None:
        super().__init__()
        theme = panel.context.theme
        px = theme.px
        said = place_words(place, facts.as_at, facts.reasons)
        person = place.person_id
        if place.stay is not None and person in facts.held:
            said = f"{facts.held[person]} held, {said}"
        name = facts.names.get(person or "", "")
        self.setAccessibleName(", ".join(filter(None, (words.place_name(place), name, said))))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(Square(theme, place.state, colour))
        row.addWidget(self._title(panel, place))
        if person is not None:
            row.addWidget(_link(panel, person, name))
            about = ElidedLabel(said, "caption", "text2")
            # A long name gives way to since when, as far as that is a date.
            about.setMinimumWidth(min(about.sizeHint().width(), px(MOST_FOR_A_DAY)))
            row.addWidget(about, 1)
        else:
            tone = "ok" if place.state == PlaceState.FREE else "text2"
            row.addWidget(ElidedLabel(said[:1].upper() + said[1:], "body", tone), 1)
        self._add_step(panel, facts, place, row)

    def _title(self, panel: DetailPanel, place: Place) -> QWidget:
        """What the place is called; where it is listed by itself, the way to change it."""
        theme, said = panel.context.theme, words.place_name(place)
        if place.unit is None or not panel.may_record:
            title = ElidedLabel(said)
            title.setMinimumWidth(theme.px(64))
            return title
        holder = QWidget()
        holder.setAccessibleName(said)
        holder.setMinimumWidth(theme.px(64))
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        form = panel.form("place", service_id=place.service_id, unit_id=place.unit.id)
        line.addWidget(NameLink(theme, said, form, tip="Change this place"))
        line.addStretch(1)
        return holder

    def _add_step(self, panel: DetailPanel, facts: ServiceFacts, place: Place, row: QHBoxLayout) -> None:
        theme, service_id = panel.context.theme, facts.line.service.id
        own = place.hold is not None and place.state in (PlaceState.HELD, PlaceState.OUT)
        if own and panel.may_record and isinstance(place.hold, Hold):
            change = IconButton(theme, "mdi6.pencil-outline", "Change the hold",
                                panel.form("edit_hold", hold_id=place.hold.id), small=True)  # fmt: skip
            row.addWidget(change)
            button = Button(theme, "Let go", panel.run("let_go", hold_id=place.hold.id), small=True)
            button.setAccessibleName(f"Let go of {words.place_name(place)}")
            row.addWidget(button)
        elif place.free_from is not None and place.hold is None and facts.line.service.in_area:
            ask = partial(panel.show_fits.emit, service_id, place.number)
            button = Button(theme, "Who fits", ask, small=True)
            button.setAccessibleName(f"Who fits {words.place_name(place)}")
            row.addWidget(button)
        if place.stay is not None and panel.may_record:
            row.addWidget(_correct(panel, place.stay, words.place_name(place)))
