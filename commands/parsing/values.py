"""Where each kind of value ends in a message: a class, a day, a name, one of the choices."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from commands.declarations import Field
from commands.parsing.classes import class_at, seat_at
from commands.parsing.counts import count_end as count_of_people_end
from commands.parsing.dates import day_end
from commands.parsing.lengths import length_end as so_long_end
from commands.parsing.lexicon import ActionWords, Lexicon
from commands.parsing.ranges import days_end as ahead_end
from commands.parsing.ranges import start_end as from_end
from commands.parsing.record_numbers import RECORD, VOICE
from commands.parsing.said import Parts

_TOKEN = re.compile(r"[^\s,。;!?、]+")
_UNIT = re.compile(r"[^\s,。;!?、:=]+")
_NAME = re.compile(r"@?[^\s,。;!?、:=()\[\]【】@]+")
# A second word belongs to the name when both begin with a capital: Li Mei.
_CAPITAL = re.compile(r"[A-Z][^\W\d_]*")
_ONE_LATIN_WORD = re.compile(r"[a-z]+")
_BEFORE_LATIN = re.compile(r"[^\S\n\r]+(?=[a-z])")
_SPACE = re.compile(r"[^\S\n\r]+")
_AND = re.compile(r"\s*[、,&]\s*|\s+(?:和|与|及|and)\s+")
_NUMBER = re.compile(r"([a-z]) ?\d{1,9}(?![\da-z])")
_BARE_NUMBER = re.compile(r"\d{1,9}(?![\da-z])")
# A bare number that something is counted in (57人, 57 人, 9-5) is none of a problem's; but it is
# in 57 天气太热.
_COUNTED = "[人天日号月年点个位户班场]"
_PROBLEM = re.compile(
    r"# ?\d{1,9}(?![\da-z])"
    rf"|\d{{1,9}}(?![\da-z]|[-/.]\d|{_COUNTED}| {_COUNTED}(?:[\s,。;!?、)]|\Z))"
)
_FURTHER = re.compile(r"\s*[、,]\s*|[^\S\n\r]+")
_NEWCOMER = re.compile(r"n ?\d{1,9}(?![\da-z])")
_ACCOUNT = re.compile(r"[^\W\d_]{1,32} ?: ?(?P<user>[^\s,;]+)")
_GRADE = re.compile(r"grade ?\d{1,2}(?!\d)")
# The commonest family names: after a space they tell a companion from an ordinary word.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚"
    "邵万钱严覃武戴莫孔向汤柯聂谷俞楼章鲁葛倪翁褚屠诸祝费庄"
)
_COMPANION = re.compile(rf"@|[{_SURNAMES}][\u3400-\u9fff]{{1,2}}(?=[\s,。;!?、]|\Z)")


@dataclass(frozen=True, slots=True)
class Scan:
    """The message as typed and made plain, up to where this command ends, and the words to know."""

    raw: str
    said: str
    end: int
    words: ActionWords
    lexicon: Lexicon


# Where the value ends that stands at that place, or None when none does.
Reader = Callable[[Scan, Field, int], int | None]


def class_end(scan: Scan, _field: Field, pos: int) -> int | None:
    """七3, also when a name is glued to it."""
    found = class_at(scan.said, pos, scan.end)
    return found[1] if found else None


def seat_end(scan: Scan, _field: Field, pos: int) -> int | None:
    """12号."""
    found = seat_at(scan.said, pos, scan.end)
    return found[1] if found else None


def number_end(scan: Scan, field: Field, pos: int) -> int | None:
    """V12; a bare 12 is some other number."""
    match = _NUMBER.match(scan.said, pos, scan.end)
    return match.end() if match and match[1] == field.letter.lower() else None


def problem_end(scan: Scan, _field: Field, pos: int) -> int | None:
    """#57, or 57 where nothing is counted by it."""
    return _end(_PROBLEM.match(scan.said, pos, scan.end))


def voice_end(scan: Scan, _field: Field, pos: int) -> int | None:
    """#57-2, 57-2, or 57 where one voice is meant by it."""
    return _end(VOICE.match(scan.said, pos, scan.end))


def problems_end(scan: Scan, field: Field, pos: int) -> int | None:
    """57 58, #57、#58."""
    end = problem_end(scan, field, pos)
    while end is not None:
        joint = _FURTHER.match(scan.said, end, scan.end)
        further = problem_end(scan, field, joint.end()) if joint else None
        if further is None:
            return end
        end = further
    return None


def count_end(scan: Scan, _field: Field, pos: int) -> int | None:
    """120人; a bare 120 may be anything."""
    return count_of_people_end(scan.said, pos, scan.end)


def length_end(scan: Scan, _field: Field, pos: int) -> int | None:
    """5天; a bare 5 may be anything."""
    return so_long_end(scan.said, pos, scan.end)


def record_end(scan: Scan, _field: Field, pos: int) -> int | None:
    """V12, #57, or 12 alone."""
    return _end(RECORD.match(scan.said, pos, scan.end))


def choice_end(scan: Scan, field: Field, pos: int) -> int | None:
    """电话 as a word of its own: 电话里说 is text, and so is "phone rang all evening"."""
    end = _end(scan.words.choices[field.name].match(scan.said, pos, scan.end))
    if end is None or field.required or not _ONE_LATIN_WORD.fullmatch(scan.said, pos, end):
        return end
    # A refusal is never overlooked, and its word stays in the text.
    if is_refusal(scan.lexicon, field, scan.said[pos:end]):
        return end
    after = _BEFORE_LATIN.match(scan.raw, end, scan.end)
    return None if after and not _has_its_own_meaning(scan, after.end()) else end


