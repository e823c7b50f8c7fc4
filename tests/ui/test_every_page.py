"""What holds for every page and every form: names, keyboard reach, plain text, room at every size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mhtracker.domain.records import MoveOnPlan, Note, Review
from mhtracker.store import Store
from mhtracker.ui.commands import FORMS
from mhtracker.ui.keys import can_take_focus
from mhtracker.ui.pages import PAGES
from mhtracker.ui.window import Window
from tests.ui.dialogs.form_needs import needs_of
from tests.ui.one_window import each_of, in_turn, names_of
from tests.ui.rest import come_to_rest

Settled = Callable[[Window], None]

CONTROLS = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QPlainTextEdit,
    QTextEdit,
    QAbstractSpinBox,
    QAbstractItemView,
)  # fmt: skip
PLACES = [entry.key for entry in PAGES]


@pytest.fixture
def people(window: Window, qtbot: QtBot) -> list[str]:
    """Those with a plan, a note and mostly a booked review, so that every form has something to show."""
    found: list[str] = []

    def read(store: Store) -> list[str]:
        planned = {plan.person_id for plan in store.find(MoveOnPlan, ended_on=None)}
        booked = {review.person_id for review in store.find(Review, held_on=None) if review.booked_on}
        noted = {note.person_id for note in store.find(Note)}
        return sorted(planned & noted, key=lambda person_id: (person_id not in booked, person_id))

    window.context.jobs.ask(read, then=found.extend)
    qtbot.waitUntil(lambda: bool(found))
    return found


@pytest.fixture
def go(window: Window, people: list[str], settled: Settled) -> Callable[[str], QWidget]:
    def to(key: str) -> QWidget:
        window.open_page(key, **({"person_id": people[0]} if key == "person" else {}))
        settled(window)
        page = window.navigator.current_page()
        assert page is not None
        return page

    return to


@pytest.fixture
def opened(window: Window, people: list[str], settled: Settled, qtbot: QtBot) -> Callable[[str], QWidget]:
    """Opens forms one after another, each for somebody whose records no other form has touched."""
    turn = iter(people)

    def to(key: str) -> QWidget:
        someone = next(turn)
        form = next(form for form in FORMS if form.key == key)
        args: dict[str, object] = {"person_id": someone} if form.for_person else {}
        found: list[tuple[dict[str, object], object]] = []
        window.context.jobs.ask(lambda store: needs_of(key, store, someone), then=found.append)
        qtbot.waitUntil(lambda: bool(found))
        args |= found[0][0]
        window.open_page("today")
        window.run_command(key, **args)
        settled(window)
        assert window.body.panel is not None, key
        return window.body.panel

    return to


FORM_KEYS = [form.key for form in FORMS]


def shown(root: QWidget) -> list[QWidget]:
    return [widget for widget in root.findChildren(QWidget) if widget.isVisible()]


def check_names(root: QWidget) -> None:
    nameless = [
        type(widget).__name__
        for widget in shown(root)
        if isinstance(widget, CONTROLS) and can_take_focus(widget) and not widget.accessibleName()
    ]
    assert nameless == []


def check_plain_text(root: QWidget) -> None:
    rich = [label.text() for label in shown(root) if isinstance(label, QLabel) and label.text()
            and label.textFormat() != Qt.TextFormat.PlainText]  # fmt: skip
    assert rich == []


def by_arrows(widget: QWidget) -> bool:
    """One of a few of which one holds: Tab goes to one of them, the arrow keys to the others."""
    if not isinstance(widget, QAbstractButton):
        return False
    group = widget.group()
    return widget.autoExclusive() or (group is not None and group.exclusive())


def check_reach(window: Window, root: QWidget) -> None:
    """Tab, from the root's first control, comes to every control in it and leaves it again."""
    controls = [widget for widget in shown(root) if can_take_focus(widget) and not by_arrows(widget)]
    if not controls:
        return
    controls[0].setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget] = []
    for _ in range(600):
        focus = window.focusWidget()
        if focus is None or focus in seen:
            break
        seen.append(focus)
        window.focusNextPrevChild(True)
    assert [widget.accessibleName() for widget in controls if widget not in seen] == []
    assert any(not root.isAncestorOf(widget) for widget in seen), "Tab never leaves"


def check_targets(root: QWidget, least: int = 24) -> None:
    come_to_rest(root)
    small = [
        (widget.accessibleName(), widget.width(), widget.height())
        for widget in shown(root)
        if isinstance(widget, QAbstractButton)
        and can_take_focus(widget)
        # Qt gives a row of tabs its two scroll buttons before there is anything to scroll, without any height.
        and not (isinstance(widget.parentWidget(), QTabBar) and widget.height() == 0)
        and min(widget.width(), widget.height()) < least
    ]
    assert small == []


def check_room(root: QWidget) -> None:
    """Nothing shown has less room than it says it needs, nor stands outside its parent."""
    come_to_rest(root)
    cramped = []
    for widget in shown(root):
        if isinstance(widget.parentWidget(), QTabBar):
            continue  # a tab bar scrolls by itself where it must
        if isinstance(widget, QAbstractButton | QLabel):
            least = widget.minimumSizeHint()
            wanted = min(least.width(), widget.maximumWidth())  # a step of a line may leave its name out on purpose
            if widget.width() + 2 < wanted or widget.height() + 2 < min(least.height(), 1000):
                cramped.append((widget.accessibleName() or getattr(widget, "text", str)(), widget.size(), least))
    assert cramped == []


@pytest.mark.parametrize("keys", in_turn(PLACES), ids=names_of)
def test_every_page_is_named_reachable_and_plain(go: Callable[[str], QWidget], window: Window, keys: list[str]) -> None:
    def look(key: str) -> None:
        page = go(key)
        assert page.accessibleName()
        check_names(page)
        check_plain_text(page)
        check_targets(page)
        check_reach(window, page)

    each_of(keys, look)


@pytest.mark.parametrize("keys", in_turn(FORM_KEYS), ids=names_of)
def test_every_form_is_named_reachable_plain_and_put_away_by_esc(
    opened: Callable[[str], QWidget], window: Window, qtbot: QtBot, keys: list[str]
) -> None:
    def look(key: str) -> None:
        panel = opened(key)
        begins_at = window.focusWidget()
        assert begins_at is not None
        assert panel.accessibleName()
        check_names(panel)
        check_plain_text(panel)
        check_targets(panel)
        check_reach(window, panel)
        begins_at.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
        assert window.body.panel is None

    each_of(keys, look)


@pytest.mark.parametrize(("width", "height", "scale"), [(1440, 900, 1.0), (1100, 700, 1.0), (1440, 900, 1.5),
                                                        (1440, 900, 2.0)])  # fmt: skip
@pytest.mark.parametrize("keys", in_turn(PLACES), ids=names_of)
def test_every_page_has_room_at_every_size(
    go: Callable[[str], QWidget], window: Window, keys: list[str], width: int, height: int, scale: float
) -> None:
    window.resize(width, height)
    window.context.theme.change(scale=scale)
    each_of(keys, lambda key: check_room(go(key)))
