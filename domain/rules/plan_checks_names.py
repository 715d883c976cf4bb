"""Whether every name in the plan leads somewhere, and to one place only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from domain.rules.plan_each import numbered, twice
from domain.rules.plan_error import PlanError, nearest
from domain.rules.plan_parts import Level
from domain.rules.plan_roster import Group
from domain.rules.plan_whole import Plan, plain, words_for
from domain.rules.red_flags import GAP


def name_mistakes(plan: Plan) -> Iterator[PlanError]:
    """Names that stand for two things, or for none."""
    yield from _units(plan)
    yield from _categories(plan)
    yield from _lists(plan)
    yield from _red_flags(plan)
    yield from _lines(plan)
    yield from _groups(plan)
    yield from twice(
        (f"{place}.key", one.key) for place, one in numbered("purposes", plan.purposes)
    )


def _units(plan: Plan) -> Iterator[PlanError]:
    """One word, one unit; else `/coverage 七` could mean two things."""
    root, *others = plan.units
    places = [
        *(place for place, _ in numbered("departments", plan.departments)),
        *(place for place, _ in numbered("grades", plan.grades)),
    ]
    words = [("school.root", word) for word in words_for(root)]
    for place, unit in zip(places, others, strict=True):
        name, *aliases = words_for(unit)
        words += [(f"{place}.name", name), *((f"{place}.aliases", word) for word in aliases)]
    yield from twice(words)


def _categories(plan: Plan) -> Iterator[PlanError]:
    categories = numbered("categories", plan.categories)
    yield from twice((f"{place}.key", one.key) for place, one in categories)
    # 其他 is the name of two; an alias tells the bureau's apart.
    for level in get_args(Level):
        yield from twice((f"{at}.name", one.name) for at, one in categories if one.level == level)
    yield from twice(
        (f"{place}.aliases", word) for place, one in categories for word in one.aliases
    )
    for place, one in categories:
        yield from _unknown_department(plan, f"{place}.department", one.department)


def _unknown_department(plan: Plan, place: str, said: str) -> Iterator[PlanError]:
    """A mistake when no department has just that name; others compare names, not aliases."""
    names = [department.name for department in plan.departments]
    if said in names:
        return
    unit = plan.unit(said)
    meant = unit.name if unit and unit.name in names else nearest(said, names)
    yield PlanError(
        place,
        f"departments 里没有“{said}”，请改成其中的名称" + (f"，也许是 {meant}" if meant else ""),
        f"“{said}” isn't among the departments; write the name of one"
        + (f", perhaps {meant}" if meant else ""),
    )


def _lists(plan: Plan) -> Iterator[PlanError]:
    lists = numbered("lists", plan.lists)
    yield from twice((f"{place}.key", one.key) for place, one in lists)
    yield from twice((f"{place}.name", word) for place, one in lists for word in words_for(one))
    for place, one in lists:
        yield from twice(numbered(f"{place}.headings", one.headings))


def _red_flags(plan: Plan) -> Iterator[PlanError]:
    kinds = numbered("red_flags.kinds", plan.red_flags.kinds)
    yield from twice((f"{place}.key", kind.key) for place, kind in kinds)
    for place, kind in kinds:
        yield from twice(numbered(f"{place}.words", kind.words))
        yield from _gaps(f"{place}.words", kind.words)
        yield from _gaps(f"{place}.exceptions", kind.exceptions)
        words = {plain(word) for word in kind.words}
        for at, exception in numbered(f"{place}.exceptions", kind.exceptions):
            if plain(exception) in words:
                yield PlanError(
                    at,
                    f"“{exception}”也在 words 里，写成例外它就永远不报，请删去一处",
                    f"“{exception}” is one of words too and would never raise a flag;"
                    " delete one of the two",
                )
    yield from _unknown_department(plan, "red_flags.department", plan.red_flags.department)


def _gaps(place: str, words: Iterable[str]) -> Iterator[PlanError]:
    """A gap stands between two pieces of a word."""
    for at, word in numbered(place, tuple(words)):
        if not all(piece.strip() for piece in word.split(GAP)):
            yield PlanError(
                at,
                f"“{word}”的“{GAP}”两边都要有字，例：割{GAP}手",
                f"the “{GAP}” in “{word}” must have something on both sides, as in 割{GAP}手",
            )


def _lines(plan: Plan) -> Iterator[PlanError]:
    """A unit has one leader, and a leader answers for units that there are."""
    lines = numbered("roster.lines", plan.roster.lines)
    owned = [
        pair for place, line in lines for pair in numbered(f"{place}.departments", line.departments)
    ]
    for place, department in owned:
        yield from _unknown_department(plan, place, department)
    yield from twice(owned)
    grades = [(f"{place}.grade", line.grade) for place, line in lines if line.grade is not None]
    yield from twice((place, str(grade)) for place, grade in grades)
    known = [grade.grade for grade in plan.grades]
    for place, grade in grades:
        if grade not in known:
            yield PlanError(
                place,
                f"grades 里没有 {grade}，请写 {'、'.join(map(str, known))} 之一",
                f"{grade} isn't among the grades; write one of {', '.join(map(str, known))}",
            )


def _groups(plan: Plan) -> Iterator[PlanError]:
    yield from _unknown_department(plan, "roster.office", plan.roster.office)
    yield from _twice_in_group("roster.leading_group", plan.roster.leading_group)
    yield from _twice_in_group("roster.working_group", plan.roster.working_group)
    posts = numbered("roster.posts", plan.roster.posts)
    yield from twice((f"{place}.name", one.name) for place, one in posts)


def _twice_in_group(place: str, group: Group) -> Iterator[PlanError]:
    yield from twice(
        [
            (f"{place}.head", group.head),
            (f"{place}.deputy_head", group.deputy_head),
            *numbered(f"{place}.members", group.members),
        ]
    )
