"""The records as the database keeps them; only deeds and questions touch them."""

from domain.models.agreeing import Approval, Lesson
from domain.models.campaign import Draft, Visit, VisitAnswer, Visitor, Voice
from domain.models.deeds import Correction, Deed, ImportedRow
from domain.models.families import Family, SchoolClass, Student, StudentToken
from domain.models.keys import Clock, KeyCheck, WrappedKey
from domain.models.people import Account, Leave, Person, Room, Seat, Unit
from domain.models.problems import (
    ChainHead,
    Merge,
    Problem,
    ProblemEvent,
    ProblemNamed,
    ProblemPrivy,
)
from domain.models.roster import Newcomer, RosterChange
from domain.models.talks import Arrangement, Speaker, Talk, TalkNote
from domain.models.telling import Delivery, Digest, Heard, Outage, OutboxEntry, ReadLog, Timer

__all__ = [
    "Account",
    "Approval",
    "Arrangement",
    "ChainHead",
    "Clock",
    "Correction",
    "Deed",
    "Delivery",
    "Digest",
    "Draft",
    "Family",
    "Heard",
    "ImportedRow",
    "KeyCheck",
    "Leave",
    "Lesson",
    "Merge",
    "Newcomer",
    "Outage",
    "OutboxEntry",
    "Person",
    "Problem",
    "ProblemEvent",
    "ProblemNamed",
    "ProblemPrivy",
    "ReadLog",
    "Room",
    "RosterChange",
    "SchoolClass",
    "Seat",
    "Speaker",
    "Student",
    "StudentToken",
    "Talk",
    "TalkNote",
    "Timer",
    "Unit",
    "Visit",
    "VisitAnswer",
    "Visitor",
    "Voice",
    "WrappedKey",
]
