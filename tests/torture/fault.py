"""A fault: what is done to the running school, what holds all the same, and the figures of it."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.fixtures.house import School
from tests.fixtures.system import System

# How long the platform takes with a call at the most (seconds).
LAG = 0.15


@dataclass(frozen=True)
class Measure:
    """A figure, and the most that it may be."""

    name: str
    value: float
    most: float = 0.0

    @property
    def held(self) -> bool:
        """Whether it is within its bound."""
        return self.value <= self.most

    def __str__(self) -> str:
        return f"{self.name} {self.value:.4g} (at most {self.most:.4g})"


@dataclass(frozen=True)
class Scale:
    """How much is asked for over how many seconds, and how many blows fall meanwhile."""

    name: str
    notices: int
    seconds: float
    blows: int


# What the ordinary tests have time for; what a change is tried with; a night's work.
GLANCE = Scale("glance", 20, 2.0, 1)
SHORT = Scale("short", 40, 2.5, 3)
FULL = Scale("full", 1000, 200.0, 200)
SCALES = {one.name: one for one in (GLANCE, SHORT, FULL)}


@dataclass(frozen=True)
class Stage:
    """Where a fault is played: the processes, the school, how much, and the dice of the seed."""

    system: System
    school: School
    scale: Scale
    dice: random.Random


@dataclass(frozen=True)
class Fault:
    """`run` plays it on a stage where all is quiet, and returns what was measured.

    `promise` is a sentence that holds if every measure is within its bound.
    """

    id: str
    promise: str
    run: Callable[[Stage], Awaitable[list[Measure]]]
