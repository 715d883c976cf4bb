"""How a name is shown to those who may not read it: the surname and two stars."""

from __future__ import annotations

# The common two-character surnames; any other name has a surname of one character.
_COMPOUND = frozenset(
    {
        *("欧阳", "上官", "司马", "诸葛", "司徒", "东方", "尉迟", "公孙", "令狐", "慕容"),
        *("宇文", "长孙", "皇甫", "夏侯", "端木", "南宫", "独孤", "百里", "呼延", "澹台"),
    }
)


def masked(name: str) -> str:
    """The surname and `**`, whatever the length; `*` for a name of one character or none.

    >>> masked("王小明"), masked("欧阳娜娜"), masked("Li Lei"), masked("王")
    ('王**', '欧阳**', 'L**', '*')
    """
    name = name.strip()
    if len(name) < 2:  # one character is all of the name
        return "*"
    if len(name) > 2 and name[:2] in _COMPOUND:
        return name[:2] + "**"
    return name[0] + "**"
