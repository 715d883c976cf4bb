"""Imports modules one by one, each in a process of its own, and prints what went wrong in which.

Standard input, as JSON: a list of what others wrote, to be there beforehand, and on the next line
what is ours, to be tried: for each module those of ours that it imports in any case, at any depth.
What several import in any case is imported once, in a process from which those are forked: so none
finds anything there but what it brings along itself, and trying one takes milliseconds.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import sys
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping
from typing import NoReturn


class Guarded(MutableMapping[str, str]):
    """An environment that nobody may look at."""

    def _refuse(self, *_: object) -> NoReturn:
        message = "the environment was touched at import"
        raise AssertionError(message)

    __getitem__ = __setitem__ = __delitem__ = _refuse

    def __iter__(self) -> Iterator[str]:
        self._refuse()

    def __len__(self) -> int:  # noqa: PLE0303  it has none
        self._refuse()


def main() -> None:
    """Try each module, and print a JSON object of the failures by name."""
    others, ours = json.loads(sys.stdin.readline()), json.loads(sys.stdin.readline())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # others' warnings at import are theirs to mend
        for name in others:
            with contextlib.suppress(ImportError):  # made for another system
                importlib.import_module(name)
    # Nothing that is here already is looked through again or copied in each child.
    gc.collect()
    gc.freeze()
    gc.disable()
    os.environ = Guarded()  # type: ignore[assignment]  # noqa: B003  for the children
    print(json.dumps(tried({name: set(needed) for name, needed in ours.items()}, list(ours))))


def tried(along: dict[str, set[str]], names: list[str]) -> dict[str, str]:
    """The failures of those modules; none of them, and nothing that only some need, is here."""
    faults: dict[str, str] = {}
    while names:
        needed = Counter(one for name in names for one in along[name] if one not in sys.modules)
        # What saves most: as often as it needn't be imported again, with all that it brings along.
        saved = {
            one: (n - 1) * len(along[one] - sys.modules.keys() | {one}) for one, n in needed.items()
        }
        common = max(saved, key=lambda one: (saved[one], one), default="")
        if not saved.get(common):
            return faults | {name: fault for name in names if (fault := fault_of(name))}
        theirs = [name for name in names if common in along[name]]
        faults |= in_a_child(lambda common=common, theirs=theirs: with_it(common, along, theirs))
        names = [name for name in names if common not in along[name]]
    return faults


def with_it(common: str, along: dict[str, set[str]], names: list[str]) -> dict[str, str]:
    """Import what all of these bring along, and try them; where it fails, so does each."""
    fault = imported(common)
    return dict.fromkeys(names, fault) if fault else tried(along, names)


def fault_of(name: str) -> str:
    """Import the module in a child; give the traceback, or nothing."""
    return in_a_child(lambda: {name: imported(name)})[name]


def imported(name: str) -> str:
    """Import it here; give the traceback, or nothing."""
    try:
        importlib.import_module(name)
    except BaseException:  # noqa: BLE001  whatever it is, the parent is to print it
        return traceback.format_exc()[-2000:]
    return ""


def in_a_child(work: Callable[[], dict[str, str]]) -> dict[str, str]:
    """What that gives in a process forked from this one."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with os.fdopen(writing, "w", encoding="utf-8") as pipe:
            json.dump(work(), pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    assert not status, f"a child ended with {status}"
    return dict(json.loads(said))


if __name__ == "__main__":
    main()
