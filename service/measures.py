"""Counts what is heard and what is said, for whoever watches: how many and how long, never what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

# Our own, so that nothing is shown that we didn't choose; each process has its own counts.
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

# A teacher waits for an answer; a delivery waits for a platform (seconds).
_ANSWERING = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
_DELIVERING = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

MESSAGES = Counter("zoufang_messages", "Messages heard", ["platform", "outcome"], registry=REGISTRY)
ANSWERS = Counter(
    "zoufang_answers", "Notices said in a platform's own response", ["platform"], registry=REGISTRY
)
ANSWER_SECONDS = Histogram(
    "zoufang_answer_seconds",
    "From hearing a message to having its answer worded",
    ["platform"],
    buckets=_ANSWERING,
    registry=REGISTRY,
)
DELIVERIES = Counter(
    "zoufang_deliveries",
    "Attempts to bring a notice in a message of its own",
    ["platform", "outcome"],
    registry=REGISTRY,
)
DELIVERY_SECONDS = Histogram(
    "zoufang_delivery_seconds",
    "How long an attempt to bring a notice took",
    ["platform"],
    buckets=_DELIVERING,
    registry=REGISTRY,
)
DUE = Gauge("zoufang_outbox_due", "Notices that are due and not said", registry=REGISTRY)
OLDEST = Gauge(
    "zoufang_outbox_oldest_seconds", "How long the oldest of these has waited", registry=REGISTRY
)
UNATTENDED = Gauge(
    "zoufang_outbox_unattended_seconds",
    "How long the oldest of these that nobody is at has waited",
    registry=REGISTRY,
)
PARKED = Gauge(
    "zoufang_outbox_parked", "Notices laid aside for a human to look at", registry=REGISTRY
)
TIMERS_DUE = Gauge("zoufang_timers_due", "Timers that are due and not done", registry=REGISTRY)
TIMERS_OLDEST = Gauge(
    "zoufang_timers_oldest_seconds", "How long the oldest of these has been due", registry=REGISTRY
)
TIMERS_UNATTENDED = Gauge(
    "zoufang_timers_unattended_seconds",
    "How long the oldest of these that nobody is at has been due",
    registry=REGISTRY,
)
WATCHED_AGO = Gauge(
    "zoufang_watch_seconds_ago",
    "How long ago the watch over all that is to come was last through",
    registry=REGISTRY,
)
UP = Gauge("zoufang_up", "Whether it answers (1) or not (0)", ["part"], registry=REGISTRY)

MALFORMED = Counter(
    "zoufang_malformed", "Requests that were no HTTP, refused unread", registry=REGISTRY
)

Outcome = Literal["answered", "repeat", "not_recorded", "not_sure"]


@dataclass
class Measured:
    """What became of a message, and how many notices went in the response."""

    outcome: Outcome = "answered"
    in_response: int = 0


@contextmanager
def answering(platform: str) -> Iterator[Measured]:
    """Count the message that is answered within, and how long it takes."""
    measured, began = Measured(), perf_counter()
    yield measured
    ANSWER_SECONDS.labels(platform).observe(perf_counter() - began)
    MESSAGES.labels(platform, measured.outcome).inc()
    ANSWERS.labels(platform).inc(measured.in_response)


def delivered(platform: str, outcome: str, seconds: float) -> None:
    """Count an attempt to bring a notice."""
    DELIVERIES.labels(platform, outcome).inc()
    DELIVERY_SECONDS.labels(platform).observe(seconds)
