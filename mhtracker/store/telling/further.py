"""The sentences of what is kept around a pathway: readiness, barriers, actions, goals, people, warnings, papers."""

from __future__ import annotations

import json

from mhtracker import text
from mhtracker.store.telling.told import Say, Told
from mhtracker.store.telling.values import day_words, shortened


def _rating(told: Told) -> str:
    domain = text.first_lower(told.says("domain"))
    words = f"Readiness in {domain} rated {told.now.get('rating', 0)} of 3 on {told.day('rated_on')}"
    if told.added:
        return words
    return f"{words}, was {told.before.get('rating', 0)}" if told.changed("rating") else ""


def _barrier(told: Told) -> str:
    what = told.says("code")
    if told.came("ended_on"):
        return f"No longer held up since {told.day('ended_on')}: {text.first_lower(what)}"
    return f"Held up since {told.day('started_on')}: {text.first_lower(what)}" if told.added else ""


def _action(told: Told) -> str:
    what = shortened(str(told.now.get("what", "")), 90)
    if told.came("done_on"):
        return f"Done on {told.day('done_on')}: {what}"
    if told.came("dropped_on"):
        return f"Given up on {told.day('dropped_on')}: {what}{_bracket(told.says('drop_reason'))}"
    if told.added:
        who = told.says("worker_id") or told.says("owner")
        due = f", by {told.day('due_on')}" if told.now.get("due_on") else ""
        return f"To do{f' for {who}' if who else ''}{due}: {what}"
    if told.came("due_on") and told.before.get("due_on"):
        return f"Put off from {told.was_day('due_on')} to {told.day('due_on')}: {what}"
    return ""


def _goal(told: Told) -> str:
    words = f"“{shortened(str(told.now.get('words', '')), 90)}”"
    if told.came("ended_on"):
        return f"Goal ended on {told.day('ended_on')}{_bracket(told.says('end_reason'))}: {words}"
    return f"Goal set on {told.day('set_on')}: {words}" if told.added else ""


def _goal_score(told: Told) -> str:
    words = shortened(str(told.names.values_of("goal", told.now.get("goal_id")).get("words", "")), 60)
    return f"Goal “{words}” at {told.now.get('score', 0)} of 10 on {told.day('scored_on')}" if told.added else ""


def _measure(told: Told) -> str:
    tool = told.says("tool_id") or "Measure"
    return f"Measured on {told.day('taken_on')}: {told.says('total')}, {tool}" if told.added else ""


def _contact(told: Told) -> str:
    name = told.says("name")
    kind = text.first_lower(told.says("kind"))
    if told.came("ended_on"):
        return f"Contact ended on {told.day('ended_on')}: {name}{f', {kind}' if kind else ''}"
    if told.came("assessment_done_on"):
        return f"Carer’s assessment of {name} done on {told.day('assessment_done_on')}"
    if told.came("assessment_offered_on") and not told.added:
        return f"Carer’s assessment offered to {name} on {told.day('assessment_offered_on')}"
    if told.came("at_risk_on"):
        return f"Care given by {name} said to be at risk on {told.day('at_risk_on')}"
    return f"Contact added: {name}{f', {kind}' if kind else ''}" if told.added else ""


def _warning(told: Told) -> str:
    words = f"“{shortened(str(told.now.get('words', '')), 90)}”"
    if told.came("ended_on"):
        return f"Warning ended on {told.day('ended_on')}{_bracket(told.says('end_reason'))}: {words}"
    if told.added:
        return f"Warning raised on {told.day('raised_on')}: {words}"
    if told.came("checked_on"):
        return f"Warning looked at again on {told.day('checked_on')}: {words}"
    return ""


def _document(told: Told) -> str:
    return f"Document attached: {told.says('name')}" if told.added else ""


def _attendance(told: Told) -> str:
    name, came = told.says("name"), told.now.get("came")
    said = {"came": "came", "apologies": "sent apologies", "absent": "did not come"}.get(str(came), "is asked to come")
    review = told.names.values_of("review", told.now.get("review_id"))
    day = day_words(review.get("held_on") or review.get("booked_on"))
    return f"At the review{f' of {day}' if day else ''}: {name} {said}"


def _correction(told: Told) -> str:
    note = told.names.values_of("note", told.now.get("note_id"))
    of = f" of {day_words(note.get('noted_on'))}" if note.get("noted_on") else ""
    return f"Note{of} corrected{told.because(told.says('reason'))}" if told.added else ""


def _key_event(told: Told) -> str:
    words = shortened(str(told.now.get("words", "")), 90)
    return f"Chosen for the story on paper: {told.day('happened_on')}, {words}" if told.added else ""


def _snooze(told: Told) -> str:
    what = str(told.now.get("item", "")).partition(":")[0].strip() or "line"
    if told.came("ended_on"):
        return f"{what.capitalize()} back on Today"
    return f"{what.capitalize()} put off on Today until {told.day('until_on')}{told.because(told.says('reason'))}"


def _not_same(told: Told) -> str:
    return f"Said to be somebody else than {told.says('other_id')}" if told.added else ""


def _code(told: Told) -> str:
    list_name = str(told.now.get("list_name", "")).replace("_", " ")
    return f"Added to the list “{list_name}”: {told.says('label')}" if told.added else ""


_KEPT = {"preset_paper": ("Figures kept of its paper", "label"), "preset_programme": ("Programme to start", "name")}
"""Settings that hold more than can be told: what they are, and which of it names them."""


def _setting(told: Told) -> str:
    if told.record_id in _KEPT and told.now:
        words, name = _KEPT[told.record_id]
        return f"{words}: {json.loads(str(told.now['value'])).get(name, '')}"
    name = told.record_id.replace("_", " ")
    was = f", was {shortened(told.said('value'), 60)}" if told.before else ""
    return f"Setting “{name}”: {shortened(told.says('value'), 90)}{was}"


def _put_aside(told: Told) -> str:
    row = f"Row {told.now.get('row', '')} of {told.says('file')}"
    if told.came("settled_on"):
        return f"{row} settled{told.because(told.says('settled_how'))}"
    return f"{row} put aside{told.because(told.says('reason'))}" if told.added else ""


def _imported_file(told: Told) -> str:
    people = text.count(int(told.now.get("people_rows", 0)), "person", "people")
    return f"Imported {told.says('file')}, {people}" if told.added else ""


def _import_word(told: Told) -> str:
    return f"In sheets, “{told.says('word')}” is read as “{told.says('value')}”"


def _bracket(words: str) -> str:
    return f" ({text.first_lower(words)})" if words else ""


FURTHER: dict[str, Say] = {
    "rating": _rating,
    "barrier": _barrier,
    "action": _action,
    "goal": _goal,
    "goal_score": _goal_score,
    "measure": _measure,
    "contact": _contact,
    "warning": _warning,
    "document": _document,
    "attendance": _attendance,
    "correction": _correction,
    "key_event": _key_event,
    "snooze": _snooze,
    "not_same": _not_same,
    "code": _code,
    "setting": _setting,
    "put_aside": _put_aside,
    "imported_file": _imported_file,
    "import_word": _import_word,
}
