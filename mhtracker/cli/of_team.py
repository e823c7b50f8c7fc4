"""`--team`: a command's figures of one team's people alone."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from mhtracker import text
from mhtracker.domain.errors import NotFound
from mhtracker.domain.names import fold
from mhtracker.domain.records import Team

if TYPE_CHECKING:
    from mhtracker.store import Store

OF_A_TEAM = frozenset(("progress", "forecast", "outcomes", "quality", "breakdown", "pack"))
"""The commands that take it."""

_MOST_NAMED = 12


def add_team(command: argparse.ArgumentParser) -> None:
    """The option."""
    words = "of one team's people alone; monthly, where it is a pack" if command.prog.endswith(" pack") else None
    command.add_argument("--team", metavar="NAME", help=words or "of one team's people alone: a name, or an id")


def team_of(asked: argparse.Namespace, store: Store) -> Team | None:
    """The team asked for; None for everybody."""
    return find_team(store, asked.team) if asked.team is not None else None


def heads_of(team: Team | None, as_known: date | None) -> list[str]:
    """What stands above an answer in words: the team, and the day by which it was known."""
    heads = (f"Team: {team.name}" if team else "", f"As known on {text.format_date(as_known)}" if as_known else "")
    return [head for head in heads if head]


def find_team(store: Store, typed: str) -> Team:
    """A team by id or name, however it is accented. Raises NotFound, also when several could be meant."""
    everyone = store.find(Team, order_by=("name",))
    exact = [team for team in everyone if typed in (team.id, team.name)]
    alike = exact or [team for team in everyone if fold(team.name) == fold(typed)]
    alike = alike or [team for team in everyone if fold(typed) and fold(typed) in fold(team.name)]
    if len(alike) == 1:
        return alike[0]
    if alike:
        names = ", ".join(f"{team.name} ({team.id})" for team in alike[:8])
        raise NotFound(f"“{typed}” could be {names}. Give the id.")
    raise NotFound(f"There is no team “{typed}”.{_offer([team.name for team in everyone], typed)}")


def _offer(names: list[str], typed: str) -> str:
    """The nearest names, else all of them where they are few."""
    from difflib import get_close_matches

    folded = {fold(name): name for name in names}
    near = [folded[each] for each in get_close_matches(fold(typed), list(folded), 3)]
    if near:
        return f" Is it {text.join_words(near, 'or')}?"
    return f" There is {text.join_words(names, 'or')}." if 0 < len(names) <= _MOST_NAMED else ""
