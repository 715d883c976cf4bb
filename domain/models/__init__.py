"""The records as the database keeps them; only deeds and questions touch them."""

from domain.models.campaign import Draft, Visit, VisitAnswer, Visitor, Voice
from domain.models.deeds import Correction, Deed, ImportedRow
from domain.models.families import Family, SchoolClass, Student, StudentToken
from domain.models.keys import Clock, KeyCheck, WrappedKey
from domain.models.people import Account, Leave, Person, Room, Seat, Unit
from domain.models.roster import Newcomer, RosterChange
from domain.models.talks import Arrangement, Speaker, Talk, TalkNote
from domain.models.telling import Delivery, Heard, OutboxEntry, ReadLog

__all__ = [
    "Account",
    "Arrangement",
    "Clock",
    "Correction",
    "Deed",
    "Delivery",
    "Draft",
    "Family",
    "Heard",
    "ImportedRow",
    "KeyCheck",
    "Leave",
    "Newcomer",
    "OutboxEntry",
    "Person",
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
    "Unit",
    "Visit",
    "VisitAnswer",
    "Visitor",
    "Voice",
    "WrappedKey",
]
