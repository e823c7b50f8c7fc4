"""A recorded change as a sentence: "Target moved from 1 May 2026 to 1 Aug 2026 by Ewa Fikcyjna: no offer yet".

The important kinds have sentences of their own, here and in `further.py`; every other kind is told by its fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mhtracker import text
from mhtracker.domain.fields import field_label
from mhtracker.domain.records import KINDS, Target
from mhtracker.store.codec import shape_of
from mhtracker.store.queries.history import Change, changed_fields
from mhtracker.store.telling.further import FURTHER
from mhtracker.store.telling.money import MONEY
from mhtracker.store.telling.places import PLACES
from mhtracker.store.telling.told import EXCERPT, Say, Told
from mhtracker.store.telling.values import Names, day_words, name_of_values, say_value, shortened

NOUNS = {
    "person": "details",
    "placement": "stay",
    "plan": "move-on plan",
    "code": "code list",
    "correction": "correction of a note",
    "attendance": "who came",
    "view": "saved view",
    "step_template": "step of a ready-made plan",
    "snooze": "line put off",
    "not_same": "decision that two people are two",
    "imported_file": "imported sheet",
    "import_word": "word of a sheet",
    "put_aside": "row put aside",
    "unit": "place",
    "hold": "place held",
    "waiting": "place on the waiting list",
    "programme_person": "person of a programme",
    "cost_line": "cost",
    "funding": "who pays",
    "cost_table": "as is, to be table",
    "cost_row": "line of the as is, to be table",
}
LEFT_OUT = frozenset(
    {
        "id",
        "version",
        "person_id",
        "plan_id",
        "position",
        "finished_at",
        "born_precision",
        "sha256",
        "source_id",
        "taper_id",
    }
)
MOST_FIELDS = 3


def sentence(names: Names, change: Change) -> str:
    """What a change did, as a sentence without its full stop. The person is not named in it."""
    told = Told(names, change.kind, change.record, whole(change.kind, change.before), whole(change.kind, change.after))
    if change.kind not in KINDS:
        return f"{change.kind.replace('_', ' ').capitalize()} {_done(told)}"
    say = SENTENCES.get(change.kind)
    # What was taken away or brought back by an undo is told by what it is, not as if it happened that day.
    words = say(told) if say is not None and change.after is not None else ""
    return words or _generic(told)


def whole(kind: str, image: Mapping[str, Any] | None) -> dict[str, Any]:
    """An image with the defaults that it leaves out; {} for no record."""
    if image is None:
        return {}
    if kind not in KINDS:
        return dict(image)
    return dict(shape_of(KINDS[kind]).defaults) | dict(image)


def noun(kind: str) -> str:
    """What to call a kind of record: `stay`, `move-on plan`, `goal`."""
    return NOUNS.get(kind, kind.replace("_", " "))


def _done(told: Told) -> str:
    return "added" if told.added else "taken away" if not told.after else "changed"


def _generic(told: Told) -> str:
    """`Service changed: Locality from Elmvale to Westing`; `Provider added: Tidewater Support`."""
    kind = KINDS[told.kind]
    head = f"{noun(told.kind)[:1].upper()}{noun(told.kind)[1:]} {_done(told)}"
    if told.added or not told.after:
        what = headline(told)
        return f"{head}: {what}" if what else head
    change = Change(told.kind, told.record_id, None, dict(told.before), dict(told.after))
    parts = []
    for name, was, now in changed_fields(change):
        if name not in LEFT_OUT:
            label = text.first_lower(field_label(kind, name))
            before = say_value(told.names, kind, name, was, dict(told.before))
            after = say_value(told.names, kind, name, now, dict(told.after))
            parts.append(_from_to(label, shortened(before, EXCERPT), shortened(after, EXCERPT)))
    name_of = name_of_values(told.kind, dict(told.now)) if told.kind != "person" else ""
    head = f"{head} ({shortened(name_of, 40)})" if name_of and told.kind not in ("note", "placement") else head
    if len(parts) > MOST_FIELDS:
        parts = [*parts[: MOST_FIELDS - 1], f"and {text.count(len(parts) - MOST_FIELDS + 1, 'more field')}"]
    return f"{head}: {'; '.join(parts)}" if parts else head


def _from_to(label: str, before: str, after: str) -> str:
    if before and after:
        return f"{label} from {before} to {after}"
    return f"{label} {after}" if after else f"{label} no longer {before}"


def headline(told: Told) -> str:
    """What a record is, in few words: its name or words, else the first of its fields."""
    name = name_of_values(told.kind, dict(told.now))
    days = next((told.day(field) for field in told.now if field.endswith("_on")), "")
    if not name:
        fields = (
            field
            for field, value in told.now.items()
            if field not in LEFT_OUT and not field.endswith("_on") and not isinstance(value, bool)
        )
        name = next((words for field in fields if (words := told.says(field))), "")
    return ", ".join(filter(None, (shortened(name, EXCERPT), days)))


# The sentences of the pathway


def _person(told: Told) -> str:
    if told.added:
        worker = told.says("worker_id")
        return f"Added to the register, with {worker}" if worker else "Added to the register"
    if told.came("died_on"):
        return f"Died on {told.day('died_on')}"
    if told.came("left_on"):
        return f"Left the pathway on {told.day('left_on')}{told.because(told.code('leaving_reason', 'left_reason'))}"
    if told.changed("left_on") and not told.after.get("left_on"):
        return "Back on the pathway"
    if told.came("merged_into"):
        return f"Found to be the same as {told.says('merged_into')}, and merged"
    if _only(told, "worker_id", "team_id"):
        return _reassigned(told)
    return ""


def _reassigned(told: Told) -> str:
    name = "worker_id" if told.changed("worker_id") else "team_id"
    was, now = told.said(name), told.says(name) if told.after.get(name) else ""
    if not now:
        return f"No longer with {was}"
    return f"Passed from {was} to {now}" if was else f"Given to {now}"


def _only(told: Told, *names: str) -> bool:
    """Whether nothing but these fields changed."""
    changed = {name for name in {*told.before, *told.after} if told.changed(name)}
    return bool(changed) and changed <= set(names)


def place_words(told: Told) -> str:
    """`Harbour Court (supported living)`, or the stage alone."""
    stage, service = told.names.of("stage", told.now.get("stage_id")), told.says("service_id")
    return f"{service} ({text.first_lower(stage)})" if service else text.first_lower(stage)


def _placement(told: Told) -> str:
    place = place_words(told)
    if told.added:
        until = f", until {told.day('ended_on')}" if told.now.get("ended_on") else ""
        return f"Came to {place} on {told.day('started_on')}{until}"
    if told.came("ended_on") and not told.before.get("ended_on"):
        return f"Left {place} on {told.day('ended_on')}{told.because(told.code('end_reason', 'end_reason'))}"
    if told.changed("ended_on") and not told.after.get("ended_on"):
        return f"Stay in {place} goes on: no longer ended on {told.was_day('ended_on')}"
    if _only(told, "started_on"):
        return f"Start in {place} put right from {told.was_day('started_on')} to {told.day('started_on')}"
    if _only(told, "service_id"):
        return f"Place put right from {told.said('service_id') or 'none'} to {told.says('service_id') or 'none'}"
    return ""


def _plan(told: Told) -> str:
    aim = text.first_lower(told.says("aim_stage_id")) or told.says("aim")
    if told.added:
        return f"Move-on plan begun, aiming for {aim}" if aim else "Move-on plan begun"
    if told.came("ended_on"):
        why = told.because(told.code("plan_end_reason", "end_reason"))
        return f"Move-on plan ended on {told.day('ended_on')}{why}"
    if told.changed("ended_on") and not told.after.get("ended_on"):
        return "Move-on plan goes on"
    if _only(told, "aim_stage_id"):
        return f"Aim changed from {text.first_lower(told.said('aim_stage_id')) or 'none'} to {aim or 'none'}"
    return ""


def _target(told: Told) -> str:
    if not told.added:
        return ""
    by = f" by {told.now['set_by']}" if told.now.get("set_by") else ""
    why = told.because(str(told.now.get("reason", "")), told.code("slip_reason", "reason_code"))
    was, now = _target_before(told), str(told.now.get("target_on"))
    if not was:
        return f"Target set for {day_words(now)}{by}{why}"
    moved = "moved" if now >= was else "brought forward"
    return f"Target {moved} from {day_words(was)} to {day_words(now)}{by}{why}"


def _target_before(told: Told) -> str:
    """The date that this target replaced, as ISO text."""
    plan_id, position = told.now.get("plan_id"), told.now.get("position", 0)
    if not plan_id:
        return ""
    earlier = [each for each in told.names.store.find(Target, plan_id=plan_id) if each.position < position]
    last = max(earlier, key=lambda each: each.position, default=None)
    return last.target_on.isoformat() if last is not None and last.id != told.record_id else ""


def review_name(told: Told) -> str:
    """`Care Act review`, `Section 117 review`."""
    words = told.says("kind") or "review"
    return words if "review" in words.lower() else f"{words} review"


def _review(told: Told) -> str:
    name = review_name(told)
    if told.came("held_on"):
        outcome = told.because(told.code("review_outcome", "outcome"))
        return f"{name} held on {told.day('held_on')}{outcome}{_after_care_decision(told)}"
    if told.came("abandoned_on"):
        planned = told.was_day("booked_on") or told.was_day("due_on")
        if not planned and told.added:
            return f"{told.says('kind')} not needed{told.because(told.says('abandon_reason'))}"
        of = f" of {planned}" if planned else ""
        return f"{name}{of} not held, given up on {told.day('abandoned_on')}{told.because(told.says('abandon_reason'))}"
    if told.came("booked_on") or told.came("booked_time"):
        day = _appointment(told.now)
        if told.before.get("booked_on"):
            was = _appointment(told.before) if told.changed("booked_time") else told.was_day("booked_on", weekday=True)
            return f"{name} moved from {was} to {day}{told.because(told.says('rebook_reason'))}"
        return f"{name} booked for {day}"
    if told.changed("booked_on") and not told.after.get("booked_on"):
        return f"Booking of the {text.first_lower(name)} for {told.was_day('booked_on')} taken out"
    if told.came("due_on"):
        return f"{name} wanted by {told.day('due_on')}"
    return ""


def _appointment(review: Mapping[str, Any]) -> str:
    """`Fri 8 May 2026, 10:30`."""
    return ", ".join(filter(None, (day_words(review.get("booked_on"), weekday=True), review.get("booked_time", ""))))


def _after_care_decision(told: Told) -> str:
    decision = told.code("s117_decision", "s117_decision")
    by = _both_bodies(told.says("s117_health_name"), told.says("s117_council_name"))
    return f"; {decision}{f', by {by}' if by else ''}" if decision else ""


def _both_bodies(health: str, council: str) -> str:
    """`Dr Farzi for the ICB and Rhys Ffug for the council`: the duty is both bodies'."""
    return text.join_words([f"{name} for the {body}" for name, body in ((health, "ICB"), (council, "council")) if name])


