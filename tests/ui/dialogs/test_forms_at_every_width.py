"""Every form opens in a panel of any width and at any size of text, and nothing in it is cut off at the right."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from mhtracker.store.queries.caseload import CaseloadQuery, Filter, list_caseload
from mhtracker.ui.commands import FORMS
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.more_editors import TextEdit
from tests.ui.dialogs.form_needs import ABOUT, FOR_SEVERAL, STARTS_FROM
from tests.ui.rest import come_to_rest

WIDTHS = (620, 460, 380)
SCALES = (1.0, 1.5, 2.0)
"""A third of the forms is drawn at each: what there is room for hangs on a width and a scale alike."""

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch and a tenancy with a guarantor " * 3


@pytest.fixture
def needs(do, read, window):
    """What a form is opened with; each kind of record stands with a person of its own, and is made once."""
    lines = read(list_caseload, CaseloadQuery((Filter("stage", "=", "Residential"),)), window.context.as_at, limit=60)
    people = [line.person_id for line in lines]
    makers = list(dict.fromkeys([*STARTS_FROM.values(), *(make for _, make in ABOUT.values())]))
    assert len(people) > 10

    def make_all(store):
        return {
            make: (people[place % len(people)], make(store, people[place % len(people)]).id)
            for place, make in enumerate(makers)
        }

    made = do(make_all)

    def find(command: str) -> dict[str, object]:
        if command in FOR_SEVERAL:
            return {"person_ids": people[:4]}
        if command in STARTS_FROM:
            return {"person_id": made[STARTS_FROM[command]][0]}
        if command not in ABOUT:
            return {}
        name, make = ABOUT[command]
        person_id, record_id = made[make]
        by_key = {form.key: form for form in FORMS}
        return {name: record_id, **({"person_id": person_id} if by_key[command].for_person else {})}

    return find


@pytest.mark.parametrize("first", range(len(SCALES)))
def test_every_form_fits_a_panel_of_any_width(first, window, page, needs, settled):
    forms, scale = FORMS[first :: len(SCALES)], SCALES[first]
    window.context.theme.change(scale=scale)
    opened, cut = 0, []
    for form in forms:
        window.run_command(form.key, **needs(form.key))
        settled(window)
        panel = window.body.panel
        assert isinstance(panel, FormPanel), form.key
        opened += 1
        _type_long_words(panel)
        for width in WIDTHS:
            panel.setGeometry(0, 0, window.context.theme.px(width), panel.height())
            QApplication.processEvents()
            if _cut_in(panel):  # or only not at rest yet
                come_to_rest(panel)
            cut += [f"{form.key} at {width}: {_told(each)}" for each in _cut_in(panel)]
        window.navigator.panels.close()
        settled(window)
    assert opened == len(forms)
    assert not cut, "\n".join(cut)


def _type_long_words(panel: FormPanel) -> None:
    for editor in panel.form.editors.values():
        if isinstance(editor, LineEdit | TextEdit) and editor.isEnabled() and not editor.text_value():
            editor.restore_text(LONG)


def _cut_in(panel: FormPanel) -> list[QWidget]:
    return [each for each in panel.findChildren(QWidget) if _is_cut(each, panel)]


def _is_cut(widget: QWidget, panel: QWidget) -> bool:
    """Whether something to read or press reaches over the right edge of the panel or of what it stands in."""
    if not widget.isVisible() or not isinstance(widget, QLabel | QLineEdit | QPlainTextEdit | QAbstractButton):
        return False
    above = widget.parentWidget()
    while above is not None:
        if widget.mapTo(above, widget.rect().topRight()).x() > above.width():
            return True
        if above is panel:
            return False
        above = above.parentWidget()
    return False


def _told(widget: QWidget) -> str:
    words = widget.accessibleName() or getattr(widget, "text", str)()
    return f"{type(widget).__name__} “{words[:50]}”"
