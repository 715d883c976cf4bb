"""The words by which the parts of a command are known where no space stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commands.declarations import Command

_HAN = re.compile(r"[\u3400-\u9fff]{2}")


@dataclass(frozen=True)
class PartWords:
    """The Chinese words of one command, the longest first: 家长会 isn't 家长.

    `openers` begin an action; what follows `followed` ones is a person; `texts` are those of
    the labels after which anything may be said. `firsts` are the signs that all of them begin
    with: what begins otherwise needs no closer look.
    """

    openers: tuple[str, ...]
    followed: tuple[str, ...]
    choices: tuple[str, ...]
    labels: tuple[str, ...]
    texts: frozenset[str]
    firsts: frozenset[str]


def part_words(
    command: Command,
    choices: Mapping[str, Mapping[str, str]],
    labels: Mapping[str, Mapping[str, str]],
) -> PartWords:
    """Gather them: `choices` by field, word and choice, `labels` by action, word and field."""
    openers: set[str] = set()
    followed: set[str] = set()
    others: set[str] = set()
    texts: set[str] = set()
    for action in command.actions:
        for place, field in enumerate(action.fields):
            known = choices.get(field.name, {})
            said = {word for word, choice in known.items() if choice in field.choices}
            opens = place == 0 and field.required
            (openers if opens else followed if field.name == "role" else others).update(said)
            if field.type == "text":
                texts |= {word for word, name in labels[action.name].items() if name == field.name}
    everything = {word for one in labels.values() for word in one}
    words = [_longest_first(one) for one in (openers, followed, others, everything)]
    firsts = frozenset(word[0] for one in words for word in one)
    return PartWords(words[0], words[1], words[2], words[3], frozenset(texts), firsts)


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    han = {word for word in words if _HAN.match(word)}
    return tuple(sorted(han, key=lambda word: (-len(word), word)))
