"""I9: nobody reads a family's words or a child's name beyond their scope, a group none at all."""

from __future__ import annotations

from functools import cache

from chat.console.names import DIRECT
from chat.dingtalk.names import direct_chat
from domain.models import OutboxEntry, Problem, Visit, Voice
from domain.queries.opening import opened
from domain.queries.people import standing_of
from domain.queries.problems import problem_of
from domain.records import today
from domain.rules.policy import READING, Target, reaches
from domain.rules.problem_sight import sees
from tests.fixtures.dingtalk_door import account
from tests.fixtures.house import CHILDREN
from tests.stateful.life import Life
from tests.stateful.post import Letter

# Who are teachers and nothing else, whatever is done to the roster, and their class.
CLASS_OF = {"林晓": "七3", "高远": "八1"}

# One stands in the examples that help gives, where it is nobody's.
NAMES = frozenset(name for _class, _seat, name, *_rest in CHILDREN) - {"王小明"}


async def nobody_reads_beyond_their_scope(life: Life) -> None:
    """What was told since it was looked at last, at the very instant."""
    for letter in life.post.letters[life.looked_up_to("letters") :]:
        await _fits(life, await _reader(life, letter), letter.text, "")
    life.look_up_to("letters", [len(life.post.letters)])
    answered, life.answered = life.answered, []
    for said in answered:
        for reply in said.replies:
            reader = said.who if reply["chat"] == DIRECT else None
            # Who reads their own words again reads nothing new.
            await _fits(life, reader, str(reply), said.text if reader else "")


async def _reader(life: Life, letter: Letter) -> str | None:
    """Whom it reached one-to-one; None for a group."""
    if letter.chat != DIRECT:
        return _chats(tuple(life.people)).get(letter.chat)
    assert letter.trail is not None
    entry = await OutboxEntry.get(id=int(letter.trail.rpartition(":")[2]))
    return next(name for name, person in life.people.items() if person == entry.person_id)


@cache
def _chats(people: tuple[str, ...]) -> dict[str, str]:
    return {direct_chat(account(name)): name for name in people}


async def _fits(life: Life, reader: str | None, text: str, own: str) -> None:
    words = [word for word in life.words if word in text and word not in own]
    names = [name for name in NAMES if name in text and name not in own]
    if reader is None:
        assert not words, f"a group reads a family's words: {text}"
        assert not names, f"a group reads a child's name: {text}"
        return
    for word in words:
        assert await _may_read(life, reader, word), f"{reader} reads {word}: {text}"
    for name in names:
        assert await _may_name(life, reader, name), f"{reader} reads {name}: {text}"


async def _may_read(life: Life, reader: str, word: str) -> bool:
    """Who said it, and who may know of the problem that it became.

    A teacher answers for nothing here: so whatever the rules say, they read what they said, and
    what was said of their own class.
    """
    if reader in CLASS_OF:
        said = next(one.text for one in life.said.values() if word in one.text)
        return life.words[word] == reader or CLASS_OF[reader] in said
    standing = await standing_of(life.people[reader], await today())
    for first in await _problems_of(word):
        number: int | None = first
        while number is not None:
            problem = await problem_of(number)
            assert problem is not None
            if standing.person in problem.sight.barred:
                return False
            if sees(standing, problem.sight):
                return True
            number = (await Problem.get(id=number)).merged_into_id
    # Whose family it is may read what was heard at the visit.
    at_visits = any(
        reaches(
            standing, READING["family"], Target(grade=place[0], school_class=life.classes[place])
        )
        for place in await _visited(life, word)
    )
    return at_visits or life.words[word] == reader


async def _problems_of(word: str) -> list[int]:
    """The problems in whose words it stands."""
    return [one.problem_id for one in await _voices(word) if one.problem_id is not None]


async def _visited(life: Life, word: str) -> list[tuple[int, int]]:
    """The classes at whose families it was heard."""
    ids = [one.visit_id for one in await _voices(word)]  # type: ignore[attr-defined]
    visits = await Visit.filter(id__in=[one for one in ids if one is not None])
    there = {one.school_class_id for one in visits}  # type: ignore[attr-defined]
    return [place for place, row in life.classes.items() if row in there]


async def _voices(word: str) -> list[Voice]:
    voices = await Voice.all().prefetch_related("key")
    return [one for one in voices if word in (opened(one, "words", one.key) or "")]


async def _may_name(life: Life, reader: str, name: str) -> bool:
    """Whose seat reaches a class where a child of that name is, who visited it, who named it."""
    person = life.people[reader]
    standing = await standing_of(person, await today())
    for place, _seat, child, *_rest in CHILDREN:
        target = Target(grade=place[0], school_class=life.classes[place])
        if child == name and reaches(standing, READING["family"], target):
            return True
    named = any(said.who == reader and name in said.text for said in life.said.values())
    return named or await Visit.filter(recorded_by_id=person).exists()
