"""The sentences of places to live, who waits for one, contracts, and programmes."""

from __future__ import annotations

from mhtracker import text
from mhtracker.store.telling.told import Say, Told
from mhtracker.store.telling.values import code_words, shortened


def _where(told: Told) -> str:
    """`Flat 5 at Canal View`, `a place at Canal View`."""
    service = told.says("service_id")
    unit = str(told.names.values_of("unit", told.now.get("unit_id")).get("name", ""))
    place = unit or "a place"
    return f"{place} at {service}" if service else place


def _unit(told: Told) -> str:
    place = f"{told.says('name')} at {told.says('service_id')}"
    if told.came("closed_on"):
        return f"Place closed on {told.day('closed_on')}: {place}"
    if not told.added:
        return ""
    since = f", open from {told.day('opened_on')}" if told.now.get("opened_on") else ""
    return f"Place added: {place}{since}"


def _hold(told: Told) -> str:
    place, why = _where(told), told.code("hold_reason", "reason_code")
    if told.came("ended_on"):
        return f"No longer held since {told.day('ended_on')}: {place}"
    if told.added:
        until = f" until {told.day('until_on')}" if told.now.get("until_on") else ""
        return f"Held from {told.day('started_on')}{until}: {place}{f', {why}' if why else ''}"
    if told.came("until_on"):
        return f"Held until {told.day('until_on')}, before until {told.was_day('until_on') or 'let go'}: {place}"
    return ""


def _waiting(told: Told) -> str:
    wanted = told.says("service_id") or text.first_lower(told.says("stage_id"))
    to = f" for {wanted}" if wanted else ""
    if told.came("ended_on"):
        return (
            f"Off the waiting list{to} on {told.day('ended_on')}{told.because(told.code('waiting_end', 'end_reason'))}"
        )
    if told.added:
        priority = str(told.now.get("priority", "ordinary"))
        rank = "" if priority == "ordinary" else f", {text.first_lower(told.says('priority'))}"
        return f"On the waiting list{to} since {told.day('since_on')}{rank}"
    if told.changed("ended_on") and not told.after.get("ended_on"):
        return f"Back on the waiting list{to}"
    if told.came("priority"):
        was, now = text.first_lower(told.said("priority")), text.first_lower(told.says("priority"))
        return f"Priority on the waiting list changed from {was} to {now}{told.because(told.says('priority_reason'))}"
    return ""


def _offer(told: Told) -> str:
    place = _where(told)
    if told.came("answer"):
        answer = text.first_lower(code_words(told.names.store, "offer_answer", str(told.now["answer"])))
        why = told.because(told.code("refusal", "reason_code"), told.says("reason"))
        on = f" on {told.day('answered_on')}" if told.now.get("answered_on") else ""
        return f"Offer of {place} {answer}{on}{why}"
    return f"Offered {place} on {told.day('offered_on')}" if told.added else ""


def _contract(told: Told) -> str:
    name = f"{told.says('name')}{f', {provider}' if (provider := told.says('provider_id')) else ''}"
    if told.came("ended_on"):
        return f"Contract ended on {told.day('ended_on')}: {name}"
    if told.added:
        days = f" from {told.day('started_on')}" if told.now.get("started_on") else ""
        until = f" to {told.day('ends_on')}" if told.now.get("ends_on") else ""
        return f"Contract{days}{until}: {name}"
    if told.came("ends_on"):
        was = told.was_day("ends_on")
        longer = "extended" if str(told.before.get("ends_on") or "") <= str(told.now["ends_on"]) else "brought forward"
        return f"Contract {longer}{f' from {was}' if was else ''} to {told.day('ends_on')}: {name}"
    return ""


def _programme(told: Told) -> str:
    name = shortened(told.says("name"), 60)
    if told.came("ended_on"):
        return f"Programme ended on {told.day('ended_on')}: {name}"
    if not told.added:
        return ""
    people, percent = told.now.get("aim_people"), told.now.get("aim_percent")
    aim = text.count(int(people), "person", "people") if people else f"{percent:g}%" if percent else "people"
    stages = [told.names.of("stage", each) for each in str(told.now.get("stage_ids", "")).split()]
    from_where = f" of those in {text.join_words([text.first_lower(each) for each in stages])}" if stages else ""
    then = f" on {told.day('baseline_on')}" if from_where else ""
    if from_where and told.now.get("rule"):
        then += f", only {told.now['rule']},"
    done = "given another aim" if told.now.get("replaces") else "set up"
    return f"Programme {name} {done}: {aim}{from_where}{then} to move on by {told.day('aim_on')}"


def _programme_person(told: Told) -> str:
    programme = told.says("programme_id") or "a programme"
    return f"Among the people of {programme}" if told.added else ""


PLACES: dict[str, Say] = {
    "unit": _unit,
    "hold": _hold,
    "waiting": _waiting,
    "offer": _offer,
    "contract": _contract,
    "programme": _programme,
    "programme_person": _programme_person,
}
