"""`--team`: a command's figures of one team's people alone."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from mhtracker import text
from mhtracker.cli.named import find_named
from mhtracker.domain.records import Team

if TYPE_CHECKING:
    from mhtracker.store import Store

OF_A_TEAM = frozenset(("progress", "forecast", "outcomes", "quality", "breakdown", "pack"))
"""The commands that take it."""


def add_team(command: argparse.ArgumentParser) -> None:
    """The option."""
    words = "of one team's people alone; monthly, where it is a pack" if command.prog.endswith(" pack") else None
    command.add_argument("--team", metavar="NAME", help=words or "of one team's people alone: a name, or an id")


def team_of(asked: argparse.Namespace, store: Store) -> Team | None:
    """The team asked for; None for everybody."""
    return find_named(store.find(Team, order_by=("name",)), asked.team, "team") if asked.team is not None else None


def heads_of(team: Team | None, as_known: date | None) -> list[str]:
    """What stands above an answer in words: the team, and the day by which it was known."""
    heads = (f"Team: {team.name}" if team else "", f"As known on {text.format_date(as_known)}" if as_known else "")
    return [head for head in heads if head]
