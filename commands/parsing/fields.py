"""What was said after a command's name, part by part: by its label, or by its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from commands.declarations import Action, Command, Field
from commands.parsing.classes import parse_seat, seat_at
from commands.parsing.dates import is_a_day
from commands.parsing.lexicon import Lexicon
from commands.parsing.near import near
from commands.parsing.said import Doubt, Given, Parts, Span
from commands.parsing.values import (
    READERS,
    Scan,
    after_label,
    class_end,
    date_end,
    end_of,
    is_refusal,
    token_end,
)

_SKIP = re.compile(r"[\s,、:]*")
_SPACE = re.compile(r"\s*")
_END = re.compile(r"[\s,。;!?、)]|\Z")
# A stop that nothing follows isn't text.
_NOTHING = re.compile(r"[\s,。;!?、:.~…]*\Z")
_LIKE_A_LABEL = re.compile(r"([^\W\d_]{2,12})[ \t]*[:=]")
_LIKE_A_LABEL_AHEAD = re.compile(r"(?<=[\s,。;!?、])([^\W\d_]{2,12})[ \t]*[:=]")
# Looking closer costs time, and nobody mistypes more than this in one message.
_LOOKED_AT = 12


def read_fields(
    message: str, said: str, span: Span, command: Command, action: Action, lexicon: Lexicon
) -> tuple[Parts, tuple[Doubt, ...]]:
    """What stands in that span of the message (`said` is the same made plain), field by field."""
    scan = Scan(message, said, span.end, lexicon.actions[command.name, action.name], lexicon)
    reading = _Reading(scan, command, action)
    reading.read(span.start)
    return reading.parts(), tuple(reading.doubts)


def read_labels(
    message: str, said: str, span: Span, command: Command, action: Action, lexicon: Lexicon
) -> Parts | None:
    """The same for a span that must consist of labels alone; else None."""
    scan = Scan(message, said, span.end, lexicon.actions[command.name, action.name], lexicon)
    reading = _Reading(scan, command, action)
    reading.read(span.start)
    return None if reading.by_place else reading.parts()


class _Reading:
    """One command being read, from left to right."""

    def __init__(self, scan: Scan, command: Command, action: Action) -> None:
        self.scan = scan
        self.command = command
        self.action = action
        self.given: dict[str, list[Given]] = {}
        self.doubts: list[Doubt] = []
        self.refusal: Span | None = None  # said by its place, so perhaps the text's first word
        self.looked = 0
        self.by_place = False  # whether anything stood without its label

    def parts(self) -> Parts:
        return {name: tuple(said) for name, said in self.given.items()}

    def read(self, pos: int) -> None:
        said, end = self.scan.said, self.scan.end
        while (pos := end_of(_SKIP, said, pos, end)) < end:
            pos = self.label(pos) or self.unlabelled(pos)

    def label(self, pos: int) -> int | None:
        """诉求：… takes all up to the next label; 方式=电话 only its word."""
        words = self.scan.words
        match = words.label_here.match(self.scan.said, pos, self.scan.end)
        field = match and self.action.field(words.labels[match[1]])
        if not match or not field:
            return None
        if field.type == "text":
            return self.section(field.name, match.end())
        return self.labelled_value(field, match.end())

    def section(self, field: str, pos: int) -> int:
        start = end_of(_SPACE, self.scan.said, pos, self.scan.end)
        if self.scan.words.label_here.match(self.scan.said, start, self.scan.end):
            return start
        stop = self.next_label(start)
        self.keep(field, start, stop)
        self.doubt_labels(start, stop)
        return stop

    def labelled_value(self, field: Field, pos: int) -> int:
        scan = self.scan
        start = end_of(_SPACE, scan.said, pos, scan.end)
        if start == scan.end or scan.words.label_here.match(scan.said, start, scan.end):
            return start
        end = after_label(scan, field, start)
        if end is not None:
            self.take(field, start, end)
            return end
        end = token_end(scan, field, start) or start + 1
        if field.type == "choice":
            self.doubt_choice(field, start, end)
        else:
            self.doubt_value(field, start, end)
        return end

    def unlabelled(self, pos: int) -> int:
        self.by_place = True
        return self.mistyped_label(pos) or self.place(pos) or self.rest(pos)

    def mistyped_label(self, pos: int) -> int | None:
        """方试=电话 before the text began: doubted, and its word not taken for a name."""
        match = _LIKE_A_LABEL.match(self.scan.said, pos, self.scan.end)
        meant = self.meant(match[1]) if match else ()
        field = self.action.field(meant[0]) if meant else None
        if not match or not field or field.type == "text":
            return None
        self.doubts.append(Doubt("label", Span(*match.span(1)), near=meant))
        start = end_of(_SPACE, self.scan.said, match.end(), self.scan.end)
        return after_label(self.scan, field, start) or token_end(self.scan, field, start) or start

    def place(self, pos: int) -> int | None:
        """The first field still open that reads what stands here."""
        found = self.day_before_class(pos) or self.number_after_name(pos)
        if found := found or self.day_after_child(pos):
            return found
        for how, field in self.scan.words.places:
            if field.name in self.given or how == "text":
                continue
            if how == "date" and self.no_day(field, pos):
                continue
            end = READERS[how](self.scan, field, pos)
            if end is not None and end > pos:
                self.take(field, pos, end)
                if is_refusal(self.scan.lexicon, field, self.scan.said[pos:end]):
                    self.refusal = Span(pos, end)
                return end
        return None

    def day_before_class(self, pos: int) -> int | None:
        """9-3 七3: what could be either is the day when a sure class follows."""
        class_, day = self.action.field("class_"), self.action.field("day")
        if not class_ or not day or class_.name in self.given or day.name in self.given:
            return None
        end = date_end(self.scan, day, pos)
        if end is None:
            return None
        after = end_of(_SKIP, self.scan.said, end, self.scan.end)
        if class_end(self.scan, class_, after) is None or date_end(self.scan, day, after):
            return None
        self.take(day, pos, end)
        return end

    def number_after_name(self, pos: int) -> int | None:
        """七3 王小明 12号: the child's number once more, or a day; who knows the list tells."""
        day, said = self.action.field("day"), self.given.get("student", [])
        if not day or day.required or day.name in self.given or len(said) != 1:
            return None
        number = seat_at(self.scan.said, pos, self.scan.end)
        if "class_" not in self.given or number is None or parse_seat(said[0].text) is not None:
            return None
        if not self.ends(number[1]):
            return None
        self.keep("student", pos, number[1])
        return number[1]

    def ends(self, pos: int) -> bool:
        """Whether what ends there is a word of its own."""
        return _END.match(self.scan.said, pos, self.scan.end) is not None

    def day_after_child(self, pos: int) -> int | None:
        """12号 9-2: the child is said, so this is no longer the class's place."""
        day = self.action.field("day")
        if not day or day.name in self.given or not {"student", "teacher"} & set(self.given):
            return None
        if self.another_seat(pos):
            return None
        end = date_end(self.scan, day, pos)
        if end is not None:
            self.take(day, pos, end)
        return end

    def another_seat(self, pos: int) -> bool:
        """1号 2号: after a number in class another is a child too, and not the second."""
        said = self.given.get("student")
        return bool(
            said and parse_seat(said[-1].text) and seat_at(self.scan.said, pos, self.scan.end)
        )

    def no_day(self, day: Field, pos: int) -> bool:
        """七3 12号: right after a class it is the child's number, and no day of the month.

        So is a further one after the child, unless a day must be said.
        """
        if "student" in self.given or self.action.field("student") is None:
            return not day.required and self.another_seat(pos)
        class_said = "class_" in self.given
        return class_said and seat_at(self.scan.said, pos, self.scan.end) is not None

    def rest(self, pos: int) -> int:
        """Anything else: the text, or more than this command takes."""
        stop = self.next_label(pos)
        if _NOTHING.match(self.scan.said, pos, stop):
            return stop
        if not self.scan.words.text:
            self.doubts.append(Doubt("leftover", self.trimmed(pos, stop)))
            return stop
        if self.refusal and end_of(_SKIP, self.scan.said, self.refusal.end, stop) == pos:
            pos = self.refusal.start
        self.keep(self.scan.words.text.name, pos, stop)
        self.doubt_labels(pos, stop)
        return stop

    def take(self, field: Field, start: int, end: int) -> None:
        if field.type == "date" and not is_a_day(self.scan.raw[start:end]):
            self.doubt_value(field, start, end)
        else:
            self.keep(field.name, start, end)

    def keep(self, field: str, start: int, stop: int) -> None:
        span = self.trimmed(start, stop)
        if span.start < span.end:
            self.given.setdefault(field, []).append(Given(span.of(self.scan.raw), span))

    def trimmed(self, start: int, stop: int) -> Span:
        text = self.scan.raw[start:stop]
        start += len(text) - len(text.lstrip())
        return Span(start, max(start, start + len(text.strip())))

    def next_label(self, pos: int) -> int:
        for match in self.scan.words.label_ahead.finditer(self.scan.said, pos, self.scan.end):
            # The ? of a web address is no end of a sentence: https://…/?date=9-3
            if match.start() > pos and self.scan.raw[match.start() - 1] != "?":
                return match.start()
        return self.scan.end

    def doubt_value(self, field: Field, start: int, end: int) -> None:
        """Kept as well, so that whoever reads it can't take it for unsaid."""
        self.keep(field.name, start, end)
        self.doubts.append(Doubt("value", Span(start, end), field.name))

    def doubt_choice(self, field: Field, start: int, end: int) -> None:
        words = self.scan.lexicon.choices[field.name]
        open_to = [word for word, choice in words.items() if choice in field.choices]
        meant = self.near(self.scan.said[start:end], open_to)
        choices = tuple(dict.fromkeys(words[word] for word in meant))
        self.doubts.append(Doubt("choice", Span(start, end), field.name, choices))

    def doubt_labels(self, start: int, stop: int) -> None:
        """Look in a text for what may have been meant as a label; it stays in the text."""
        looked = _LIKE_A_LABEL_AHEAD.finditer(self.scan.said, start, stop)
        for match in islice(looked, _LOOKED_AT):
            span = Span(*match.span(1))
            if elsewhere := self.of_another_action(match[1]):
                self.doubts.append(Doubt("label", span, elsewhere))
            elif meant := self.meant(match[1]):
                self.doubts.append(Doubt("label", span, near=meant))

    def of_another_action(self, typed: str) -> str | None:
        """/visit V12 方式=电话: a label of this command, but adding takes no method."""
        if typed in self.scan.words.labels:
            return None
        actions = (
            self.scan.lexicon.actions[self.command.name, a.name] for a in self.command.actions
        )
        return next((a.labels[typed] for a in actions if typed in a.labels), None)

    def meant(self, typed: str) -> tuple[str, ...]:
        """The fields of which it may be a mistyped label."""
        labels = self.scan.words.labels
        if typed in labels:
            return ()
        return tuple(dict.fromkeys(labels[word] for word in self.near(typed, labels)))

    def near(self, typed: str, words: Iterable[str]) -> tuple[str, ...]:
        self.looked += 1
        return near(typed, words) if self.looked <= _LOOKED_AT else ()
