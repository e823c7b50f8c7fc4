"""A form that stands open, as somebody sits before it: types, presses, reads."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from mhtracker.ui.widgets.buttons import Button


def type_into(form, name, words):
    form.form.editors[name].restore_text(words)
    form.form.editors[name].edited.emit()


def words_in(root) -> str:
    return "\n".join(label.text() for label in root.findChildren(QLabel) if not label.isHidden())


def told(form) -> str:
    return words_in(form.settling.banner) if form.settling.banner is not None else ""


def press(root, words):
    next(each for each in root.findChildren(Button) if each.words() == words and not each.isHidden()).click()


def text_of(form, name) -> str:
    return form.form.editors[name].text_value()


def texts_of(form) -> dict[str, str]:
    return form.form.text_values()
