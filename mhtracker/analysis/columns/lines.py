"""Reviews and the stuck of very many people, from the caseload's lines as columns.

`store.queries.review_states` and `store.queries.stuck` say the same of one line at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mhtracker.analysis.columns.packed import as_column, codes_of, days_of, digits_of, words_of
from mhtracker.analysis.columns.reading import EVER
from mhtracker.domain.caseload import ON_PATHWAY
from mhtracker.domain.counting.stuck import stuck_before
from mhtracker.store.bulk import not_collecting
from mhtracker.store.queries.columns import Packed, read_packed_lines
from mhtracker.store.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mhtracker.analysis.columns.packed import Days, Numbers, Words
    from mhtracker.analysis.columns.reading import Truths

_NAMES = (
    "person_id", "ref", "team_id", "status", "stage_id", "since_on", "barrier",
    "review_due_on", "review_soon_on", "review_never",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lines:
    """A row for each line of somebody on the pathway on a day, by person id. Days that are not there are EVER.

    `stage` and `barrier` are places in `stage_ids` and `barriers`, where none is "". References and teams, which few
    figures need, are taken out of `packed` when they are asked for: `rows` are those of the lines there.
    """

    packed: Packed
    rows: NDArray[np.intp]
    day: int
    stage_ids: tuple[str, ...]
    barriers: tuple[str, ...]
    ids: Words
    stage: Numbers
    since: Days
    barrier: Numbers
    due: Days
    soon: Days
    never: Truths

    def of(self, team_id: str | None) -> Truths:
        """The rows of one team's people, or all."""
        import numpy as np

        if team_id is None:
            return np.ones(len(self.ids), bool)
        team, teams = codes_of(self.packed, "team_id")
        found: Truths = team[self.rows] == (teams.index(team_id) if team_id in teams else -1)
        return found

    def refs(self, of: NDArray[np.intp]) -> list[str]:
        """The references of some of the lines."""
        words = words_of(self.packed, "ref")
        return [words[row] for row in self.rows[of].tolist()]


@dataclass(frozen=True, slots=True)
class _Read:
    as_at: date
    seq: int
    lines: Lines


def lines_on(store: Store, as_at: date) -> Lines:
    """The lines of a day; those of the day asked last are kept until something is recorded."""
    known: dict[str, _Read] = store.kept("lines", dict)
    seq = store.last_seq()
    read = known.get("last")
    if read is None or (read.as_at, read.seq) != (as_at, seq):
        with not_collecting():
            read = known["last"] = _Read(as_at, seq, _read_lines(store, as_at))
    return read.lines


def _read_lines(store: Store, as_at: date) -> Lines:
    import numpy as np

    packed = read_packed_lines(store, as_at, _NAMES)
    status, statuses = codes_of(packed, "status")
    rows = np.flatnonzero(status == (statuses.index(ON_PATHWAY) if ON_PATHWAY in statuses else -1))
    ids = as_column(words_of(packed, "person_id"))
    # Lines stand nearly in this order as they were written, which a stable sort is quick with.
    rows = rows[np.argsort(ids[rows], kind="stable")]
    stage, stage_ids = codes_of(packed, "stage_id")
    barrier, barriers = codes_of(packed, "barrier")
    return Lines(
        packed,
        rows,
        as_at.toordinal(),
        tuple(stage_ids),
        tuple(barriers),
        ids[rows],
        stage[rows],
        days_of(packed, "since_on", EVER)[rows],
        barrier[rows],
        days_of(packed, "review_due_on", EVER)[rows],
        days_of(packed, "review_soon_on", EVER)[rows],
        digits_of(packed, "review_never", 0)[rows] == 1,
    )


def reviews_of(lines: Lines, team_id: str | None = None) -> tuple[tuple[str, ...], ...]:
    """Whose main review is in date, due soon or today, or overdue, and who of the last never had one."""
    needed = lines.of(team_id) & (lines.due != EVER)
    overdue = needed & (lines.due < lines.day)
    in_date = needed & (lines.due > lines.day) & (lines.soon > lines.day)
    groups = (in_date, needed & ~overdue & ~in_date, overdue, overdue & lines.never)
    return tuple(tuple(lines.ids[each].tolist()) for each in groups)


@dataclass(frozen=True, slots=True)
class StuckRows:
    """The `rows` of the lines of all who are stuck, and how many days beyond the mark they are, longest first."""

    lines: Lines
    rows: NDArray[np.intp]
    over: Numbers

    @property
    def unexplained(self) -> int:
        """How many have no reason recorded that holds them up."""
        none = self.lines.barriers.index("") if "" in self.lines.barriers else -1
        return int((self.lines.barrier[self.rows] == none).sum())

    def told(self, which: slice = slice(None)) -> Iterator[tuple[str, str, str, int, int, str]]:
        """Of some of them: id, reference, stage, days there, days beyond the mark, and what holds them up."""
        lines, rows = self.lines, self.rows[which]
        return zip(
            lines.ids[rows].tolist(),
            lines.refs(rows),
            map(lines.stage_ids.__getitem__, lines.stage[rows].tolist()),
            (lines.day - lines.since[rows]).tolist(),
            self.over[which].tolist(),
            map(lines.barriers.__getitem__, lines.barrier[rows].tolist()),
            strict=True,
        )


def stuck_of(lines: Lines, marks: Mapping[str, int], team_id: str | None = None) -> StuckRows:
    """All who are stuck. `marks` are the days beyond which somebody is stuck, by stage."""
    import numpy as np

    as_at = date.fromordinal(lines.day)
    before = np.array([_before(marks, stage_id, as_at) for stage_id in lines.stage_ids] or [0], np.int32)
    mark = np.array([marks.get(stage_id, 0) for stage_id in lines.stage_ids] or [0], np.int32)
    rows = np.flatnonzero(lines.of(team_id) & (lines.since < before[lines.stage]))
    over = lines.day - lines.since[rows] - mark[lines.stage[rows]]
    order = np.argsort(-over, kind="stable")
    return StuckRows(lines, rows[order], over[order])


def _before(marks: Mapping[str, int], stage_id: str, as_at: date) -> int:
    return stuck_before(marks[stage_id], as_at).toordinal() if stage_id in marks else 0
