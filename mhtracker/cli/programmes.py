"""`programme`: programmes set up, given another aim, ended, and listed with their versions."""

from __future__ import annotations

import argparse
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from mhtracker import text
from mhtracker.cli.answers import iso
from mhtracker.cli.progressing import named_programme
from mhtracker.cli.session import CLOCK, answer, day_of, known_words, opened
from mhtracker.domain.counting.programmes import aim_people, aim_percent, running_on, stages_of, steps_of, versions_of
from mhtracker.domain.dates import parse_date
from mhtracker.domain.errors import Invalid, Refused
from mhtracker.domain.names import fold
from mhtracker.domain.records import Programme, ProgrammePerson

if TYPE_CHECKING:
    from mhtracker.analysis.programme import ProgrammeProgress
    from mhtracker.store import Store


def start(asked: argparse.Namespace) -> int:
    """`mhtracker programme start`, and `mhtracker programme FILE NAME`."""
    from mhtracker.operations.programmes import start_programme

    percent, people = _aim(asked.aim)
    plan = _plan(asked.step)
    with opened(asked) as store:
        made = start_programme(
            store,
            name=asked.name,
            baseline_on=asked.baseline,
            stage_ids=_stages(store, asked.stages),
            aim_on=asked.by,
            aim_percent=percent,
            aim_people=people,
            plan=plan,
        )
        facts = _told(store, made)
    people_words = text.count(facts["baseline"], "person", "people")
    return answer(asked, facts, lambda: f"{made.name} is set up, with {people_words} in its baseline.")


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
        **_aim_told(programme, cohort),
        "operation": operation.id if operation else None,
    }


def _aim_told(programme: Programme, cohort: int) -> dict[str, Any]:
    return {
        "aim_percent": aim_percent(programme, cohort),
        "aim_people": aim_people(programme, cohort),
        "aim_on": iso(programme.aim_on),
        "steps": [{"by": iso(step.by), "percent": step.percent} for step in steps_of(programme)],
    }


def list_programmes(asked: argparse.Namespace) -> int:
    """`mhtracker programme list`: those whose baseline had come by the day."""
    from mhtracker.analysis.facts import read_spells
    from mhtracker.analysis.programme import programme_progress

    with opened(asked) as store:
        day, every = day_of(asked), store.find(Programme)
        facts = read_spells(store, day)
        running = {each.id for each in running_on(every, day)}
        shown = sorted(_shown_on(every, day), key=lambda each: (each.id not in running, each.name, each.id))
        found = [
            (
                programme_progress(facts, each, store.find(ProgrammePerson, programme_id=each.id)),
                versions_of(each, every),
            )
            for each in shown
        ]
    told = {
        "programmes": [_listed(progress, versions, progress.programme.id in running) for progress, versions in found]
    }
    labels = {key: stage.label for key, stage in facts.stages.items()}
    head = f"Programmes as at {text.format_date(day)}{known_words(asked.as_known)}"
    none = "No programme is set up. `mhtracker programme FILE NAME` sets one up."
    return answer(
        asked,
        told,
        lambda: "\n\n".join([head, *(_words(each, labels) for each in told["programmes"])] if found else [none]),
    )


def _shown_on(every: list[Programme], day: date) -> list[Programme]:
    """Of each programme the version in force on a day, or the last that was."""
    last: dict[str, Programme] = {}
    for each in every:
        versions = versions_of(each, every)
        begun = versions[-2].ended_on if len(versions) > 1 else each.baseline_on
        before = last.get(versions[0].id)
        if begun is not None and begun <= day and (before is None or len(versions) > len(versions_of(before, every))):
            last[versions[0].id] = each
    return list(last.values())


def _listed(found: ProgrammeProgress, versions: tuple[Programme, ...], runs: bool) -> dict[str, Any]:
    now = found.programme
    return {
        "name": now.name,
        "running": runs,
        "baseline_on": iso(now.baseline_on),
        "stages": list(stages_of(now)),
        "baseline": found.cohort,
        **_aim_told(now, found.cohort),
        "moved_on": len(found.now.moved),
        "percent": found.percent,
        "expected_percent": found.expected_percent,
        "entered_since": len(found.entered),
        "entered_moved_on": len(found.entered_moved),
        "ended_on": None if runs else iso(now.ended_on),
        "versions": [
            {
                **_aim_told(each, found.cohort),
                "from": iso(versions[place - 1].ended_on if place else each.frozen_on),
                "until": None if runs and each is now else iso(each.ended_on),
                "reason": each.note if place else "",
            }
            for place, each in enumerate(versions)
        ],
    }


def _words(told: dict[str, Any], labels: dict[str, str]) -> str:
    stages = ", ".join(labels.get(each, each) for each in told["stages"])
    began = _day(told["baseline_on"])
    planned = round(told["expected_percent"] * told["baseline"] / 100)
    standing = f"{told['moved_on']} of {told['baseline']} have moved on; {planned} were planned by now"
    lines = [
        told["name"] if told["running"] else f"{told['name']}, ended {_day(told['ended_on'])}",
        f"  {text.count(told['baseline'], 'person', 'people')} in {stages} on {began}. {standing}.",
        f"  Came since: {told['entered_since']}, moved on {told['entered_moved_on']}; the aim does not count them.",
        f"  Aim: {_aim_words(told)}",
    ]
    for place, former in reversed(list(enumerate(told["versions"][:-1]))):
        why = told["versions"][place + 1]["reason"]
        lines.append(f"  Until {_day(former['until'])}: {_aim_words(former)} It changed because: {why}")
    return "\n".join(lines)


def _aim_words(told: dict[str, Any]) -> str:
    steps = ", ".join(f"{step['percent']:g}% by {_day(step['by'])}" for step in told["steps"])
    plan = f"by steps: {steps}" if steps else "in a straight line"
    return f"{told['aim_people']} people ({told['aim_percent']:g}%) by {_day(told['aim_on'])}, {plan}."


def _day(written: str | None) -> str:
    return text.format_date(date.fromisoformat(written)) if written else "a day not recorded"


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
