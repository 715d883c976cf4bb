"""Imports modules one by one, each in a process of its own, and prints what went wrong in which.

Standard input: two JSON lists, one a line: what others wrote, to be there beforehand, and what is
ours, to be tried. Others' modules are imported once and for all, so that trying one of ours takes
milliseconds; none of ours is there when the next is tried.
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
from collections.abc import Iterator, MutableMapping
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
    print(json.dumps({name: fault for name in ours if (fault := fault_of(name))}))


def fault_of(name: str) -> str:
    """Import the module in a child; give the traceback, or nothing."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            importlib.import_module(name)
        except BaseException:  # noqa: BLE001  whatever it is, the parent is to print it
            os.write(writing, traceback.format_exc()[-2000:].encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8", errors="replace") as pipe:
        fault = pipe.read()
    _, status = os.waitpid(child, 0)
    return fault or (f"ended with {status}" if status else "")


if __name__ == "__main__":
    main()
