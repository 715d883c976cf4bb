"""The name that somebody says is theirs: 张三, 我叫张三, Li Mei; and nothing else."""

from __future__ import annotations

import re

_SHORTEST, _LONGEST = 2, 64
# What people say before it, and the stop after it.
_BEFORE = re.compile(
    r"(?:你好|您好)?[\s,，。.]*"
    r"(?:(?:我(?:是|叫|的名字是|的姓名是)|(?:姓名|名字)(?:是|[:：]))\s*"
    r"|(?:my name is|i am|i'm|this is|name:)\s+)?",
    re.IGNORECASE,
)
_AFTER = re.compile(r"[\s。.,，]*\Z")
# Letters and what joins them: so it can be no link, no number and no markup.
_NAME = re.compile(r"[^\W\d_]+(?:[ '’·‧・.-]{1,2}[^\W\d_]+){0,7}")


def own_name(text: str) -> str | None:
    """The name as it was typed; None when the text is more, or something else.

    >>> own_name("我叫张三。"), own_name(" Li Mei "), own_name("七3 张三"), own_name("王")
    ('张三', 'Li Mei', None, None)
    """
    start = _BEFORE.match(text.lstrip())
    said = text.lstrip()[start.end() if start else 0 :]
    said = _AFTER.sub("", said)
    fits = _NAME.fullmatch(said) and _SHORTEST <= len(said) <= _LONGEST
    return said if fits else None
