"""`programme`: programmes set up, given another aim, and ended."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any

from mhtracker import text
from mhtracker.cli.answers import iso
from mhtracker.cli.programmes_told import aim_told
from mhtracker.cli.progressing import named_programme
from mhtracker.cli.session import CLOCK, answer, opened
from mhtracker.domain.dates import parse_date
from mhtracker.domain.errors import Invalid, Refused
from mhtracker.domain.names import fold
from mhtracker.domain.records import Programme, ProgrammePerson

if TYPE_CHECKING:
    from mhtracker.store import Store


def start(asked: argparse.Namespace) -> int:
    """`mhtracker programme start`, and `mhtracker programme FILE NAME`."""
    from mhtracker.cli.filtered import check_filters
    from mhtracker.operations.programme_rules import write_rule
    from mhtracker.operations.programmes import start_programme
    from mhtracker.store.queries.caseload import parse_filter

    percent, people = _aim(asked.aim)
    plan = _plan(asked.step)
    filters = [parse_filter(each) for each in asked.filter]
    with opened(asked) as store:
        stages = _stages(store, asked.stages)
        made = start_programme(
            store,
            name=asked.name,
            baseline_on=asked.baseline,
            stage_ids=stages,
            aim_on=asked.by,
            aim_percent=percent,
            aim_people=people,
            plan=plan,
            rule=write_rule(check_filters(store, filters)),
        )
        facts = _told(store, made)
    people_words = text.count(facts["baseline"], "person", "people")
    return answer(asked, facts, lambda: f"{made.name} is set up, with {people_words} in its baseline.")


def start_of_preset(asked: argparse.Namespace) -> int:
    """`mhtracker programme from-preset`: the programme of the paper that the register began as."""
    from mhtracker.operations.presets.kept import offered_programme, read_plan
    from mhtracker.operations.programmes import start_programme

    with opened(asked) as store:
        plan = offered_programme(store, asked.baseline or store.today)
        if plan is None:
            known = read_plan(store)
            words = (
                f"{known.name} has been started here already, or its stages are gone."
                if known is not None
                else "This register began as no preset whose paper sets a programme."
            )
            raise Refused(f"{words} Set one up with `mhtracker programme start`.")
        made = start_programme(
            store,
            name=plan.name,
            baseline_on=plan.baseline_on,
            stage_ids=plan.stage_ids,
            aim_on=asked.by or plan.aim_on,
            aim_percent=plan.aim_percent,
            aim_people=plan.aim_people,
            plan=plan.plan,
        )
        facts = _told(store, made)
    people = text.count(facts["baseline"], "person", "people")
    words = (
        f"{made.name} is set up: {facts['aim_people']} of the {people} in its baseline by "
        f"{text.format_date(made.aim_on)}."
    )
    return answer(asked, facts, lambda: words)


def change(asked: argparse.Namespace) -> int:
    """`mhtracker programme change-aim`. What is not given stays as it was."""
    from mhtracker.operations.programmes import change_aim

    if asked.straight and asked.step:
        raise Refused("--straight takes the steps away and --step gives new ones. Leave one of them out.")
    if not (asked.aim or asked.by or asked.step or asked.straight):
        raise Refused("Nothing changes: give --aim, --by, --step or --straight.")
    with opened(asked) as store:
        former = named_programme(store, asked.name, store.today)
        percent, people = _aim(asked.aim) if asked.aim else (former.aim_percent, former.aim_people)
        made = change_aim(
            store,
            former.id,
            aim_on=asked.by or former.aim_on,
            aim_percent=percent,
            aim_people=people,
            plan=_plan(asked.step) if asked.step or asked.straight else former.plan,
            reason=asked.reason,
        )
        facts = _told(store, made)
    until = text.format_date(made.aim_on)
    words = (
        f"The aim of {made.name} is now {facts['aim_people']} of {facts['baseline']} by {until}. The former is kept."
    )
    return answer(asked, facts, lambda: words)


def end(asked: argparse.Namespace) -> int:
    """`mhtracker programme end`."""
    from mhtracker.operations.programmes import end_programme

    with opened(asked) as store:
        ended = end_programme(store, named_programme(store, asked.name, store.today).id, ended_on=asked.on)
        facts = {**_told(store, ended), "ended_on": iso(ended.ended_on)}
    words = f"{ended.name} ended on {text.format_date(ended.ended_on)}. It stays to be looked at."
    return answer(asked, facts, lambda: words)


def _told(store: Store, programme: Programme) -> dict[str, Any]:
    cohort = len(store.find(ProgrammePerson, programme_id=programme.id))
    operation = store.next_undo()
    return {
        "name": programme.name,
        "baseline": cohort,
        "rule": programme.rule,
        **aim_told(programme, cohort),
        "operation": operation.id if operation else None,
    }


def _aim(typed: str) -> tuple[float | None, int | None]:
    written = re.fullmatch(r"([0-9]{1,6})(\.[0-9]+)?\s*(%?)", typed.strip())
    if written is None or (written[2] and not written[3]):
        raise Refused(f"“{typed}” is no aim. Write a percentage such as 50%, or a number of people.")
    number = float(written[1] + (written[2] or ""))
    return (number, None) if written[3] else (None, int(number))


def _plan(typed: list[str]) -> str:
    """Steps as a programme keeps them. The day may be typed as any other day. Raises Invalid."""
    steps = []
    for word in typed:
        day, colon, percent = word.rpartition(":")
        number = percent.strip().removesuffix("%").strip()
        if not colon or re.fullmatch(r"[0-9]{1,3}(\.[0-9]+)?", number) is None:
            raise Invalid({"plan": f"“{word}” is no step. Write a day and a percentage, such as 2027-03-31:25."})
        steps.append(f"{parse_date(day, CLOCK.today()).value.isoformat()}:{number}")
    return " ".join(steps)


def _stages(store: Store, typed: str) -> list[str]:
    known = {fold(word): stage.id for stage in store.stages() for word in (stage.id, stage.label)}
    wanted = [word for word in typed.split(",") if word.strip()]
    unknown = [word for word in wanted if fold(word) not in known]
    if unknown:
        offered = ", ".join(stage.id for stage in store.stages() if not stage.retired)
        raise Refused(f"There is no stage called “{unknown[0].strip()}”. Stages: {offered}.")
    return list(dict.fromkeys(known[fold(word)] for word in wanted))
