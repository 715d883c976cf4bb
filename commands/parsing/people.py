"""Several people named in one breath: 蔡平、李梅, 蔡平和李梅, Li Mei and Cai Ping."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"\s*[、,，&＆;；]\s*|\s*(?:和|与|及)\s*|\s+and\s+")
# A space parts Chinese names; within a Latin name it stands between its words.
_SPACE = re.compile(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff@])")


def split_people(text: str) -> tuple[str, ...]:
    """The names, in order, without @.

    >>> split_people("蔡平、李梅 @王芳"), split_people("Li Mei and Cai Ping")
    (('蔡平', '李梅', '王芳'), ('Li Mei', 'Cai Ping'))
    """
    parts = (one for part in _BETWEEN.split(text.strip()) for one in _SPACE.split(part))
    return tuple(name for part in parts if (name := part.strip().lstrip("@").strip()))
