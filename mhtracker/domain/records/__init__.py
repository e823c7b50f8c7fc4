"""The records of a register: one frozen dataclass each.

Every record has `id` (uuid text) and `version` (0 before its first save; the store raises it at each save and
checks it, so two people cannot overwrite each other unnoticed). Fields end in `_on` (date), `_at` (UTC datetime),
`_pence` (whole pence), `_id` (another record's id). Their labels, help and code lists are in `fields.py`.
"""

from __future__ import annotations

from mhtracker.domain.records.around import CareWarning as CareWarning
from mhtracker.domain.records.around import Contact as Contact
from mhtracker.domain.records.around import Document as Document
from mhtracker.domain.records.base import DatePrecision as DatePrecision
from mhtracker.domain.records.base import DueState as DueState
from mhtracker.domain.records.base import Record as Record
from mhtracker.domain.records.base import new_id as new_id
from mhtracker.domain.records.base import uuid_at as uuid_at
from mhtracker.domain.records.costs import CostLine as CostLine
from mhtracker.domain.records.costs import CostTable as CostTable
from mhtracker.domain.records.costs import CostTableRow as CostTableRow
from mhtracker.domain.records.costs import FundingSplit as FundingSplit
from mhtracker.domain.records.importing import ImportedFile as ImportedFile
from mhtracker.domain.records.importing import ImportWord as ImportWord
from mhtracker.domain.records.importing import PutAside as PutAside
from mhtracker.domain.records.journal import Changes as Changes
from mhtracker.domain.records.journal import Operation as Operation
from mhtracker.domain.records.move_on import Action as Action
from mhtracker.domain.records.move_on import Barrier as Barrier
from mhtracker.domain.records.move_on import Rating as Rating
from mhtracker.domain.records.move_on import StepTemplate as StepTemplate
from mhtracker.domain.records.office import CodeItem as CodeItem
from mhtracker.domain.records.office import Provider as Provider
from mhtracker.domain.records.office import Service as Service
from mhtracker.domain.records.office import Setting as Setting
from mhtracker.domain.records.office import Stage as Stage
from mhtracker.domain.records.office import Team as Team
from mhtracker.domain.records.office import Worker as Worker
from mhtracker.domain.records.pathway import MoveOnPlan as MoveOnPlan
from mhtracker.domain.records.pathway import NotSame as NotSame
from mhtracker.domain.records.pathway import Person as Person
from mhtracker.domain.records.pathway import Placement as Placement
from mhtracker.domain.records.pathway import Target as Target
from mhtracker.domain.records.places import Contract as Contract
from mhtracker.domain.records.places import Hold as Hold
from mhtracker.domain.records.places import Offer as Offer
from mhtracker.domain.records.places import Unit as Unit
from mhtracker.domain.records.places import Waiting as Waiting
from mhtracker.domain.records.programme import Programme as Programme
from mhtracker.domain.records.programme import ProgrammePerson as ProgrammePerson
from mhtracker.domain.records.progress import Goal as Goal
from mhtracker.domain.records.progress import GoalScore as GoalScore
from mhtracker.domain.records.progress import MeasureScore as MeasureScore
from mhtracker.domain.records.progress import MeasureTool as MeasureTool
from mhtracker.domain.records.reviews import Review as Review
from mhtracker.domain.records.reviews import ReviewAttendance as ReviewAttendance
from mhtracker.domain.records.reviews import ReviewKind as ReviewKind
from mhtracker.domain.records.reviews import ReviewOutcome as ReviewOutcome
from mhtracker.domain.records.reviews import ReviewType as ReviewType
from mhtracker.domain.records.reviews import S117Decision as S117Decision
from mhtracker.domain.records.reviews import SupportChange as SupportChange
from mhtracker.domain.records.status_and_notes import KeyEvent as KeyEvent
from mhtracker.domain.records.status_and_notes import LegalAndStatus as LegalAndStatus
from mhtracker.domain.records.status_and_notes import Note as Note
from mhtracker.domain.records.status_and_notes import NoteCorrection as NoteCorrection
from mhtracker.domain.records.status_and_notes import StatusKind as StatusKind
from mhtracker.domain.records.working import SavedView as SavedView
from mhtracker.domain.records.working import Snooze as Snooze

KINDS: dict[str, type[Record]] = {
    "team": Team,
    "worker": Worker,
    "stage": Stage,
    "provider": Provider,
    "service": Service,
    "person": Person,
    "placement": Placement,
    "plan": MoveOnPlan,
    "target": Target,
    "review": Review,
    "status": LegalAndStatus,
    "note": Note,
    "code": CodeItem,
    "setting": Setting,
    "import_word": ImportWord,
    "put_aside": PutAside,
    "imported_file": ImportedFile,
    "not_same": NotSame,
    "attendance": ReviewAttendance,
    "review_type": ReviewType,
    "correction": NoteCorrection,
    "key_event": KeyEvent,
    "rating": Rating,
    "barrier": Barrier,
    "action": Action,
    "step_template": StepTemplate,
    "goal": Goal,
    "goal_score": GoalScore,
    "measure_tool": MeasureTool,
    "measure": MeasureScore,
    "contact": Contact,
    "warning": CareWarning,
    "document": Document,
    "view": SavedView,
    "snooze": Snooze,
    "programme": Programme,
    "programme_person": ProgrammePerson,
    "unit": Unit,
    "hold": Hold,
    "waiting": Waiting,
    "offer": Offer,
    "contract": Contract,
    "cost_line": CostLine,
    "funding": FundingSplit,
    "cost_table": CostTable,
    "cost_row": CostTableRow,
}
"""Each record type by the name that changes, signals and `history` use."""

KIND_OF: dict[type[Record], str] = {record_type: kind for kind, record_type in KINDS.items()}
