"""Two places compared: what another would cost the council, and when it pays back. Nothing is recorded."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Slot

from mhtracker import text
from mhtracker.domain.errors import Invalid, UserError
from mhtracker.domain.money.costs import WeeklyCost
from mhtracker.domain.money.weekly import Comparison, compare_places
from mhtracker.domain.summary import CaseSummary
from mhtracker.store import Store
from mhtracker.store.queries.person import build_case_summary
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.form_panel import ICONS
from mhtracker.ui.editors import MoneyEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import NumberEdit
from mhtracker.ui.widgets.banner import InfoPanel
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.side_panel import SidePanel

YEARS_3 = 156
WEEKS_A_YEAR = 52


class ComparePanel(SidePanel):
    """Beside the Money tab. Amounts are net to the council, a week."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(context.theme, "Compare two places")
        self._context = context
        self.kept.connect(lambda: context.shell.side_panel(None))
        theme = context.theme
        self.form = Form(
            theme,
            Ask("now", MoneyEdit(theme), label="Now", help="Net a week, where nothing changes.", required=True),
            Ask("other", MoneyEdit(theme), label="The other place", help="Net a week.", required=True),
            Ask("once", MoneyEdit(theme), label="Paid once", help="Costs of moving."),
            Ask("for_weeks", NumberEdit(theme, least=1, most=2000), label="For weeks", help="How long it lasts."),
            Ask("then", MoneyEdit(theme), label="And then", help="Net a week after that."),
            name="Compare two places",
        )
        self.form.set_values({"for_weeks": YEARS_3})
        self.info = InfoPanel(theme, "What that comes to")
        about = (
            "What the council pays for the place now, beside another one and what may follow it. Nothing is recorded."
        )
        self.add(Label(about, tone="text2", wrap=True))
        self.add(self.form)
        self.add(self.info)
        self.add_stretch()
        self.form.edited.connect(self.show_result)
        self.show_result()
        context.jobs.ask(_read, person_id, context.as_at, then=self._on_read, failed=self._on_unreadable, urgent=True)

    @Slot(object)
    def _on_read(self, summary: CaseSummary) -> None:
        person = summary.person
        facts = [("", f"Born {text.format_born(person, summary.as_at)}")] if person.born_on else []
        self.show_person(text.full_name(person), facts)
        cost: WeeklyCost | None = summary.cost
        if cost is not None and self.form.editors["now"].is_empty():
            self.form.set_values({"now": cost.net, "for_weeks": YEARS_3})
        self.show_result()

    @Slot(object)
    def _on_unreadable(self, error: UserError) -> None:
        self._context.jobs.failed.emit(error)

    def focus_first(self) -> None:
        self.form.focus_first()

    @Slot()
    def show_result(self) -> None:
        """Say what the amounts come to, as far as they are filled in."""
        found: dict[str, int | None] = {}
        for name, editor in self.form.editors.items():
            try:
                found[name] = editor.value()
            except Invalid:
                found[name] = None
        now, other, weeks, then = (found[name] for name in ("now", "other", "for_weeks", "then"))
        if now is None or other is None:
            self.info.set_lines([])
            return
        once = found["once"] or 0
        compared = compare_places(now, other, for_weeks=weeks or 0, then=now if then is None else then, once=once)
        self.info.set_lines([(ICONS["place"], words) for words in told(compared, weeks or 0, once, then=then)])


def _read(store: Store, person_id: str, as_at: object) -> CaseSummary:
    from datetime import date

    assert isinstance(as_at, date)
    return build_case_summary(store, person_id, as_at)


def told(found: Comparison, weeks: int, once: int, *, then: int | None) -> list[str]:
    """A comparison in sentences."""
    a_week = text.format_pence(abs(found.a_week))
    if found.a_week == 0:
        said = ["Both cost the council the same a week"]
    else:
        said = [f"The other place is {a_week} a week {'dearer' if found.a_week > 0 else 'cheaper'}"]
    if weeks:
        more = "more" if found.altogether >= 0 else "less"
        with_once = f", {text.format_pence(once)} paid once included" if once else ""
        amount = text.format_pence(abs(found.altogether))
        said.append(f"Over {text.count(weeks, 'week')} it costs {amount} {more}{with_once}")
    if then is None:
        return said
    after = text.format_pence(abs(found.then))
    if found.then <= 0:
        said.append("What follows is no cheaper than now: nothing pays it back" if found.altogether > 0 else "")
    elif found.altogether > 0:
        said.append(f"Then {after} a week is saved: it is paid back in {weeks_words(found.payback)}")
    else:
        said.append(f"Then {after} a week is saved; there is nothing to pay back")
    return [line for line in said if line]


def weeks_words(weeks: Fraction | None) -> str:
    """Whole weeks, the last one begun; with years where they are many."""
    if weeks is None:
        return "no time"
    whole = -(-weeks.numerator // weeks.denominator)
    years = f" (about {whole / WEEKS_A_YEAR:.1f} years)" if whole > 2 * WEEKS_A_YEAR else ""
    return f"{text.count(whole, 'week')}{years}"
