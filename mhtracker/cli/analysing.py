"""`forecast`, `outcomes` and `quality`: what may become of a programme, what became of people, and what is missing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from mhtracker import text
from mhtracker.cli.answers import iso
from mhtracker.cli.of_team import heads_of, team_of
from mhtracker.cli.plain import pairs, table
from mhtracker.cli.progressing import named_programme
from mhtracker.cli.session import answer, day_of, known_words, opened
from mhtracker.domain.counting.spells import Exit
from mhtracker.domain.errors import Invalid, NotFound, Refused
from mhtracker.domain.names import fold

if TYPE_CHECKING:
    from mhtracker.analysis.forecast import Forecast
    from mhtracker.analysis.outcomes import Outcomes
    from mhtracker.analysis.quality import Doubt
    from mhtracker.analysis.scenarios import Cleared


def forecast(asked: argparse.Namespace) -> int:
    """`mhtracker forecast`: where a programme leads, as it goes and if something changed."""
    from mhtracker.analysis.facts import read_spells
    from mhtracker.analysis.programme import cohort_progress, programme_in_force, read_cohort, share_of
    from mhtracker.analysis.scenarios import (
        compared_words,
        if_cleared,
        if_rate_were,
        rate_needed,
        rate_seen,
        why_no_forecast,
        why_no_rate,
    )

    if asked.rate is not None and not 0 < asked.rate <= 100:
        words = f"A rate of {asked.rate:g} moves for every 100 people waiting, over a year, is not worked out."
        raise Invalid({"rate": f"{words} Give more than 0, up to 100."})
    with opened(asked) as store:
        team = team_of(asked, store)
        facts = read_spells(store, day_of(asked), team.id if team else None)
        chosen = (
            named_programme(store, asked.programme, facts.as_at)
            if asked.programme
            else programme_in_force(store, facts.as_at)
        )
        if chosen is None:
            raise NotFound("No programme is running on that day. `mhtracker programme` sets one up.")
        cohort = read_cohort(store, chosen)
        found = cohort_progress(facts, share_of(chosen, len(cohort)) if team else chosen, cohort)
        seen = rate_seen(facts, found)
        labels = {code.code: code.label for code in store.codes("delay_reason")}
        cleared = if_cleared(facts, found, list(labels))
        rate = if_rate_were(facts, found, asked.rate) if asked.rate is not None else None
        needed = rate_needed(facts, found)
        why = why_no_forecast(found, seen, facts.as_at)
    told = {
        "team": team.name if team else None,
        "programme": chosen.name,
        "aim_on": iso(chosen.aim_on),
        "aim_people": found.aim,
        "baseline": found.cohort,
        "moved_on": len(found.now.moved),
        "rate_a_year": round(seen.a_year, 1) if seen.enough else None,
        "rate_needed": needed,
        "why_not": why_no_rate(found, seen, needed, facts.as_at),
        "as_it_goes": _forecast(found.forecast),
        "if_rate": {"rate_a_year": asked.rate, "forecast": _forecast(rate)} if asked.rate is not None else None,
        "if_cleared": [_cleared(each, labels) for each in cleared],
        "rates_of": found.forecast.rates_of if found.forecast is not None else None,
        "how": found.forecast.words() if found.forecast is not None else why,
    }
    head = f"{chosen.name}, by {text.format_date(chosen.aim_on)}{known_words(asked.as_known)}"
    compared = compared_words(found.forecast, "above") if found.forecast is not None else ""
    return answer(asked, told, lambda: _forecast_words(told, head, why, compared))


def _forecast(found: Forecast | None) -> dict[str, Any] | None:
    if found is None:
        return None
    last = found.last
    return {"moved_on": round(last.middle), "low": round(last.low), "high": round(last.high)}


def _cleared(each: Cleared, labels: dict[str, str]) -> dict[str, Any]:
    return {
        "code": each.code,
        "label": labels.get(each.code, "Any of these"),
        "people": len(each.held),
        "as_is": _forecast(each.as_is),
        "cleared": _forecast(each.cleared),
        "why_not": each.why_not,
    }


def _range(told: dict[str, Any] | None) -> str:
    return f"{told['moved_on']} (likely {told['low']} to {told['high']})" if told else "not foretold"


def _forecast_words(told: dict[str, Any], head: str, why: str, compared: str) -> str:
    """`why` nothing can be foretold, or ""; `compared` says why a barrier's “as it is” is another forecast."""
    from mhtracker.analysis.scenarios import RATE, share_in_a_year

    rate, needed = told["rate_a_year"], told["rate_needed"]
    facts = [
        ("Moved on", f"{told['moved_on']} of {told['baseline']}; the aim is {told['aim_people']}"),
        ("As it goes", _range(told["as_it_goes"])),
        ("Rate of moving on", f"{rate} {RATE}" if rate is not None else "too few moves to say"),
    ]
    if not why:
        facts.append(("To meet the aim", f"{needed} {RATE}" if needed is not None else told["why_not"]))
    if told["if_rate"] and not why:
        asked = told["if_rate"]["rate_a_year"]
        moved = f"{100 * share_in_a_year(asked):.0f} of 100 people waiting on a day have moved on a year later"
        facts.append((f"If it were {asked:g}", f"{_range(told['if_rate']['forecast'])}; {moved}"))
    rows = [
        (each["label"], str(each["people"]), _range(each["as_is"]), _range(each["cleared"]))
        for each in told["if_cleared"]
        if each["cleared"]
    ]
    team = f"\nTeam: {told['team']}, with its share of the aim" if told["team"] else ""
    parts = [f"{head}{team}", pairs(facts)]
    if rows:
        parts.append(table(("If this were cleared", "Holds up", "As it is", "Cleared"), rows, right=(1,)))
        parts.append(compared)
    refused = [
        f"{each['label']} ({each['people']}): {each['why_not']}"
        for each in told["if_cleared"]
        if each["why_not"] and not why
    ]
    return "\n\n".join([*parts, *(["\n".join(refused)] if refused else []), told["how"]])


