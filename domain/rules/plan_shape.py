"""Whether each key of the plan is known and holds what it should; else what to write there."""

from __future__ import annotations

import re
from datetime import date
from types import NoneType
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec.structs import fields

from domain.rules.plan_base import Hour
from domain.rules.plan_error import PlanError, nearest, shown

T = TypeVar("T")

_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:00)?")
# msgspec's own words; tests/domain/test_plan.py notices when they change.
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(.*)`")
_STEP = re.compile(r"[^.\[\]]+")

_WANTED: dict[Any, tuple[str, str]] = {
    bool: ("true 或 false", "true or false"),
    date: ("真实存在的日期，如 2018-09-15", "a date that exists, such as 2018-09-15"),
    Hour: ('24 小时制的时间，如 "07:30"', 'an hour of 24, such as "07:30"'),
    str: ("放在引号里的文字", "a text in quotes"),
    tuple: ("方括号里的一列", "a list in brackets"),
}


def shaped(tables: dict[str, Any], whole: type[T]) -> T:
    """The tables as a value of the type `whole`; PlanError at the first that doesn't fit."""
    try:
        return msgspec.convert(tables, whole, strict=True, dec_hook=_hour)
    except msgspec.ValidationError as error:
        raise _mistake(str(error), tables, whole) from None


def _hour(wanted: type, value: object) -> object:
    """msgspec asks for the one type that it doesn't know; its own times want seconds."""
    if wanted is Hour and isinstance(value, str) and _HOUR.fullmatch(value):
        return Hour.fromisoformat(value)
    raise ValueError(value)


def _mistake(said: str, tables: dict[str, Any], whole: type) -> PlanError:
    what, _, path = said.rpartition(" - at `$") if " - at `$" in said else (said, "", "")
    path = path.removesuffix("`").removeprefix(".")
    steps = _STEP.findall(path)
    at = f"{path}." if path else ""
    if found := _UNKNOWN.fullmatch(what):
        return _unknown(at, found[1], _type_at(whole, steps))
    if found := _MISSING.fullmatch(what):
        return _missing(at + found[1], _type_at(whole, [*steps, found[1]]))
    return _wrong(path or "plan.toml", _value_at(tables, steps), _type_at(whole, steps))


def _unknown(at: str, said: str, section: Any) -> PlanError:
    known = [field.encode_name for field in fields(_bare(section))]
    if meant := nearest(said, known):
        return PlanError(
            at + said,
            f"没有这个键，想写的也许是 {meant}，请改正或删去",
            f"there is no such key, did you mean {meant}; rename it or delete it",
        )
    names = "、".join(known), ", ".join(known)
    return PlanError(
        at + said,
        f"没有这个键，请删去；这里可以写的是 {names[0]}",
        f"there is no such key, delete it; what may stand here is {names[1]}",
    )


def _missing(key: str, wanted: Any) -> PlanError:
    zh, en = _wanted(wanted)
    return PlanError(
        key, f"缺少这一项，请在这一节里补上：{zh}", f"it is missing; add it here: {en}"
    )


def _wrong(key: str, value: object, wanted: Any) -> PlanError:
    zh, en = _wanted(wanted)
    choices = get_args(_bare(wanted)) if get_origin(_bare(wanted)) is Literal else ()
    meant = nearest(value, choices) if isinstance(value, str) else None
    return PlanError(
        key,
        f"现在是 {shown(value)}，请改成：{zh}" + (f"，也许是 {meant}" if meant else ""),
        f"it is {shown(value)}; write {en}" + (f", perhaps {meant}" if meant else ""),
    )


def _wanted(wanted: Any) -> tuple[str, str]:
    """In Chinese and English, what belongs where that type stands."""
    bare, meta = _bare(wanted), _meta(wanted)
    if meta and meta.extra:
        return meta.extra["zh"], meta.extra["en"]
    if bare in {int, float}:
        if meta and meta.ge is not None and meta.le is not None:
            return f"{meta.ge} 到 {meta.le} 的整数", f"a whole number from {meta.ge} to {meta.le}"
        return "整数", "a whole number"
    if get_origin(bare) is Literal:
        choices = get_args(bare)
        return f"其中之一：{'、'.join(choices)}", f"one of {', '.join(choices)}"
    if isinstance(bare, type) and issubclass(bare, msgspec.Struct):
        names = [field.encode_name for field in fields(bare) if field.required]
        return f"一节，里面有 {'、'.join(names)}", f"a section with {', '.join(names)}"
    zh, en = _WANTED[get_origin(bare) or bare]
    return (f"{zh}，不能空", f"{en}, not empty") if meta and meta.min_length else (zh, en)


def _type_at(whole: Any, steps: list[str]) -> Any:
    """The type, with its bounds, that stands where these names and numbers lead."""
    for step in steps:
        bare = _bare(whole)
        if get_origin(bare) is tuple:
            whole = get_args(bare)[0]
        else:
            whole = next(field.type for field in fields(bare) if field.encode_name == step)
    return whole


def _value_at(tables: Any, steps: list[str]) -> object:
    for step in steps:
        tables = tables[int(step)] if isinstance(tables, list) else tables[step]
    return tables


def _bare(wanted: Any) -> Any:
    """The type itself, without its bounds and without the leave to be absent."""
    if get_origin(wanted) is Annotated:
        return _bare(get_args(wanted)[0])
    if NoneType in get_args(wanted):
        return _bare(get_args(wanted)[0])
    return wanted


def _meta(wanted: Any) -> msgspec.Meta | None:
    if get_origin(wanted) is Annotated:
        meta: msgspec.Meta = wanted.__metadata__[0]
        return meta
    return _meta(get_args(wanted)[0]) if NoneType in get_args(wanted) else None
