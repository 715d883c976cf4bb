"""The records as the database keeps them; only deeds and questions touch them."""

from domain.models.campaign import Draft, Visit, VisitAnswer, Visitor, Voice
from domain.models.families import Family, SchoolClass, Student, StudentToken
from domain.models.keys import Clock, KeyCheck, WrappedKey
from domain.models.people import Account, Leave, Person, Room, Seat, Unit
from domain.models.telling import Delivery, Heard, OutboxEntry, ReadLog

__all__ = [
    "Account",
    "Clock",
    "Delivery",
    "Draft",
    "Family",
    "Heard",
    "KeyCheck",
    "Leave",
    "OutboxEntry",
    "Person",
    "ReadLog",
    "Room",
    "SchoolClass",
    "Seat",
    "Student",
    "StudentToken",
    "Unit",
    "Visit",
    "VisitAnswer",
    "Visitor",
    "Voice",
    "WrappedKey",
]
