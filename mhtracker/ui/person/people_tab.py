"""The tab of people around a person: carers first, then family, professionals, coordinators; and the warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.people_around import CARER, COORDINATOR, GP, PRIVATE, at_risk, carer_state, contact_holds
from mhtracker.domain.records import Contact
from mhtracker.domain.summary import CaseSummary
from mhtracker.ui.context import Context
from mhtracker.ui.person.goals_tab import TwoColumns
from mhtracker.ui.person.parts import Tab, breakable
from mhtracker.ui.person.warning_cards import warning_card
from mhtracker.ui.person.words import code_words
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label

Run = Callable[..., object]


class PeopleTab(Tab):
    """`run(command, **args)` starts a form for the person. Numbers are copied; nothing is dialled, sent or opened."""

    def __init__(self, context: Context, run: Run) -> None:
        super().__init__(context.theme, "People")
        self._context, self._run = context, run
        self.rows: dict[str, QWidget] = {}

    def show_summary(self, summary: CaseSummary, *, may_record: bool) -> None:
        """Show warnings and carers first: who meets the person reads them before anything else."""
        self.clear()
        self.rows = {}
        self._may_record = may_record
        contacts = summary.around.contacts
        here = [each for each in contacts if contact_holds(each, summary.as_at)]
        cards = TwoColumns(self.theme)
        cards.add(warning_card(self.theme, summary, self._run, self.rows, may_record=may_record), 1, 1)
        cards.add(self._carers(summary, [each for each in here if each.kind == CARER]), 0, 0)
        family = [each for each in here if each.kind in PRIVATE]
        if family:
            cards.add(self._people(summary, "Family and friends", family), 0, 0)
        work = [each for each in here if each.kind not in (CARER, COORDINATOR, *PRIVATE)]
        work.sort(key=lambda each: (each.kind != GP, each.kind, each.name))
        cards.add(self._professionals(summary, work), 0, 0)
        cards.add(self._coordinators(summary), 1, 1)
        gone = [e for e in contacts if not contact_holds(e, summary.as_at) and e.kind != COORDINATOR]
        if gone:
            cards.add(self._people(summary, "Before", gone, quiet=True), 1, 1)
        self.column.addWidget(cards)
        self.column.addStretch(1)

    def _add(self, words: str, kind: str) -> LinkButton:
        link = LinkButton(self.theme, words, partial(self._run, "contact", kind=kind), icon="mdi6.plus")
        link.setEnabled(self._may_record)
        return link

    def _carers(self, summary: CaseSummary, carers: list[Contact]) -> Card:
        if carers:
            return self._people(summary, "Carers", carers, action=self._add("Add a carer", CARER))
        card = Card(self.theme, "Carers")
        words = "Whoever gives unpaid care may have an assessment of their own: offer it, and see here when it is due."
        step = partial(self._run, "contact", kind=CARER)
        button = "Add a carer" if self._may_record else ""
        card.add(EmptyState(self.theme, "mdi6.account-group-outline", "No carer recorded", words, button, step))
        return card

    def _professionals(self, summary: CaseSummary, people: list[Contact]) -> Card:
        action = self._add("Add somebody", "")
        if people:
            return self._people(summary, "Professionals", people, action=action)
        card = Card(self.theme, "Professionals", action=action)
        card.add(Label("No GP or other professional is recorded.", tone="text2", wrap=True))
        return card

    def _people(
        self,
        summary: CaseSummary,
        title: str,
        people: Iterable[Contact],
        *,
        action: QWidget | None = None,
        quiet: bool = False,
    ) -> Card:
        card = Card(self.theme, title, action=action, ruled=True, padded=False)
        for place, contact in enumerate(people):
            if place:
                card.add_rule()
            row = self._row(summary, contact, quiet=quiet)
            self.rows[contact.id] = row
            card.add(row)
        return card

    def _row(self, summary: CaseSummary, contact: Contact, *, quiet: bool) -> QWidget:
        theme, px = self.theme, self.theme.px
        row = QWidget()
        part = contact.relation or code_words(summary, "contact_kind", contact.kind)
        row.setAccessibleName(f"{contact.name}, {part}")
        column = QVBoxLayout(row)
        column.setContentsMargins(px(14), px(9), px(14), px(9))
        column.setSpacing(px(3))
        head = FlowLayout(across=px(10), down=px(3))
        head.addWidget(Label(breakable(contact.name), "strong", selectable=True))
        head.addWidget(Label(breakable(part), tone="text2"))
        if contact.kind == CARER and not quiet:
            shape, words = carer_state(contact, summary.as_at)
            head.addWidget(Badge(theme, shape, words, quiet=shape in ("none", "in_date", "booked")))
            if at_risk(contact, summary.as_at):
                since = text.format_date(contact.at_risk_on)
                head.addWidget(Badge(theme, "stuck", f"Care may break down, said {since}"))
        column.addLayout(head)
        for line in _lines(summary, contact, part):
            column.addWidget(Label(breakable(line), wrap=True, selectable=True))
        steps = self._steps(contact, quiet=quiet)
        if steps.count():
            column.addLayout(steps)
        return row

    def _steps(self, contact: Contact, *, quiet: bool) -> FlowLayout:
        theme = self.theme
        steps = FlowLayout(across=theme.px(6), down=theme.px(4))
        for value, what in ((contact.phone, "number"), (contact.email, "address")):
            if value:
                copy = Button(theme, f"Copy {what}", partial(self._copy, value), small=True, icon="mdi6.content-copy")
                copy.setAccessibleName(f"Copy {what} of {contact.name}")
                steps.addWidget(copy)
        if self._may_record:
            edit = Button(theme, "Change", partial(self._run, "edit_contact", contact_id=contact.id), small=True)
            edit.setAccessibleName(f"Change {contact.name}")
            steps.addWidget(edit)
            if not quiet:
                end = Button(theme, "No longer", partial(self._run, "end_contact", contact_id=contact.id), small=True)
                end.setAccessibleName(f"{contact.name}, no longer")
                steps.addWidget(end)
        return steps

    def _copy(self, value: str) -> None:
        QGuiApplication.clipboard().setText(value)
        self._context.shell.say(f"Copied {value}.")

    def _coordinators(self, summary: CaseSummary) -> Card:
        known = [each for each in summary.around.contacts if each.kind == COORDINATOR]
        named = summary.person.care_coordinator
        card = Card(
            self.theme, "Care coordinator", action=self._add("Name the next", COORDINATOR), padded=False, ruled=True
        )
        if named and not any(contact_holds(each, summary.as_at) and each.name == named for each in known):
            card.add(self._plain(f"{named}\nnow, since when is not recorded"))
        elif not known:
            card.add(self._plain("Nobody is recorded."))
        for contact in sorted(
            known, key=lambda e: (contact_holds(e, summary.as_at), e.started_on or e.ended_on), reverse=True
        ):
            if card.body.count():
                card.add_rule()
            row = self._row(summary, contact, quiet=not contact_holds(contact, summary.as_at))
            self.rows[contact.id] = row
            card.add(row)
        return card

    def _plain(self, words: str) -> QWidget:
        px = self.theme.px
        box = QWidget()
        box.setAccessibleName(words)
        column = QVBoxLayout(box)
        column.setContentsMargins(px(14), px(9), px(14), px(9))
        column.addWidget(Label(breakable(words), wrap=True, selectable=True))
        return box

    def go_to(self, record_id: str) -> None:
        """Bring somebody or a warning into view."""
        row = self.rows.get(record_id)
        if row is not None:
            self.ensureWidgetVisible(row, 0, self.theme.px(40))


def _lines(summary: CaseSummary, contact: Contact, part: str) -> list[str]:
    """What is known of somebody besides their name and part."""
    kind = code_words(summary, "contact_kind", contact.kind)
    told = {True: "May be told about the person", False: "Not to be told about the person", None: ""}
    period = text.format_period(contact.started_on, contact.ended_on) if contact.started_on else ""
    if not period and contact.ended_on is not None:
        period = f"until {text.format_date(contact.ended_on)}"
    reach = ", ".join(filter(None, (contact.phone, contact.email)))
    kind = "" if kind == part or contact.kind == CARER else kind
    where = ", ".join(filter(None, (kind, contact.organisation, contact.address)))
    lines = (where, reach, told[contact.may_be_told], period[:1].upper() + period[1:], contact.note)
    return [line for line in lines if line]
