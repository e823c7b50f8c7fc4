"""`progress`: the manager's figures between two days."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from mhtracker import text
from mhtracker.cli import plain
from mhtracker.cli.answers import iso, pounds
from mhtracker.cli.of_team import team_of
from mhtracker.cli.session import answer, day_of, known_words, opened
from mhtracker.domain.counting.programmes import course_words, running_on
from mhtracker.domain.counting.stay_lengths import ENOUGH_ENDED, enough_ended
from mhtracker.domain.errors import NotFound, Refused
from mhtracker.domain.money.costs import ON_WARDS
from mhtracker.domain.names import fold
from mhtracker.domain.records import Programme

if TYPE_CHECKING:
    from mhtracker.analysis.programme import ProgrammeProgress
    from mhtracker.analysis.progress import Progress
    from mhtracker.analysis.share import Share
    from mhtracker.store import Store


def progress(asked: argparse.Namespace) -> int:
    """`mhtracker progress`."""
    from mhtracker.analysis.columns.register import keep_columns
    from mhtracker.analysis.progress import build_progress, year_to

    to_on = asked.last or day_of(asked)
    from_on = asked.first or year_to(to_on)
    if from_on > to_on:
        raise Refused(
            f"The period begins on {text.format_date(from_on)}, after it ends on {text.format_date(to_on)}. "
            "Give --from a day before --to."
        )
    if to_on > day_of(asked):
        raise Refused(
            f"--to {text.format_date(to_on)} lies after {text.format_date(day_of(asked))}, the day the register is "
            "looked at: what has not been yet cannot be counted. `mhtracker forecast` says what may come."
        )
    asked.as_at = to_on
    with opened(asked) as store:
        programme = named_programme(store, asked.programme, to_on) if asked.programme else None
        team = team_of(asked, store)
        chosen = (programme.id if programme else None, team.id if team else None)
        found = build_progress(store, from_on, to_on, *chosen)
        facts = {"team": team.name if team else None, **_facts(store, found)}
        demo, labels = store.is_demo, {stage.id: stage.label for stage in store.stages()}
        known = known_words(asked.as_known)
        code = answer(asked, facts, lambda: "\n\n".join(_parts(facts, found, labels, known, demo=demo)))
        keep_columns(store)
    return code


def _facts(store: Store, found: Progress) -> dict[str, Any]:
    from mhtracker.analysis.figures_told import FIGURES
    from mhtracker.domain.counting.spells import Exit

    planned, told = found.flow.planned_share
    labels = {code.code: code.label for code in store.codes("delay_reason")}
    onward, back = found.flow.count(Exit.ONWARD), found.flow.count(Exit.BACK)
    reviews = found.reviews
    return {
        "from": iso(found.from_on),
        "to": iso(found.to_on),
        "programme": _programme(found.programme) if found.programme else None,
        "stages": [
            {
                "stage": each.stage_id,
                "opening": len(each.opening),
                "in": len(each.came),
                "out": len(each.went),
                "closing": len(each.closing),
            }
            for each in found.flow.stages
        ],
        "moves": {
            "onward": onward,
            "back": back,
            "planned": planned,
            "unplanned": told - planned,
            "planned_percent": found.measures["planned_moves"].percent,
        },
        "length_of_stay": [
            {
                "stage": stage_id,
                "people": each.people,
                "completed": each.completed,
                "median_days": each.quartiles[1],
                "upper_quartile_days": each.quartiles[2],
            }
            for stage_id, each in found.lengths.items()
        ],
        "stuck": [
            {
                "ref": each.ref,
                "stage": each.stage_id,
                "days": each.days,
                "over_days": each.over_days,
                "barrier": each.barrier,
            }
            for each in found.stuck
        ],
        "delays": [
            {
                "code": each.code,
                "label": labels.get(each.code, each.code),
                "people": len(each.people),
                "days": each.days,
            }
            for each in found.delays
        ],
        "delayed_people": len(found.delayed_people),
        "delayed_days": found.delayed_days,
        "reviews": {
            "in_date": len(reviews.in_date),
            "due_soon": len(reviews.due_soon),
            "overdue": len(reviews.overdue),
            "never": len(reviews.never),
            "in_date_percent": reviews.in_date_share.percent,
        },
        "measures": {name: _share(each) for name, each in found.measures.items()},
        "definitions": [{"figure": path, **told._asdict()} for path, told in FIGURES.items()],
        "returns": {"within_a_year": found.returns[0], "watched": found.returns[1]},
        "money": {
            "weekly_gross": pounds(found.money.gross),
            "weekly_net": pounds(found.money.net),
            "by_stage": [
                {
                    "stage": each.key,
                    "people": len(each.people),
                    "weekly_net": pounds(each.net),
                    "weekly_gross": pounds(each.gross),
                    "weekly_person": pounds(each.person),
                    "weekly_health": pounds(each.health),
                }
                for each in found.money.stages
            ],
            "weekly_person": pounds(found.money.person),
            "weekly_health": pounds(found.money.health),
            "cost_not_recorded": len(found.money.unknown),
            "on_nhs_wards": len(found.money.on_wards),
            "saving_in_period": pounds(found.money.saving),
            "moves_saved": len(found.money.saved),
            "moves_not_counted": len(found.money.not_counted),
            "saving_of_moves_back": pounds(found.money.saving_back),
            "moves_back_counted": len(found.money.savings.back),
            "moves_back_not_counted": len(found.money.savings.back_unknown),
            "transition_of_moves": pounds(found.money.transition),
            "in_period": {
                "gross": pounds(found.money.period.gross),
                "person": pounds(found.money.period.person),
                "health": pounds(found.money.period.health),
                "net": pounds(found.money.period.net),
                "transition": pounds(found.money.period.transition),
                "days_not_recorded": found.money.period.unknown_days,
            },
        },
    }


def named_programme(store: Store, name: str, day: date) -> Programme:
    """The programme of a name: of those that share it the version in force on a day, or the last there was."""
    wanted = fold(name)
    every = store.find(Programme)
    found = [each for each in every if fold(each.name) == wanted]
    if not found:
        known = ", ".join(sorted({each.name for each in every})) or "none"
        raise NotFound(f"There is no programme called “{name}” in this register. Programmes: {known}.")
    running = {each.id for each in running_on(found, day)}
    return max(found, key=lambda each: (each.id in running, each.frozen_on or date.min, each.id))


def _programme(found: ProgrammeProgress) -> dict[str, Any]:
    forecast, cohort, old = found.forecast, found.cohort, found.old_pace
    return {
        "name": found.programme.name,
        "baseline_on": iso(found.programme.baseline_on),
        "baseline": cohort,
        "aim_percent": found.aim_percent,
        "aim_people": found.aim,
        "aim_on": iso(found.programme.aim_on),
        "moved_on": len(found.now.moved),
        "percent": found.percent,
        "planned": found.planned,
        "expected_percent": found.expected_percent,
        "waiting": len(found.now.waiting),
        "gone": len(found.now.gone),
        "entered_since": len(found.entered),
        "entered_moved_on": len(found.entered_moved),
        "months": [{"on": iso(each.day), "moved_on": len(each.moved)} for each in found.months],
        "old_pace": {
            "from": iso(old.from_on),
            "people": old.people,
            "moved_on": old.moved,
            "by_aim": round(old.by(found.programme.aim_on, cohort)),
        }
        if old
        else None,
        "forecast": {
            "percent": round(100 * forecast.last.middle / cohort, 1),
            "low": round(100 * forecast.last.low / cohort, 1),
            "high": round(100 * forecast.last.high / cohort, 1),
            "people": forecast.people,
            "events": forecast.exits,
            "rates_of": forecast.rates_of,
            "how": forecast.words(),
        }
        if forecast
        else None,
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "numerator": share.numerator,
        "denominator": share.denominator,
        "percent": share.percent,
        "name": share.name,
        "definition": share.definition,
        "source": share.source,
    }


def _programme_words(found: ProgrammeProgress) -> str:
    moved, until = len(found.now.moved), text.format_date(found.programme.aim_on)
    words = [
        f"{found.programme.name}: {moved} of {found.cohort} have moved on; {found.planned} were planned by now "
        f"({course_words(moved, found.planned)}), {found.aim} by {until}."
    ]
    if found.forecast is not None:
        last = found.forecast.last
        words.append(f"Likely {last.low:.0f} to {last.high:.0f} by {until}.\n{found.forecast.words()}")
    elif found.now.day < found.programme.aim_on:
        words.append("Too few have moved on yet for a forecast.")
    return "\n".join(words)


def _half_by(stays: Mapping[str, Any]) -> str:
    if not enough_ended(stays["completed"]):
        return f"under {ENOUGH_ENDED} have ended"
    return text.format_duration(stays["median_days"]) if stays["median_days"] is not None else ""


def _rate(share: Share) -> str:
    return "Too few for a rate" if share.too_few else f"{share.percent}%"


def _parts(
    facts: dict[str, Any], found: Progress, labels: Mapping[str, str], known: str, *, demo: bool
) -> Iterator[str]:
    mark = "\nDemo register: invented people." if demo else ""
    team = f"\nTeam: {facts['team']}" if facts["team"] else ""
    yield f"Progress, {text.format_date(found.from_on)} to {text.format_date(found.to_on)}{known}{team}{mark}"
    if found.programme is not None:
        yield ("The programme is told of all its people, whatever their team. " if team else "") + _programme_words(
            found.programme
        )
    used = [each for each in facts["stages"] if any((each["opening"], each["in"], each["out"]))]
    rows = [
        [labels.get(each["stage"], each["stage"]), *(str(each[key]) for key in ("opening", "in", "out", "closing"))]
        for each in used
    ]
    yield plain.table(("Stage", "Opening", "In", "Out", "Closing"), rows, right=(1, 2, 3, 4))
    moves = facts["moves"]
    yield (
        f"Moves: {moves['onward']} onward, {moves['back']} back; {moves['planned']} planned, "
        f"{moves['unplanned']} unplanned."
    )
    stays = [
        (
            labels.get(each["stage"], each["stage"]),
            str(each["people"]),
            _half_by(each),
            text.format_duration(each["upper_quartile_days"]) if each["upper_quartile_days"] is not None else "",
        )
        for each in facts["length_of_stay"]
        if each["people"]
    ]
    yield plain.table(("Length of stay", "Stays", "Half by", "Three in four by"), stays, right=(1,))
    reviews = facts["reviews"]
    yield (
        f"Main reviews: {reviews['in_date']} not due yet and {reviews['due_soon']} due soon, which is in date; "
        f"{reviews['overdue']} overdue, of whom {reviews['never']} never reviewed."
    )
    if facts["delays"]:
        delays = [(each["label"], str(each["people"]), text.format_days(each["days"])) for each in facts["delays"]]
        yield plain.table(("Held up by", "People", "Days"), delays, right=(1, 2))
    unexplained = sum(1 for each in found.stuck if not each.barrier)
    yield f"Stuck: {text.count(len(found.stuck), 'person', 'people')}, {unexplained} with no barrier recorded."
    yield plain.table(
        ("Measure", "Counted", "Of", "Percent"),
        [(each.name, str(each.numerator), str(each.denominator), _rate(each)) for each in found.measures.values()],
        right=(1, 2),
    )
    money = found.money
    yield plain.pairs(
        [
            ("Gross a week", text.format_pence(money.gross)),
            ("Net a week", text.format_pence(money.net)),
            ("Person pays a week", text.format_pence(money.person)),
            ("NHS pays a week", text.format_pence(money.health)),
            ("Net cost of the period", text.format_pence(money.period.net)),
            ("Saved by moves onward in the period", text.format_pence(money.saving)),
            ("By moves back, apart from it", text.format_pence(money.saving_back) if money.savings.back else ""),
            ("Paid once around them", text.format_pence(money.transition) if money.transition else ""),
            ("Cost not recorded", text.count(len(money.unknown), "person", "people") if money.unknown else ""),
            (
                "On NHS wards",
                f"{text.count(len(money.on_wards), 'person', 'people')}, {ON_WARDS}" if money.on_wards else "",
            ),
        ]
    )
