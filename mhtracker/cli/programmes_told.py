"""`programme list` and `programme show`: how programmes stand, month by month, with their versions and people."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from mhtracker import text
from mhtracker.cli import plain
from mhtracker.cli.answers import iso
from mhtracker.cli.progressing import named_programme
from mhtracker.cli.session import answer, day_of, known_words, opened
from mhtracker.domain.counting.programmes import (
    aim_people,
    aim_percent,
    course_words,
    expected_percent,
    planned_people,
    running_on,
    stages_of,
    steps_of,
    versions_of,
)
from mhtracker.domain.errors import Refused
from mhtracker.domain.records import Programme, ProgrammePerson

if TYPE_CHECKING:
    from mhtracker.analysis.programme import ProgrammeProgress


def aim_told(programme: Programme, cohort: int) -> dict[str, Any]:
    """The aim of a programme, both as a percentage and in people, and the steps on the way."""
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
    labels = {stage_id: stage.label for stage_id, stage in facts.stages.items()}
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
        "rule": now.rule,
        "baseline": found.cohort,
        **aim_told(now, found.cohort),
        "moved_on": len(found.now.moved),
        "percent": found.percent,
        "planned": found.planned,
        "expected_percent": found.expected_percent,
        "entered_since": len(found.entered),
        "entered_moved_on": len(found.entered_moved),
        "ended_on": None if runs else iso(now.ended_on),
        "versions": [
            {
                **aim_told(each, found.cohort),
                "from": iso(versions[place - 1].ended_on if place else each.frozen_on),
                "until": None if runs and each is now else iso(each.ended_on),
                "reason": each.note if place else "",
            }
            for place, each in enumerate(versions)
        ],
    }


def _words(told: dict[str, Any], labels: dict[str, str]) -> str:
    stages = ", ".join(labels.get(each, each) for each in told["stages"])
    began = _day(told["baseline_on"]) + (f", only {told['rule']}" if told["rule"] else "")
    course = course_words(told["moved_on"], told["planned"])
    standing = (
        f"{told['moved_on']} of {told['baseline']} have moved on; {told['planned']} were planned by now: {course}"
    )
    whose = ", of everybody" if told["rule"] else ""
    lines = [
        told["name"] if told["running"] else f"{told['name']}, ended {_day(told['ended_on'])}",
        f"  {text.count(told['baseline'], 'person', 'people')} in {stages} on {began}. {standing}.",
        f"  Came since{whose}: {told['entered_since']}, moved on {told['entered_moved_on']}; not counted in the aim.",
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


def show(asked: argparse.Namespace) -> int:
    """`mhtracker programme show`."""
    from mhtracker.analysis.facts import read_spells
    from mhtracker.analysis.programme import programme_progress

    with opened(asked) as store:
        day, every = day_of(asked), store.find(Programme)
        chosen = named_programme(store, asked.name, day)
        if day < chosen.baseline_on:
            began = text.format_date(chosen.baseline_on)
            raise Refused(f"{chosen.name} has its baseline on {began}. Ask for that day or a later one.")
        facts, people = read_spells(store, day), store.find(ProgrammePerson, programme_id=chosen.id)
        found = programme_progress(facts, chosen, people)
        runs = chosen.id in {each.id for each in running_on(every, day)}
        refs = {person_id: each.person.ref for person_id, each in facts.people.items()}
    told = _listed(found, versions_of(chosen, every), runs)
    told["months"] = [_month(found, place) for place in range(len(found.months))]
    told["people"] = _people(found, people, refs)
    told["entered"] = [
        {"ref": refs[each], "moved_on": each in found.entered_moved}
        for each in sorted(found.entered, key=refs.__getitem__)
    ]
    labels = {stage_id: stage.label for stage_id, stage in facts.stages.items()}
    return answer(asked, told, lambda: f"{_words(told, labels)}\n\n{_months_words(told)}")


def _month(found: ProgrammeProgress, place: int) -> dict[str, Any]:
    each = found.months[place]
    percent = expected_percent(found.programme, found.cohort, each.day)
    return {
        "on": iso(each.day),
        "moved_on": len(each.moved),
        "planned": planned_people(found.programme, found.cohort, each.day),
        "expected_percent": percent,
        "waiting": len(each.waiting),
        "gone": len(each.gone),
    }


def _people(found: ProgrammeProgress, people: list[ProgrammePerson], refs: Mapping[str, str]) -> list[dict[str, Any]]:
    now = found.now
    parts = (("moved_on", now.moved), ("waiting", now.waiting), ("gone", now.gone))
    standing = {person_id: words for words, ids in parts for person_id in ids}
    told = [
        {"ref": refs[each.person_id], "stage": each.stage_id, "standing": standing[each.person_id]}
        for each in people
        if each.person_id in standing
    ]
    return sorted(told, key=lambda each: str(each["ref"]))


def _months_words(told: dict[str, Any]) -> str:
    rows = [
        (_day(each["on"]), *(str(each[key]) for key in ("moved_on", "planned")),
         course_words(each["moved_on"], each["planned"]), str(each["waiting"]), str(each["gone"]))
        for each in told["months"]
    ]  # fmt: skip
    return plain.table(("By", "Moved on", "Planned", "Standing", "Waiting", "Died or left"), rows, right=(1, 2, 4, 5))