def outcomes(asked: argparse.Namespace) -> int:
    """`mhtracker outcomes`: the share who left a stage in each way, by how long after they came."""
    from mhtracker.analysis.facts import read_spells
    from mhtracker.analysis.outcomes import MARKS, WORDS, stage_outcomes

    if asked.first is not None and asked.first > day_of(asked):
        raise Refused(
            f"--from {text.format_date(asked.first)} lies after {text.format_date(day_of(asked))}, the day the "
            "register is looked at: nobody has been watched since. Give an earlier day."
        )
    with opened(asked) as store:
        stages = {stage.id: stage for stage in store.stages()}
        wanted = fold(asked.stage)
        stage = next((s for s in stages.values() if wanted in (fold(s.id), fold(s.label))), None)
        if stage is None:
            known = ", ".join(s.label for s in stages.values())
            there = f"There are {known}." if known else "The register has none on that day."
            raise NotFound(f"There is no stage “{asked.stage}”. {there}")
        team = team_of(asked, store)
        facts = read_spells(store, day_of(asked), team.id if team else None)
        found = stage_outcomes(facts, stage.id, asked.first)
    ways = {way: words for way, words in WORDS.items() if way in found.by_way}
    told = {
        "team": team.name if team else None,
        "stage": stage.id,
        "from": iso(found.from_on),
        "people": found.people,
        "outcomes": [
            {
                "outcome": way.value,
                "people": found.by_way[way].exits,
                "enough": found.by_way[way].enough,
                "by": [_share_by(found, way.value, day) for day in MARKS] if found.by_way[way].enough else [],
            }
            for way in ways
        ],
    }

    def words() -> str:
        whose = f"{stage.label}, {team.name}" if team else stage.label
        since = f"{text.format_date(found.from_on)}{known_words(asked.as_known)}"
        head = f"{whose}: {text.count(found.people, 'person', 'people')} watched since {since}."
        rows = [
            (
                f"{day} days",
                str(found.at_risk(day)),
                *(_share_words(found, way.value, day) for way in ways),
            )
            for day in MARKS
        ]
        return f"{head}\n\n{table(('After', 'Still watched', *(w.capitalize() for w in ways.values())), rows)}"

    return answer(asked, told, words)


def _share_by(found: Outcomes, way: str, day: int) -> dict[str, Any]:
    share, low, high = found.at(Exit(way), day)
    return {
        "days": day,
        "percent": round(100 * share, 1),
        "low": round(100 * low, 1),
        "high": round(100 * high, 1),
        "at_risk": found.at_risk(day),
    }


def _share_words(found: Outcomes, way: str, day: int) -> str:
    each = found.by_way[way]
    if not each.enough:
        return f"too few ({each.exits})"
    share, low, high = found.at(Exit(way), day)
    return f"{100 * share:.1f}% ({100 * low:.1f} to {100 * high:.1f})"


def quality(asked: argparse.Namespace) -> int:
    """`mhtracker quality`: what is missing or doubtful, by the report it harms."""
    from mhtracker.analysis.facts import read_everybody
    from mhtracker.analysis.quality import HARMS, find_doubts

    with opened(asked) as store:
        team = team_of(asked, store)
        facts = read_everybody(store, day_of(asked), team.id if team else None)
        doubts, everybody = find_doubts(facts), facts.everybody
        refs = dict(zip(everybody.ids.tolist(), everybody.refs.tolist(), strict=True))
    harms = dict(HARMS)
    told = {
        "team": team.name if team else None,
        "people": int(everybody.on_pathway.sum()),
        "doubts": [_doubt(each, refs) for each in doubts],
    }

    def words() -> str:
        heads = heads_of(team, asked.as_known)
        if not doubts:
            return "\n\n".join((*heads, "Nothing is missing or doubtful."))
        rows = [(harms[each.harms], each.words, f"{len(each.people)} of {each.of}", each.mend) for each in doubts]
        return "\n\n".join((*heads, table(("Harms", "What", "People", "Put it right"), rows)))

    return answer(asked, told, words)


def _doubt(each: Doubt, refs: dict[str, str]) -> dict[str, Any]:
    return {
        "key": each.key,
        "what": each.words,
        "harms": each.harms,
        "mend": each.mend,
        "people": len(each.people),
        "of": each.of,
        "refs": sorted(refs[person_id] for person_id in each.people),
    }
