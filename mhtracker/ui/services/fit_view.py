"""Who fits a free place, and which places fit somebody: best first, with what speaks for and against each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from mhtracker import text
from mhtracker.domain.places.fitting import Answer, Fitted
from mhtracker.store.queries.move_savings import saving_words
from mhtracker.store.queries.vacancies import Filling, Fit, Vacancy, VacancyFits
from mhtracker.ui.services import words
from mhtracker.ui.services.criteria import Criteria
from mhtracker.ui.services.name_link import NameLink
from mhtracker.ui.services.panel import SIDES, DetailPanel
from mhtracker.ui.services.vacancy_columns import empty_words, from_words
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import ElidedLabel, Label, rule
from mhtracker.ui.widgets.stage_pill import StagePill

AT_ONCE = 5
ORDER = (
    "Whom to ask first: urgent, then high priority; then fewest crosses, from hospital, the larger part ticked, the "
    "longest wait. Whoever cannot live there, or has a place held, stands last."
)
ORDER_OF_PLACES = "Best fit first: fewest crosses, then the larger part ticked, then free longest."


def fit_badge(theme: Theme, fitted: Fitted) -> Badge:
    """`Fits 5 of 6`; tinted where all of it is met, crossed where something speaks against it."""
    said = f"Fits {fitted.fits} of {fitted.of}"
    if fitted.fits == fitted.of:
        return Badge(theme, "in_date", said)
    if not fitted.possible:
        return Badge(theme, "mismatch", said, quiet=True)
    unknown = any(each.answer == Answer.NOT_KNOWN for each in fitted.criteria)
    return Badge(theme, "none" if unknown else "in_date", said, quiet=True)


def waits_words(fit: Fit) -> str:
    """`waits 96 days in hospital, urgent, offered it 20 Jun`."""
    days = text.count(fit.waiting.days, "day")
    where = " in hospital" if fit.waiting.in_hospital else ""
    priority = fit.waiting.waiting.priority
    offer = fit.waiting.open_offer
    offered = ""
    if offer is not None:
        which = "it" if offer.service_id == fit.vacancy.service.id else "another place"
        offered = f", offered {which} {text.format_date(offer.offered_on, year=False)}"
    taken = fit.waiting.accepted
    if taken is not None and taken.answered_on is not None:
        same = taken.service_id == fit.vacancy.service.id and taken.unit_id in (None, _unit_id(fit.vacancy))
        which = "it" if same else fit.waiting.accepted_at
        offered = f", accepted {which} {text.format_date(taken.answered_on, year=False)}" + offered
    return f"waits {days}{where}" + (f", {priority}" if priority != "ordinary" else "") + offered


def _unit_id(vacancy: Vacancy) -> str | None:
    return vacancy.place.unit.id if vacancy.place.unit is not None else None


class FitRow(QFrame):
    """One pair of place and person: which, how it fits, how long they wait, what it saves, and the step."""

    def __init__(self, panel: DetailPanel, fit: Fit, *, of_person: bool, main: bool) -> None:
        super().__init__()
        theme = panel.context.theme
        px = theme.px
        self._theme, self._main = theme, main
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SIDES), px(7), px(SIDES), px(8))
        column.setSpacing(px(3))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        number = Label(str(fit.rank), tone="text2")
        number.setFixedWidth(px(16))
        head.addWidget(number)
        name = self._add_name(panel, fit, head, of_person=of_person)
        head.addStretch(1)
        head.addWidget(fit_badge(theme, fit.fitted))
        column.addLayout(head)
        inside = QVBoxLayout()
        inside.setContentsMargins(px(24), 0, 0, 0)
        inside.setSpacing(px(2))
        inside.addWidget(Criteria(theme, fit.fitted.criteria))
        # Above the buttons, which would leave long words no room beside them.
        first = waits_words(fit) if not of_person else place_words(fit.vacancy, panel)
        inside.addWidget(Label(first, wrap=True))
        if fit.waiting.hold is not None:
            held = words.held_words(fit.waiting, panel.context.as_at)
            inside.addWidget(Label(held, "caption", "text2", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(Label(saving_words(fit.saving_pence), "strong", wrap=True), 1)
        self._add_step(panel, fit, line, of_person=of_person, main=main)
        inside.addLayout(line)
        column.addLayout(inside)
        self.setAccessibleName(f"{fit.rank}. {name}, fits {fit.fitted.fits} of {fit.fitted.of}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The best fit stands on the ground of what is chosen."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("selected" if self._main else "surface"))
        painter.end()

    def _add_name(self, panel: DetailPanel, fit: Fit, head: QHBoxLayout, *, of_person: bool) -> str:
        context = panel.context
        if of_person:
            stage = fit.vacancy.line.stage
            if stage is not None:
                head.addWidget(StagePill(context.theme, stage, ""))
            act = partial(panel.show_fits.emit, fit.vacancy.service.id, fit.vacancy.place.number)
            head.addWidget(NameLink(context.theme, fit.vacancy.name, act, tip="Who fits this place"))
            head.addWidget(ElidedLabel(fit.vacancy.service.locality, "caption", "text2"))
            return fit.vacancy.name
        line = fit.waiting.line
        stage = context.register.stage(line.stage_id)
        if stage is not None:
            head.addWidget(StagePill(context.theme, stage, ""))
        name = text.name_in_order(line.surname, line.given_names)
        head.addWidget(NameLink(context.theme, name, partial(context.shell.open_person, line.person_id)))
        age = fit.waiting.age
        head.addWidget(Label("" if age is None else str(age), "caption", "text2"))
        return name

    def _add_step(self, panel: DetailPanel, fit: Fit, row: QHBoxLayout, *, of_person: bool, main: bool) -> None:
        waiting, place = fit.waiting, fit.vacancy.place
        if waiting.hold is not None or not panel.may_record:
            return
        called = waiting.line.known_as or waiting.line.given_names or waiting.line.surname
        said = f"Hold for {called.split()[0]}" if main and not of_person and called else "Hold"
        args = {"service_id": fit.vacancy.service.id, "person_id": waiting.person_id}
        if place.unit is not None:
            args["unit_id"] = place.unit.id
        theme = panel.context.theme
        offered = waiting.open_offer
        if offered is None:
            offer = Button(theme, "Offer", panel.form("offer", **args), kind="plain")
            offer.setAccessibleName(f"Offer {fit.vacancy.name} to {called}")
            row.addWidget(offer)
        elif offered.service_id == fit.vacancy.service.id and offered.unit_id in (None, args.get("unit_id")):
            answer = panel.form("answer_offer", person_id=waiting.person_id, offer_id=offered.id)
            button = Button(theme, "Answer", answer, kind="plain")
            button.setAccessibleName(f"Record the answer of {called} to {fit.vacancy.name}")
            row.addWidget(button)
        button = Button(theme, said, panel.form("hold_place", **args), kind="primary" if main else "plain")
        button.setAccessibleName(f"Hold {fit.vacancy.name} for {called}")
        row.addWidget(button)


def place_words(vacancy: Vacancy, panel: DetailPanel) -> str:
    """`free now, 23 days empty`, `free from Wed 12 Aug`."""
    as_at = panel.context.as_at
    when = from_words(vacancy, as_at)
    if when != "now":
        return f"free from {when}"
    empty = empty_words(vacancy, as_at)
    return "free now" if empty == "not known" else f"free now, {empty} empty"


def show_vacancy(panel: DetailPanel, found: VacancyFits, features: Callable[[frozenset[str]], str]) -> None:
    """Fill the panel with a free place and who fits it."""
    vacancy = found.vacancy
    as_at = panel.context.as_at
    free = place_words(vacancy, panel)
    caption = ". ".join(filter(None, (free[:1].upper() + free[1:], features(vacancy.features))))
    panel.begin(vacancy.name, caption)
    if vacancy.line.contract.wants_looking_at:
        ended = vacancy.line.contract.state == "ended"
        said = words.contract_about(vacancy.line.contract, as_at)
        panel.add_warning(said, "danger" if ended else "warn", "overdue" if ended else "soon")
    waiting = found.waiting
    counted = [f"{text.format_number(waiting.people)} waiting", f"{text.format_number(waiting.need_home)} need a home"]
    counted.append(f"{text.format_number(waiting.in_hospital)} in hospital")
    panel.section("Who fits", ", ".join(counted), ruled=False).addWidget(Label(ORDER, "caption", "text2", wrap=True))
    show_rows(panel, found.fits, of_person=False)


LIKELY, CANNOT, HELD = "", "Could not live here", "Have a place held already"
CANNOT_BE = "Places that cannot be"


def group_of(fit: Fit, *, of_person: bool) -> str:
    """Under which heading a pair stands; "" for those to look at first."""
    if fit.waiting.hold is not None and not of_person:
        return HELD
    if fit.fitted.possible:
        return LIKELY
    return CANNOT_BE if of_person else CANNOT


def show_rows(panel: DetailPanel, fits: tuple[Fit, ...], *, of_person: bool) -> None:
    """The pairs, the first few at once; the others when asked for."""
    if not fits:
        said = "No place is free now." if of_person else "Nobody is on the waiting list."
        panel.section("").addWidget(Label(said, tone="text2", wrap=True))
        return
    shown = fits if panel.shows_all else fits[:AT_ONCE]
    before = LIKELY
    if group_of(fits[0], of_person=of_person) != LIKELY:
        said = "None of these places would do." if of_person else "Nobody who waits without a place could live here."
        panel.section("", ruled=False).addWidget(Label(said, wrap=True))
    for fit in shown:
        panel.add(rule())
        if (group := group_of(fit, of_person=of_person)) != before:
            panel.section(group, ruled=False)
            panel.add(rule())
            before = group
        main = fit.rank == 1 and fit.fitted.possible and fit.waiting.hold is None
        row = FitRow(panel, fit, of_person=of_person, main=main)
        panel.add(row)
    panel.add(rule())
    if len(fits) > len(shown):
        rest = len(fits) - len(shown)
        panel.add_steps([(f"Show {rest} more", panel.show_all)])


def show_filling(
    panel: DetailPanel, filling: Filling, title: str, steps: list[tuple[str, Callable[[], object]]]
) -> None:
    """The best assignment as a whole, and who would move where."""
    column = panel.section(title, ruled=False)
    column.addWidget(Label(filling.in_words, wrap=True))
    theme = panel.context.theme
    for fit in filling.pairs:
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        name = text.name_in_order(fit.waiting.line.surname, fit.waiting.line.given_names)
        row.addWidget(NameLink(theme, name, partial(panel.context.shell.open_person, fit.waiting.person_id)))
        act = partial(panel.show_fits.emit, fit.vacancy.service.id, fit.vacancy.place.number)
        row.addWidget(NameLink(theme, fit.vacancy.name, act))
        row.addStretch(1)
        row.addWidget(Label(saving_words(fit.saving_pence), "caption", "text2"))
        column.addLayout(row)
    panel.add_steps(steps)
