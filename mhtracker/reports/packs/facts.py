"""What a pack's cover and contents say, gathered as people go by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from mhtracker.domain.records import DueState, Stage


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """What the contents say of a person. `first` is the place of their first page among all people's pages, from 0."""

    name: str
    nhs_number: str
    stage: Stage | None
    state: DueState
    words: str
    never: bool
    has_target: bool
    first: int
    pages: int


@dataclass
class PackFacts:
    """What cover and contents say, gathered as people go by. A few hundred bytes a person: their pages are written."""

    as_at: date | None = None
    as_known: date | None = None
    demo: bool = False
    council: str = ""
    stages: tuple[Stage, ...] = ()
    lines: list[ContentsLine] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)

    def stage_counts(self) -> Counter[str]:
        return Counter(line.stage.id for line in self.lines if line.stage)

    def count(self, *states: DueState) -> int:
        return sum(line.state in states for line in self.lines)