def date_end(scan: Scan, field: Field, pos: int) -> int | None:
    """昨天 as a word of its own; it may be an impossible day."""
    return day_end(scan.said, pos, scan.end, short=field.required)


def token_end(scan: Scan, _field: Field, pos: int) -> int | None:
    """Anything up to a space or a stop."""
    return _end(_TOKEN.match(scan.said, pos, scan.end))


def start_end(scan: Scan, _field: Field, pos: int) -> int | None:
    """自9-10, 下周一起: a bare day may be anything."""
    return from_end(scan.said, pos, scan.end)


def days_end(scan: Scan, _field: Field, pos: int) -> int | None:
    """9-10到9-20."""
    return ahead_end(scan.said, pos, scan.end)


def unit_end(scan: Scan, field: Field, pos: int) -> int | None:
    """党办, or one with spaces in it (Class 3 of Grade 7, Student Office)."""
    ends = (
        _end(_UNIT.match(scan.said, pos, scan.end)),
        class_end(scan, field, pos),
        name_end(scan, field, pos),
    )
    return max((end for end in ends if end), default=None)


def name_end(scan: Scan, _field: Field, pos: int) -> int | None:
    """王小明, @李梅, Li Mei."""
    end = _end(_NAME.match(scan.said, pos, scan.end))
    if end is None or not _CAPITAL.fullmatch(scan.raw, pos, end):
        return end
    space = _SPACE.match(scan.said, end, scan.end)
    second = space and _CAPITAL.match(scan.raw, space.end(), scan.end)
    if not second or _has_its_own_meaning(scan, second.start()):
        return end
    return second.end()


def newcomer_end(scan: Scan, _field: Field, pos: int) -> int | None:
    """N3."""
    return _end(_NEWCOMER.match(scan.said, pos, scan.end))


def account_end(scan: Scan, _field: Field, pos: int) -> int | None:
    """dingtalk:manager01, 钉钉：manager01."""
    return _end(_ACCOUNT.match(scan.said, pos, scan.end))


def whom_end(scan: Scan, field: Field, pos: int) -> int | None:
    """李梅, Li Mei, 七年级, Grade 7: whichever reads on longer."""
    grade = _end(_GRADE.match(scan.said, pos, scan.end))
    ends = (name_end(scan, field, pos), unit_end(scan, field, pos), grade)
    return max((end for end in ends if end is not None), default=None)


def people_end(scan: Scan, field: Field, pos: int) -> int | None:
    """蔡平、李梅 or 蔡平 李梅: after a mere space only what looks like a name."""
    end = name_end(scan, field, pos)
    while end is not None:
        joint = _AND.match(scan.said, end, scan.end)
        gap = joint or _SPACE.match(scan.said, end, scan.end)
        if not gap or scan.words.label_here.match(scan.said, gap.end(), scan.end):
            return end
        if not joint and not _COMPANION.match(scan.said, gap.end(), scan.end):
            return end
        further = name_end(scan, field, gap.end())
        if further is None:
            return end
        end = further
    return None


def after_label(scan: Scan, field: Field, pos: int) -> int | None:
    """Where the value of a labelled field ends: the label allows what a place alone doesn't."""
    if field.type in ("number", "count", "length"):
        how = READERS[field.type]
        return how(scan, field, pos) or _end(_BARE_NUMBER.match(scan.said, pos, scan.end))
    if field.type == "student":
        return seat_end(scan, field, pos) or name_end(scan, field, pos)
    if field.type == "choice":
        return _labelled_choice(scan, field, pos)
    if field.type == "start":
        return start_end(scan, field, pos) or date_end(scan, field, pos)
    return READERS[field.type](scan, field, pos)


def _labelled_choice(scan: Scan, field: Field, pos: int) -> int | None:
    end = _end(scan.words.choices[field.name].match(scan.said, pos, scan.end))
    if end is not None:
        return end
    # A choice's own name too, as a form sends it: method=home.
    token = token_end(scan, field, pos)
    said = scan.lexicon.choice(field.name, scan.raw[pos:token]) if token else None
    return token if said in field.choices else None


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "class": class_end,
        "number": number_end,
        "record": record_end,
        "problem": problem_end,
        "problems": problems_end,
        "voice": voice_end,
        "count": count_end,
        "length": length_end,
        "seat": seat_end,
        "choice": choice_end,
        "date": date_end,
        "start": start_end,
        "days": days_end,
        "unit": unit_end,
        "student": name_end,
        "person": name_end,
        "people": people_end,
        "newcomer": newcomer_end,
        "account": account_end,
        "whom": whom_end,
        "command": token_end,
    }
)


def like_a_name(text: str) -> bool:
    """Whether it begins with a common family name and is as long as a name."""
    return _COMPANION.fullmatch(text) is not None


def choice_of(given: Parts, field: str, lexicon: Lexicon) -> str | None:
    """The choice made for that field; of two, the later, since people correct themselves."""
    said = given.get(field)
    return lexicon.choice(field, said[-1].text) if said else None


def is_refusal(lexicon: Lexicon, field: Field, text: str) -> bool:
    """Whether it says that a family would rather not: that counts as heard."""
    return field.name == "result" and lexicon.choice(field.name, text) == "refused"


def end_of(pattern: re.Pattern[str], said: str, pos: int, end: int) -> int:
    """Where the pattern's match at that place ends; the place itself when there is none."""
    match = pattern.match(said, pos, end)
    return match.end() if match else pos


def _has_its_own_meaning(scan: Scan, pos: int) -> bool:
    return (
        any(choice.match(scan.said, pos, scan.end) for choice in scan.words.choices.values())
        or scan.words.label_here.match(scan.said, pos, scan.end) is not None
        or day_end(scan.said, pos, scan.end) is not None
    )


def _end(match: re.Match[str] | None) -> int | None:
    return match.end() if match else None
