"""What a stage is, whatever a council calls it: what measures and legal rules go by."""

from __future__ import annotations

from enum import StrEnum

from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.domain.records import Service, Stage


class StageKind(StrEnum):
    """The codes of the list "stage_kind"."""

    HOSPITAL = "hospital"
    NURSING = "nursing"
    RESIDENTIAL = "residential"
    SHORT_STAY = "short_stay"
    ENABLEMENT = "enablement"
    SUPPORTED = "supported"
    INDEPENDENT = "independent"
    OTHER = "other"


IN_CARE = frozenset({StageKind.HOSPITAL, StageKind.NURSING, StageKind.RESIDENTIAL, StageKind.SHORT_STAY})
"""Lived in a hospital or a care home."""

_NOT_LASTING = frozenset({StageKind.HOSPITAL, StageKind.SHORT_STAY, StageKind.ENABLEMENT})

_LASTING_TYPES = frozenset({"nursing", "residential", "community", "prison"})
"""Types of service that the national return calls long term support; the other types are short term."""

_BY_KEY = {stage.id: stage.kind for stage in DEFAULT_STAGES}


def kind_of(stage: Stage) -> StageKind | None:
    """What a stage is; None where nothing says so.

    Registers made before stages said it have the usual stages under their usual keys: those are known by their key.
    """
    said = stage.kind or _BY_KEY.get(stage.id)
    return StageKind(said) if said in set(StageKind) else None


def is_hospital(stage: Stage | None) -> bool:
    """Whether a stage is a hospital: one that nothing says what it is, is where a place is kept meanwhile."""
    if stage is None:
        return False
    kind = kind_of(stage)
    return kind == StageKind.HOSPITAL or (kind is None and stage.keeps_place)


def is_long_term(stage: Stage, service: Service | None) -> bool:
    """Whether a stay there is long-term support, as the national return tells it from hospital and from short-term.

    The service's own type decides where it is recorded, else the stage. A home of one's own counts: whether support is
    still paid for there is not in the register.
    """
    if service is not None and service.service_type:
        return service.service_type in _LASTING_TYPES
    return kind_of(stage) not in _NOT_LASTING and not stage.keeps_place