def _status(told: Told) -> str:
    kind = told.says("kind") or "status"
    head = {"s117": "Section 117 after-care"}.get(str(told.now.get("kind")), kind[:1].upper() + kind[1:])
    if told.came("ended_on"):
        names = _both_bodies(told.says("ended_by_health"), told.says("ended_by_council"))
        why = told.because(told.says("end_reason"))
        return f"{head} ended on {told.day('ended_on')}{f' by {names}' if names else ''}{why}"
    if told.added:
        since = f", since {told.day('started_on')}" if told.now.get("started_on") else ""
        return f"{head}: {told.says('code')}{since}"
    if told.came("expires_on"):
        return f"{head} now runs until {told.day('expires_on')}"
    return ""


def _note(told: Told) -> str:
    kind = told.says("kind") or "Note"
    if told.added:
        return f"{kind} noted for {told.day('noted_on')}: “{shortened(str(told.now.get('text', '')), EXCERPT)}”"
    if told.came("finished_at"):
        words = f": “{shortened(str(told.now.get('text', '')), EXCERPT)}”"
        last = ", with its words changed" if told.changed("text") else ""
        return f"{kind} of {told.day('noted_on')} finished{last}{words}"
    if told.changed("text"):
        return f"Words of the note of {told.day('noted_on')} changed"
    return ""


SENTENCES: dict[str, Say] = {
    "person": _person,
    "placement": _placement,
    "plan": _plan,
    "target": _target,
    "review": _review,
    "status": _status,
    "note": _note,
    **FURTHER,
    **MONEY,
    **PLACES,
}
