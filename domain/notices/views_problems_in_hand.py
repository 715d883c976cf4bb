"""What those who work on problems are asked and refused, as one reader may see it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.notices.views import UnitName, View
from domain.notices.views_problems import VoiceSeen


@dataclass(frozen=True, kw_only=True)
class MoveStaysSeen(View):
    """MoveStays: which move of which problem, and why it stays."""

    problem: int
    move: str
    why: str


@dataclass(frozen=True, kw_only=True)
class NamedInItSeen(View):
    """NamedInIt: who is named in the problem's words."""

    problem: int
    person: str | None


@dataclass(frozen=True, kw_only=True)
class SameDepartmentSeen(View):
    """SameDepartment: who answers for the problem already."""

    problem: int
    department: UnitName


@dataclass(frozen=True, kw_only=True)
class VoiceUnknownSeen(View):
    """VoiceUnknown: the voice that was asked for, and those there are for the reader."""

    problem: int
    place: int
    places: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class VoicesAskedSeen(View):
    """VoicesAsked: the voices to choose from."""

    problem: int
    voices: tuple[VoiceSeen, ...]
