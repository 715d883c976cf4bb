"""At least one view of every notice, and one of each way in which it may be told."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from domain.notices.values import Count, Forecast, FormField
from domain.notices.views import (
    AskedSeen,
    Child,
    ChoiceSeen,
    ClassImpossibleSeen,
    ClassName,
    CorrectionSeen,
    CoveredSeen,
    DaySeen,
    NameInGroupSeen,
    Namesake,
    NoClassOfYoursSeen,
    NotAllowedSeen,
    OptionSeen,
    PlainSeen,
    SeatSeen,
    TakenForSeen,
    TooManySeen,
    UnitName,
    View,
    VisitSeen,
    VisitUnknownSeen,
)
from domain.notices.views_fixing import FixRefusedSeen
from domain.notices.views_looking import CoverageSeen, HelpSeen, TodoItemSeen, TodoSeen, WhoamiSeen
from domain.notices.views_roster import (
    ChangeSeen,
    DaysSeen,
    FindingSeen,
    FirstSeatSeen,
    LeaveRefusedSeen,
    LeaveSeen,
    LineSeen,
    RosterCheckedSeen,
    RosterHistorySeen,
    RosterSeen,
    RosterUndoneSeen,
    SeatAskedSeen,
    SeatChangedSeen,
)
from domain.notices.views_talks import (
    ArrangedSeen,
    ArrangementSeen,
    ArrangementsSeen,
    NotYourLeaderSeen,
    NumberUnknownSeen,
    RecordOfOthersSeen,
    TalkBuiltOnSeen,
    TalkCorrectionSeen,
    TalkSeen,
)
from domain.notices.views_undoing import BuiltOnSeen, DeedSeen, VisitTakenBackSeen
from tests.chat.samples_intake import INTAKE
from tests.chat.samples_lists import LISTED
from tests.chat.samples_newcomers import NEWCOMERS
from tests.chat.samples_problem_line import LOGISTICS
from tests.chat.samples_problems import PROBLEMS

TODAY = date(2018, 9, 5)
SCHOOL_TIME = timezone(timedelta(hours=8))
COMMANDS = (
    "visit",
    "talk",
    "arrange",
    "undo",
    "fix",
    "todo",
    "coverage",
    "note",
    "roster",
    "whoami",
    "help",
)
ROLES = ("teacher", "liaison", "leader", "working", "office", "deputy_head", "head", "admin")

# Names and words that no sentence or example of ours holds.
NAME, OTHER_NAME, SAID = "陈一诺", "沈知夏", "饭菜太咸，孩子吃不惯"

CLASS = ClassName(7, "七年级", 3)
SENIOR = ClassName(11, "高二年级", 12)
SCHOOL = UnitName("school", "全校")
GRADE = UnitName("grade", "七年级", 7)
SENIORS = UnitName("grade", "高二年级", 11)
OFFICE = UnitName("department", "总务处")
CHILD = Child(CLASS, 12, NAME)
OTHER = Child(SENIOR, 5, OTHER_NAME)
UNSEATED = Child(CLASS, None, NAME, "陈**")
UNKNOWN = Child(CLASS, None, None)
NAMESAKE = Child(CLASS, 13, NAME)
YESTERDAY = date(2018, 9, 4)

PACE = Forecast(share=0.41, by=date(2018, 9, 15), seen=12, days=19, per_week=4.4)
BELOW = Count(families=400, visited=108, refused=2, by_phone=3, minimum=0.33)


def unit_of(school_class: ClassName) -> UnitName:
    return UnitName("class", str(school_class), school_class.grade, school_class)


def covered(unit: UnitName, count: Count) -> CoveredSeen:
    return CoveredSeen(unit=unit, count=count)


def option(
    kind: str, value: str | Child | UnitName | SeatSeen | Namesake, number: int
) -> OptionSeen:
    return OptionSeen(kind, value, str(number))


def family(
    student: Child,
    why: str,
    last: date | None = None,
    due: date | None = None,
    *,
    special: bool = False,
) -> TodoItemSeen:
    return TodoItemSeen(student=student, why=why, last=last, due=due, special=special)


def seat(role: str, unit: UnitName, for_person: str | None = None) -> SeatSeen:
    return SeatSeen(role=role, unit=unit, for_person=for_person)


def line(leader: str, *units: UnitName) -> LineSeen:
    return LineSeen(leader=leader, units=units)


_ANSWERS = ("situation", "character", "learning", "targets", "mood", "revision")
_FORM = (
    FormField("kind", "choice", choices=("home", "contact")),
    FormField("class_", "class", required=True),
    FormField("student", "student", required=True),
    FormField("result", "choice", choices=("visited", "refused")),
    FormField("method", "choice", choices=("home", "school", "phone", "video", "wechat")),
    FormField("day", "date"),
    FormField("text", "text"),
    FormField("words", "text"),
    FormField("companions", "people"),
    *(FormField(name, "text") for name in _ANSWERS),
)
_TEACHER_FORM = (
    FormField("kind", "choice", required=True, choices=("teacher",)),
    FormField("teacher", "person", required=True),
)

_VISIT = VisitSeen(
    notice="VisitRecorded",
    outcome="ok",
    understood={"command": "visit", "action": "record", "class_": "七年级3班"},
    visit=12,
    class_=CLASS,
    student=CHILD,
    teacher=None,
    day=TODAY,
    today=TODAY,
    kind="home",
    method="home",
    result="visited",
    coverage=(
        covered(unit_of(CLASS), Count(families=45, visited=13, minimum=0.33)),
        covered(GRADE, replace(BELOW, forecast=PACE)),
    ),
)
_TALK = replace(_VISIT, student=None, class_=None, teacher="李梅", kind="teacher", coverage=())

VISITS = (
    _VISIT,
    replace(_VISIT, words=SAID, has_words=True, text=SAID, answers={"situation": SAID}),
    replace(_VISIT, words=SAID, has_words=True, problem=57, open_questions=_ANSWERS[:2]),
    replace(_VISIT, words=SAID, has_words=True, problem=57, further=(58, 59), late_by=5),
    replace(
        _VISIT,
        words=SAID,
        has_words=True,
        problem=57,
        asks=LOGISTICS,
        because=("晚托",),
        similar=(41,),
    ),
    replace(_VISIT, has_words=True, private=False, open_questions=_ANSWERS[:2]),
    replace(_VISIT, has_words=True, private=False, problem=57, open_questions=_ANSWERS[:1]),
    replace(_VISIT, open_questions=_ANSWERS[3:4], companions=("李梅", "蔡平")),
    replace(_VISIT, kind="contact", method="phone", student=OTHER, class_=SENIOR),
    replace(_VISIT, result="refused", method="wechat", student=UNSEATED),
    replace(_VISIT, result="refused"),
    replace(_VISIT, day=YESTERDAY),
    replace(_VISIT, method="video", student=UNSEATED, private=False),
    replace(_VISIT, method="school", student=UNKNOWN, private=False),
    replace(_VISIT, added=_ANSWERS[:2], words=SAID, has_words=True, coverage=()),
    replace(_VISIT, added=("words",), words=SAID, has_words=True, coverage=()),
    replace(_VISIT, coverage=(covered(GRADE, BELOW),)),
    replace(_VISIT, coverage=(covered(GRADE, replace(BELOW, visited=200)),)),
    replace(_VISIT, coverage=(covered(GRADE, replace(BELOW, minimum=None)),)),
    replace(_VISIT, coverage=(covered(GRADE, Count(families=0, visited=0)),)),
    _TALK,
    replace(_TALK, teacher=None, private=False),
    replace(_TALK, added=("text",)),
    replace(_TALK, added=("text",), teacher=None),
    replace(_VISIT, undone=True),
    replace(_VISIT, corrected=True),
    replace(_VISIT, undone=True, added=_ANSWERS[:2]),
)
SHARED = (
    replace(_VISIT, notice="VisitShared", by="李梅"),
    replace(_TALK, notice="VisitShared", by=None),
)
_CHANGES = (
    CorrectionSeen(column="day", before=TODAY, after=YESTERDAY),
    CorrectionSeen(column="method", before="home", after="phone"),
    CorrectionSeen(column="student", before=CHILD, after=OTHER),
    CorrectionSeen(column="companions", before=None, after="李梅"),
    CorrectionSeen(column="companions", before="蔡平", after=None),
    CorrectionSeen(column="character", before=None, after=None),
)
_FIXED = replace(_VISIT, notice="VisitFixed", corrected=True, changes=_CHANGES)
FIXED = (
    replace(_FIXED, told=("李梅",)),
    replace(_FIXED, private=False, text=SAID, answers={"character": SAID}, coverage=()),
    replace(_FIXED, undone=True, changes=()),
)
FIXED_SHARED = tuple(
    replace(_FIXED, notice="VisitFixedShared", by=by, undone=undone, coverage=())
    for by, undone in (("许宁", False), (None, True))
)
_FIX_REFUSED = FixRefusedSeen(notice="WordsStay", outcome="refuse", reason="not_allowed", visit=12)
_VOIDED = replace(
    _VISIT, notice="VisitVoided", undone=True, voided=True, grounds=SAID, told=("李梅",)
)
VOIDED = (
    _VOIDED,
    replace(_VOIDED, private=False, told=(), coverage=()),
    replace(_VOIDED, voided=False),
)
VOIDED_SHARED = (
    replace(_VOIDED, notice="VisitVoidedShared", by="许宁", told=(), coverage=()),
    replace(_VOIDED, notice="VisitVoidedShared", by=None, voided=False, grounds=None),
)
UNDONE = (
    replace(_VISIT, notice="VisitUndone", what="void", coverage=()),
    replace(_VISIT, notice="VisitUndone", undone=True, coverage=()),
    replace(_VISIT, notice="VisitUndone", undone=True, private=False, told=("李梅", "蔡平")),
    replace(_VISIT, notice="VisitUndone", added=("character", "words"), told=("李梅",)),
    replace(_TALK, notice="VisitUndone", added=("text",)),
    replace(_VISIT, notice="VisitUndone", added=("day", "student"), what="fix", coverage=()),
)
UNDONE_SHARED = (
    replace(_VISIT, notice="VisitUndoneShared", undone=True, by="李梅"),
    replace(_VISIT, notice="VisitUndoneShared", what="along", by=None),
    replace(_VISIT, notice="VisitUndoneShared", what="fix", by="李梅"),
    replace(_VISIT, notice="VisitUndoneShared", what="void", by="李梅"),
)
_TOO_LATE = DeedSeen(
    notice="UndoTooLate",
    outcome="refuse",
    reason="too_late",
    kind="visit.record",
    record=12,
    at=datetime(2018, 9, 5, 8, 3, tzinfo=SCHOOL_TIME),
    today=TODAY,
    minutes=10,
)
TOO_LATE = (
    _TOO_LATE,
    replace(_TOO_LATE, kind="visit.add", at=datetime(2018, 9, 4, 16, 20, tzinfo=SCHOOL_TIME)),
    replace(_TOO_LATE, kind="visit.fix"),
    replace(_TOO_LATE, at=None),
    *(
        replace(_TOO_LATE, kind=kind)
        for kind in (
            "visit.void",
            "talk.record",
            "talk.add",
            "talk.fix",
            "arrange.plan",
            "arrange.call_off",
            "arrange.move",
        )
    ),
    replace(_TOO_LATE, kind="problem.list", record=57),
    *(
        replace(_TOO_LATE, kind=f"roster.{deed}")
        for deed in ("set", "add", "remove", "leave", "leave_end", "bind", "room")
    ),
)
_IMPOSSIBLE = replace(_TOO_LATE, notice="UndoImpossible", reason="wrong_state", at=None)
IMPOSSIBLE = (
    _IMPOSSIBLE,
    replace(_IMPOSSIBLE, kind="roster.bind", person="柯无人"),
    replace(_IMPOSSIBLE, kind="roster.decline"),
)
BUILT_ON = tuple(
    BuiltOnSeen(
        notice="UndoBuiltOn",
        outcome="refuse",
        reason="wrong_state",
        visit=visit,
        by=by,
        problem=problem,
    )
    for visit, by, problem in ((12, ("李梅",), None), (12, (), 57), (None, (), 57))
)
TWICE = (
    replace(
        _VISIT,
        notice="VisitTwice",
        outcome="choose",
        about="visit",
        options=(option("word", "again", 1), option("word", "add", 2), option("word", "drop", 3)),
    ),
)
NAMED = (
    NameInGroupSeen(notice="NameInGroup", outcome="ok", visit=12),
    NameInGroupSeen(notice="NameInGroup", outcome="ok", visit=12, others=(13, 14)),
    NameInGroupSeen(notice="NameInGroup", outcome="ok", visit=None),
)

_TOLD = TalkSeen(
    notice="TalkRecorded",
    outcome="ok",
    talk=3,
    form="film",
    audience="families",
    people=120,
    unit=None,
    day=TODAY,
    today=TODAY,
    note=SAID,
    by="李梅",
)
TALKS = (
    _TOLD,
    replace(_TOLD, private=False, people=None, unit=GRADE, day=YESTERDAY, companions=("蔡平",)),
    replace(_TOLD, form="meeting", audience=None, note=None, unit=unit_of(CLASS)),
    replace(_TOLD, added=("text", "companions")),
)
_TALK_FIXED = replace(
    _TOLD,
    notice="TalkFixed",
    corrected=True,
    told=("李梅",),
    changes=(
        TalkCorrectionSeen(column="people", before=43, after=34),
        TalkCorrectionSeen(column="form", before="film", after="lecture"),
        TalkCorrectionSeen(column="day", before=YESTERDAY, after=TODAY),
        TalkCorrectionSeen(column="place", before=None, after=GRADE),
        TalkCorrectionSeen(column="place", before=OFFICE, after=None),
    ),
)
TALKS_FIXED = (_TALK_FIXED, replace(_TALK_FIXED, told=(), private=False, undone=True))
_OF_OTHERS = RecordOfOthersSeen(
    notice="RecordOfOthers",
    outcome="refuse",
    reason="not_allowed",
    letter="V",
    number=12,
    by="李梅",
    command="undo",
    yours=(),
    who=("liaison", "office"),
    minutes=10,
)
OF_OTHERS = (
    _OF_OTHERS,
    replace(_OF_OTHERS, yours=("fix", "add")),
    replace(_OF_OTHERS, yours=("add",)),
    replace(_OF_OTHERS, letter="A", yours=("call_off",), who=()),
    replace(_OF_OTHERS, letter="A", who=()),
    replace(_OF_OTHERS, letter="T", command="fix", yours=("add",)),
    replace(_OF_OTHERS, command="fix", by=None),
    replace(_OF_OTHERS, command="visit", private=False),
)
TALKS_TWICE = (
    replace(
        _TOLD,
        notice="TalkTwice",
        outcome="choose",
        about="talk_number",
        options=(option("word", "add", 1), option("word", "again", 2)),
    ),
)
_ARRANGED = ArrangedSeen(
    arrangement=7,
    leader="蔡平",
    by="许宁",
    day=date(2018, 9, 7),
    matter="visit",
    unit=None,
    student=CHILD,
    note=SAID,
)
_ARRANGEMENT = ArrangementSeen(
    notice="ArrangementMade",
    outcome="ok",
    arrangement=7,
    arranged=_ARRANGED,
    today=TODAY,
    told=("蔡平",),
    reminded="07:30",
)
_PLACES = (
    _ARRANGED,
    replace(_ARRANGED, student=None, unit=unit_of(CLASS), note=None),
    replace(_ARRANGED, student=None),
    replace(_ARRANGED, student=None, unit=GRADE, matter="talk"),
    replace(_ARRANGED, student=None, matter="talk", own=True),
)


def arrangements(notice: str, **more: object) -> tuple[ArrangementSeen, ...]:
    """A notice about each kind of arrangement, one-to-one and in a group."""
    return tuple(
        replace(_ARRANGEMENT, notice=notice, arranged=one, private=private, **more)
        for one in _PLACES
        for private in (True, False)
    )


_LEADER_AWAY = tuple(
    replace(_ARRANGED, away=True, deputy=deputy, standing_in=standing_in)
    for deputy, standing_in in (("孙茜", False), ("孙茜", True), (None, False))
)
_LIST = ArrangementsSeen(
    notice="ArrangementsShown", outcome="ok", for_me=_PLACES, by_me=_PLACES[:2], more=3
)
_OVER = tuple(
    replace(_ARRANGED, **become) for become in ({"called_off": True}, {"visit": 12}, {"talk": 3})
)
_NOT_YOURS = NotYourLeaderSeen(
    notice="NotYourLeader",
    outcome="refuse",
    reason="not_allowed",
    about="leader",
    person="李梅",
    leads=False,
    options=(option("person", "蔡平", 1),),
)

_ASKED = AskedSeen(
    notice="FieldsAsked",
    outcome="ask",
    about="student",
    command="visit",
    action="record",
    missing=("student",),
    form=_FORM,
    example_class=CLASS,
)
ASKED = (
    _ASKED,
    replace(_ASKED, unread=True),
    replace(_ASKED, private=False, missing=("class_", "student"), about="class_"),
    replace(_ASKED, private=False),
    replace(_ASKED, private=False, missing=("class_",), about="class_"),
    replace(_ASKED, missing=("class_", "student"), about="class_"),
    replace(_ASKED, missing=("class_",), about="class_", example_class=None),
    replace(_ASKED, action="teacher", missing=("kind",), about="kind", form=_TEACHER_FORM),
    replace(_ASKED, action="teacher", missing=("teacher",), about="teacher", form=_TEACHER_FORM),
    replace(
        _ASKED,
        action="add",
        missing=("visit",),
        about="visit",
        form=(FormField("visit", "number", required=True),),
    ),
    replace(_ASKED, command="coverage", action="show", missing=("unit",), about="unit", form=()),
    replace(_ASKED, command="arrange", action="plan", missing=("day",), about="day", form=()),
)

_CHOICE = ChoiceSeen(
    notice="ChoiceAsked",
    outcome="choose",
    about="student",
    field="student",
    typed="张伟",
    options=(option("student", CHILD, 1), option("student", OTHER, 2)),
)
CHOICES = (
    _CHOICE,
    replace(_CHOICE, private=False),
    replace(_CHOICE, private=False, typed=None),
    replace(_CHOICE, options=(option("student", CHILD, 1), option("student", NAMESAKE, 2))),
    replace(_CHOICE, options=(option("student", UNSEATED, 1), option("student", UNSEATED, 2))),
    replace(
        _CHOICE, field="teacher", options=(option("person", "李梅", 1), option("person", "李玫", 2))
    ),
    replace(_CHOICE, field="unit", options=(option("unit", OFFICE, 1), option("unit", GRADE, 2))),
    replace(_CHOICE, field="class_", options=(option("school_class", unit_of(CLASS), 1),)),
    replace(_CHOICE, field="method", options=(option("choice", "method.phone", 1),)),
    replace(_CHOICE, field="result", options=(option("word", "not_met", 1),)),
    replace(_CHOICE, field="seat", options=(option("seat", seat("leader", GRADE), 1),)),
    replace(
        _CHOICE,
        options=(
            option("person", Namesake("李梅", seat("leader", GRADE)), 1),
            option("person", Namesake("李梅", None), 2),
        ),
    ),
    replace(_CHOICE, field="person", options=(option("word", "new_colleague", 1),)),
    replace(_CHOICE, field="days", options=(option("day", "2018-09-10", 1),)),
    replace(_CHOICE, field="day", options=(option("day", "2018-09-02", 1),)),
    replace(_CHOICE, options=(option("student", "*", 1), option("person", "*", 2))),
    replace(_CHOICE, options=(option("school_class", UnitName("class", "None"), 1),)),
    replace(_CHOICE, field=None, typed=None, options=(option("field", "words", 1),)),
    replace(_CHOICE, field="whom", typed=None, options=(option("word", "new_person", 1),)),
)
_UNKNOWN = replace(
    _CHOICE,
    notice="StudentUnknown",
    outcome="suggest",
    typed="陈一若",
    class_=CLASS,
    options=(*_CHOICE.options, option("word", "not_on_list", 3)),
)
UNKNOWN_STUDENTS = (
    _UNKNOWN,
    replace(_UNKNOWN, private=False),
    replace(_UNKNOWN, class_=None, typed=None, options=()),
    replace(_UNKNOWN, options=(option("word", "not_on_list", 1),)),
)
_MEAN = replace(
    _CHOICE,
    notice="DidYouMean",
    outcome="suggest",
    about="visit",
    field=None,
    typed="加访",
    what="command",
    options=(option("command", "visit", 1), option("command", "todo", 2)),
)
MEANT = (
    _MEAN,
    replace(_MEAN, private=False),
    *(
        replace(_MEAN, what=what, typed=typed, field="method", about="method", options=())
        for what in ("command", "label", "value", "unit", "person")
        for typed in ("加访", None)
    ),
    replace(
        _MEAN,
        what="label",
        field="words",
        options=(option("field", "words", 1), option("word", "keep_as_text", 2)),
    ),
    replace(
        _MEAN,
        what="label",
        typed="方式",
        field="method",
        options=(option("word", "keep_as_text", 1),),
    ),
    *(
        replace(_MEAN, what="value", typed=typed, options=(option("word", "leave_out", 1),))
        for typed in ("再说", None)
    ),
    replace(_MEAN, what="person", typed=None, field="companions", options=(), private=False),
)
_PLAIN = PlainSeen(notice="Pointer", outcome="suggest", about="help")
POINTERS = tuple(
    replace(_PLAIN, heard=heard) for heard in ("empty", "talk", "not_text", "nothing_open")
)

_REFUSED = NotAllowedSeen(notice="NotAllowed", outcome="refuse", reason="not_allowed")
_FUTURE = DaySeen(
    notice="DayInFuture",
    outcome="refuse",
    reason="future_date",
    today=TODAY,
    day=date(2018, 9, 20),
)
_IMPOSSIBLE = ClassImpossibleSeen(
    notice="ClassImpossible",
    outcome="refuse",
    reason="impossible_class",
    grade_name="七年级",
    grade=7,
    number=13,
    classes=tuple(ClassName(7, "七年级", number) for number in (1, 2, 3, 5, 7, 8)),
)

_COVERAGE = CoverageSeen(
    notice="CoverageShown",
    outcome="ok",
    unit=GRADE,
    count=replace(
        BELOW,
        forecast=replace(PACE, needed_per_week=9),
        special=5,
        special_due=2,
        never=30,
        term_over=3,
    ),
    parts=(),
    day=TODAY,
)
COVERAGES = (
    _COVERAGE,
    replace(_COVERAGE, unit=SCHOOL, parts=(covered(GRADE, BELOW), covered(OFFICE, Count(0, 0)))),
    replace(
        _COVERAGE,
        unit=SCHOOL,
        asked=OFFICE,
        count=replace(BELOW, minimum=None),
        parts=(covered(GRADE, BELOW), covered(SENIORS, BELOW)),
    ),
    replace(
        _COVERAGE,
        unit=SCHOOL,
        count=replace(BELOW, minimum=None),
        parts=(covered(GRADE, BELOW), covered(SENIORS, replace(BELOW, minimum=0.5))),
    ),
    *(
        replace(
            _COVERAGE,
            unit=SCHOOL,
            count=replace(BELOW, minimum=None),
            parts=(
                covered(GRADE, replace(BELOW, visited=390)),
                covered(SENIORS, replace(BELOW, visited=390, minimum=minimum)),
            ),
        )
        for minimum in (0.33, None)
    ),
    replace(_COVERAGE, count=replace(BELOW, visited=133, forecast=PACE, special=5)),
    replace(_COVERAGE, unit=unit_of(SENIOR), count=Count(families=40, visited=1)),
    replace(_COVERAGE, count=Count(families=0, visited=0)),
    replace(_COVERAGE, count=replace(BELOW, never=30)),
)
_TODO = TodoSeen(
    notice="TodoShown",
    outcome="ok",
    unit=unit_of(CLASS),
    items=(
        family(CHILD, "special_due", date(2018, 6, 3), date(2018, 9, 1), special=True),
        family(OTHER, "never", special=True),
        family(UNSEATED, "term_over", date(2015, 6, 1), date(2018, 6, 1)),
        family(CHILD, "never"),
        family(CHILD, "longest", date(2017, 3, 4), None),
    ),
    more=12,
)
TODOS = (
    _TODO,
    replace(_TODO, unit=GRADE, items=(family(OTHER, "special_due"),), more=1),
    replace(_TODO, items=(family(CHILD, "term_over"),), more=0),
    replace(_TODO, items=(family(CHILD, "longest"),), more=0),
    replace(_TODO, items=(), more=0),
    replace(_TODO, items=(family(CHILD, "by_phone"), family(OTHER, "refused")), heard_only=2),
    replace(_TODO, items=(family(CHILD, "never"), family(OTHER, "refused")), heard_only=1),
    replace(_TODO, heard_only=3),
    replace(
        _TODO,
        items=(
            replace(family(CHILD, "arranged", due=TODAY), arrangement=7),
            replace(family(CHILD, "arranged", due=TODAY), arrangement=8, student=None, unit=GRADE),
        ),
        more=0,
    ),
    replace(
        _TODO,
        items=(
            replace(family(CHILD, "arranged", due=TODAY), arrangement=8, student=None, unit=GRADE),
        ),
        more=0,
    ),
)
WHOAMIS = (
    WhoamiSeen(
        notice="WhoamiShown",
        outcome="ok",
        person="李梅",
        seats=(
            seat("teacher", unit_of(CLASS)),
            seat("leader", OFFICE, "蔡平"),
            seat("head", SCHOOL, "邵毓君"),
        ),
    ),
    WhoamiSeen(notice="WhoamiShown", outcome="ok", person="李梅", seats=()),
)
_HELP = HelpSeen(
    notice="HelpShown",
    outcome="ok",
    commands=COMMANDS,
    command=None,
    actions=(),
    form=(),
    phase=None,
    phase_end=None,
    example_class=CLASS,
)
HELPS = (
    _HELP,
    replace(_HELP, private=False, commands=("coverage", "help")),
    *(
        replace(_HELP, phase=phase, phase_end=date(2018, 9, 15))
        for phase in ("visit", "put_right", "make_last")
    ),
    replace(_HELP, command="visit", actions=("record", "teacher", "add"), form=_FORM),
    *(
        replace(_HELP, command=name, actions=("show",), form=form, example_class=None)
        for name, form in (
            ("coverage", (FormField("unit", "unit"),)),
            ("todo", (FormField("unit", "unit"),)),
            ("roster", (FormField("unit", "unit"),)),
            ("help", (FormField("about", "command"),)),
            ("whoami", ()),
        )
    ),
)
_ROSTER = RosterSeen(
    notice="RosterShown",
    outcome="ok",
    unit=GRADE,
    leader="蔡平",
    liaison=None,
    deputy=None,
    teachers=(),
    lines=(),
    head=None,
    deputy_head=None,
    working=(),
    members=(),
)
ROSTERS = (
    _ROSTER,
    replace(
        _ROSTER, unit=unit_of(CLASS), liaison="李梅", deputy="金毓", teachers=("李梅", "柯善勤")
    ),
    replace(
        _ROSTER,
        unit=None,
        leader=None,
        lines=(line("蔡平", OFFICE, GRADE), line("沈佳宝")),
        head="邵毓君",
        deputy_head="何国良",
        members=("孙茜", "蔡平"),
        working=("何国良", "谷辉", "杨力军"),
        working_head="何国良",
        working_deputy="谷辉",
    ),
    replace(_ROSTER, office=("唐果",)),
    replace(_ROSTER, unit=None, leader=None, lines=(line("蔡平", OFFICE, GRADE),)),
    replace(_ROSTER, unit=None, leader=None, lines=(), head="邵毓君", working=("谷辉",)),
)


def change(action: str, **more: Any) -> ChangeSeen:
    """A change of the roster."""
    seen: dict[str, Any] = dict.fromkeys(
        ("person", "role", "unit", "before", "deputy", "since", "until", "by")
    )
    said = {"action": action, "day": YESTERDAY, "since": TODAY, "by": "方正"}
    return ChangeSeen(**seen | said | more)


def amiss(kind: str, *units: UnitName, people: tuple[str, ...] = (), **more: Any) -> FindingSeen:
    """Something amiss with the roster."""
    seen: dict[str, Any] = dict.fromkeys(("role", "since", "until"))
    return FindingSeen(kind=kind, units=units, people=people, **seen | more)


_SEAT: dict[str, Any] = {"person": "孙茜", "role": "leader", "unit": GRADE}
_LATER = date(2018, 9, 10)
_SET = SeatChangedSeen(
    notice="SeatChanged",
    outcome="ok",
    changes=(change("set", **_SEAT, before="蔡平"),),
    today=TODAY,
    told=("孙茜", "蔡平"),
)
_GONE = change("remove", person="沈佳宝", role="leader", unit=GRADE, until=_LATER)
_NEVER = change("remove", person="沈佳宝", role="admin", unit=SCHOOL, since=_LATER, until=_LATER)
SEATS_CHANGED = (
    _SET,
    replace(_SET, changes=(change("set", **_SEAT, since=_LATER), _NEVER), told=()),
    replace(
        _SET, changes=(change("add", **_SEAT | {"unit": unit_of(CLASS)}),), unreached=("王芳",)
    ),
    replace(_SET, changes=(_GONE, _GONE, _GONE, _GONE, _GONE, _NEVER), unreached=("王芳",)),
)
_ASKED_SEAT = SeatAskedSeen(
    notice="SeatOccupied",
    outcome="choose",
    about="role",
    role="teacher",
    unit=unit_of(CLASS),
    holders=("林晓",),
    options=tuple(
        option("word", word, place)
        for place, word in enumerate(("join", "replace", "leave_it", "all_seats"), 1)
    ),
)
_NO_SEAT = SeatAskedSeen(
    notice="SeatRefused",
    outcome="refuse",
    reason="wrong_state",
    role="leader",
    unit=GRADE,
    holders=("蔡平",),
    person="孙茜",
    today=TODAY,
)
SEATS_REFUSED = (
    replace(_NO_SEAT, why="same", since=TODAY),
    replace(_NO_SEAT, why="same", since=_LATER),
    replace(_NO_SEAT, why="not_held"),
    replace(_NO_SEAT, why="not_held", person=None, holders=()),
    replace(_NO_SEAT, why="not_held", role=None, unit=SCHOOL, holders=()),
    replace(_NO_SEAT, why="last_admin", role="admin", unit=SCHOOL),
    replace(_NO_SEAT, why="mute_admin", role="admin", unit=SCHOOL),
    replace(_NO_SEAT, why="only_head", role="head", unit=SCHOOL),
    replace(_NO_SEAT, why="elsewhere", role="liaison", unit=unit_of(CLASS), person=None),
    replace(_NO_SEAT, why="elsewhere", role="admin", person=None),
)
_DAYS = DaysSeen(
    notice="DaysUnreadable",
    outcome="refuse",
    reason="unreadable",
    about="since",
    field="since",
    today=TODAY,
    typed="改天",
)

_AWAY = LeaveSeen(
    notice="LeaveNoted",
    outcome="ok",
    change=change("leave", person="蔡平", deputy="孙茜", since=_LATER, until=date(2018, 9, 20)),
    today=TODAY,
    told=("孙茜", "蔡平"),
)
_ALONE = replace(_AWAY, change=change("leave", person="蔡平", until=TODAY), passed_to="何国良")
_BACK = replace(_AWAY, change=change("leave_end", person="蔡平", since=YESTERDAY, until=YESTERDAY))
_OFF = replace(_AWAY, change=change("leave_end", person="蔡平", until=YESTERDAY, by=None), told=())
_NO_LEAVE = LeaveRefusedSeen(
    notice="LeaveRefused",
    outcome="refuse",
    reason="wrong_state",
    why="same",
    person="蔡平",
    deputy="孙茜",
    since=TODAY,
    until=_LATER,
)

_HISTORY = RosterHistorySeen(
    notice="RosterHistory",
    outcome="ok",
    changes=(
        _AWAY.change,
        _BACK.change,
        change("set", **_SEAT, before="蔡平"),
        change("set", **_SEAT, undone=True),
        change("bind", unit=GRADE),
        change("room_left", unit=GRADE),
        change("bind", person="王芳", by=None),
        _GONE,
    ),
    more=3,
    today=TODAY,
    unit=GRADE,
    person=None,
    firsts=(
        FirstSeatSeen(person="蔡平", role="leader", unit=GRADE, since=YESTERDAY, until=_LATER),
        FirstSeatSeen(person="许宁", role="liaison", unit=GRADE, since=YESTERDAY, until=None),
    ),
)
_CHECKED = RosterCheckedSeen(
    notice="RosterChecked",
    outcome="ok",
    findings=(
        amiss("no_head", role="head"),
        amiss("no_admin", role="admin"),
        amiss("no_leader", OFFICE, role="leader"),
        amiss("no_liaison", *(GRADE,) * 10, role="liaison"),
        amiss("no_teacher", unit_of(CLASS), role="teacher"),
        amiss("two_holders", GRADE, people=("蔡平", "孙茜"), role="leader"),
        amiss("twice", unit_of(CLASS), people=("李梅",), role="teacher"),
        amiss("away_alone", people=("蔡平",), since=TODAY, until=_LATER),
        amiss("deputy_away", people=("蔡平", "孙茜"), since=TODAY, until=_LATER),
        amiss("no_account", people=("李梅",)),
        replace(amiss("passed_over", people=("李梅",)), problems=(57, 58)),
        replace(amiss("to_nobody"), problems=(57,)),
        amiss("holidays", until=_LATER),
    ),
)

_UNDONE = RosterUndoneSeen(
    notice="RosterUndone", outcome="ok", changes=_SET.changes, today=TODAY, told=("孙茜", "蔡平")
)

SAMPLES: dict[str, tuple[View, ...]] = {
    "VisitRecorded": VISITS,
    "VisitShared": SHARED,
    "VisitTwice": TWICE,
    "NameInGroup": NAMED,
    "VisitFixed": FIXED,
    "VisitFixedShared": FIXED_SHARED,
    "VisitVoided": VOIDED,
    "VisitVoidedShared": VOIDED_SHARED,
    "TalkFixed": TALKS_FIXED,
    "TalkFixedShared": (
        replace(_TALK_FIXED, notice="TalkFixedShared", by="许宁"),
        replace(_TALK_FIXED, notice="TalkFixedShared", by=None, undone=True),
    ),
    "TalkFixAsked": (replace(_TOLD, notice="TalkFixAsked", outcome="ask", about="people"),),
    "TalkFixOffered": (
        replace(
            _TOLD,
            notice="TalkFixOffered",
            outcome="choose",
            about="people",
            changes=(TalkCorrectionSeen(column="people", before=None, after=34),),
            options=(option("word", "fix_people", 1), option("word", "as_note", 2)),
        ),
    ),
    "TalkUnchanged": (
        replace(_TOLD, notice="TalkUnchanged", outcome="refuse", reason="wrong_state"),
    ),
    "RecordOfOthers": OF_OTHERS,
    "FixAsked": (replace(_VISIT, notice="FixAsked", outcome="ask", about="text", coverage=()),),
    "WordsStay": (_FIX_REFUSED,),
    "FixChangesNothing": (replace(_FIX_REFUSED, notice="FixChangesNothing"),),
    "NotInThisVisit": (replace(_FIX_REFUSED, notice="NotInThisVisit", fields=("student",)),),
    "VisitUndone": UNDONE,
    "VisitUndoneShared": UNDONE_SHARED,
    "UndoTooLate": TOO_LATE,
    "UndoImpossible": IMPOSSIBLE,
    "UndoneAlready": (replace(_TOO_LATE, notice="UndoneAlready", reason="wrong_state"),),
    "NothingToUndo": (
        replace(_TOO_LATE, notice="NothingToUndo", reason="wrong_state", kind=None, at=None),
    ),
    "UndoBuiltOn": BUILT_ON,
    "VisitTakenBack": tuple(
        VisitTakenBackSeen(
            notice="VisitTakenBack",
            outcome="refuse",
            reason="wrong_state",
            visit=12,
            at=_TOO_LATE.at,
            today=TODAY,
            void=void,
        )
        for void in (False, True)
    ),
    "TalkRecorded": TALKS,
    "TalkShared": (
        replace(_TOLD, notice="TalkShared"),
        replace(_TOLD, notice="TalkShared", by=None),
    ),
    "TalkTwice": TALKS_TWICE,
    "TalkUndone": (
        replace(_TOLD, notice="TalkUndone", told=("蔡平",)),
        replace(_TOLD, notice="TalkUndone", added=("text", "companions"), unit=GRADE),
        replace(_TOLD, notice="TalkUndone", added=("people", "place"), fix=True),
    ),
    "TalkUndoneShared": (
        replace(_TOLD, notice="TalkUndoneShared"),
        replace(_TOLD, notice="TalkUndoneShared", whole=False, by=None),
        replace(_TOLD, notice="TalkUndoneShared", whole=False, fix=True),
    ),
    "TalkBuiltOn": (
        TalkBuiltOnSeen(
            notice="TalkBuiltOn",
            outcome="refuse",
            reason="wrong_state",
            talk=3,
            by=("李梅", "蔡平"),
        ),
    ),
    "ArrangementRestored": (
        *arrangements("ArrangementRestored"),
        replace(_ARRANGEMENT, notice="ArrangementRestored", told=()),
    ),
    "VisitOnAgain": (
        *arrangements("VisitOnAgain", by="许宁"),
        *arrangements("VisitOnAgain", by=None),
    ),
    "ArrangementTwice": tuple(
        replace(
            _ARRANGEMENT,
            notice="ArrangementTwice",
            outcome="choose",
            about="arrangement",
            private=private,
            options=(option("word", "again", 1), option("word", "drop", 2)),
        )
        for private in (True, False)
    ),
    "LeaderAway": tuple(
        replace(_ARRANGEMENT, notice="LeaderAway", arranged=one)
        for one in (*_LEADER_AWAY, _ARRANGED)
    ),
    "ArrangementMade": (
        *arrangements("ArrangementMade"),
        *(replace(_ARRANGEMENT, arranged=one) for one in _LEADER_AWAY),
        replace(_ARRANGEMENT, told=(), arranged=replace(_ARRANGED, own=True)),
        replace(_ARRANGEMENT, reminded=None),
        replace(_ARRANGEMENT, told=(), reminded=None),
    ),
    "VisitArranged": arrangements("VisitArranged"),
    "ArrangedToday": arrangements("ArrangedToday"),
    "ArrangementShown": (
        *arrangements("ArrangementShown"),
        *(replace(_ARRANGEMENT, notice="ArrangementShown", arranged=one) for one in _OVER),
    ),
    "ArrangementsShown": (
        _LIST,
        replace(_LIST, private=False, for_me=(), more=0),
        replace(_LIST, for_me=(), by_me=(), more=0),
    ),
    "ArrangementCalledOff": (
        *arrangements("ArrangementCalledOff"),
        replace(_ARRANGEMENT, notice="ArrangementCalledOff", told=()),
    ),
    "VisitCalledOff": (
        *arrangements("VisitCalledOff", by="许宁"),
        *arrangements("VisitCalledOff", by=None),
    ),
    "ArrangementClosed": tuple(
        replace(
            _ARRANGEMENT,
            notice="ArrangementClosed",
            outcome="refuse",
            reason="wrong_state",
            arranged=one,
            moved=one is _ARRANGED,
        )
        for one in (*_OVER, _ARRANGED)
    ),
    "ArrangementMoved": (
        *arrangements("ArrangementMoved", before=YESTERDAY),
        replace(
            _ARRANGEMENT, notice="ArrangementMoved", told=(), before=YESTERDAY, reminded="07:30"
        ),
    ),
    "VisitMoved": (
        *arrangements("VisitMoved", by="许宁", before=YESTERDAY),
        *arrangements("VisitMoved", by=None, before=YESTERDAY),
    ),
    "NotYourLeader": (
        _NOT_YOURS,
        replace(_NOT_YOURS, leads=True, private=False),
        replace(_NOT_YOURS, options=()),
    ),
    "DayPast": tuple(
        replace(_FUTURE, notice="DayPast", reason="too_late", day=YESTERDAY, private=private)
        for private in (True, False)
    ),
    "FieldsAsked": ASKED,
    "ChoiceAsked": CHOICES,
    "StudentUnknown": UNKNOWN_STUDENTS,
    "DidYouMean": MEANT,
    "Dropped": (replace(_PLAIN, notice="Dropped", outcome="ok", about=None),),
    "TakenFor": (
        TakenForSeen(notice="TakenFor", outcome="ok", command="visit", field="student"),
        TakenForSeen(notice="TakenFor", outcome="ok", command="classify", field="offer"),
        TakenForSeen(notice="TakenFor", outcome="ok", command=None, field=None),
    ),
    "ToldPrivately": (
        replace(_PLAIN, notice="ToldPrivately", outcome="ok", about=None, private=False),
    ),
    "Pointer": POINTERS,
    "NotAllowed": (
        replace(_REFUSED, command="roster", who=ROLES),
        replace(_REFUSED, command="roster", who=ROLES, action="set"),
        replace(_REFUSED, command="roster"),
    ),
    "NotYours": (
        replace(_REFUSED, notice="NotYours", unit=OFFICE, understood={"command": "todo"}),
        replace(_REFUSED, notice="NotYours", unit=None),
    ),
    "NoClassOfYours": tuple(
        NoClassOfYoursSeen(
            notice="NoClassOfYours", outcome="refuse", reason="not_allowed", liaison=liaison
        )
        for liaison in ("许宁", None)
    ),
    "AccountUnknown": (replace(_PLAIN, notice="AccountUnknown", outcome="refuse", about=None),),
    "DayInFuture": (_FUTURE, replace(_FUTURE, private=False)),
    "DayUnreadable": (
        replace(_FUTURE, notice="DayUnreadable", reason="unreadable", day=None, typed="改天"),
        replace(_FUTURE, notice="DayUnreadable", reason="unreadable", day=None),
        replace(_FUTURE, notice="DayUnreadable", reason="unreadable", day=None, private=False),
    ),
    "ClassImpossible": (
        _IMPOSSIBLE,
        replace(_IMPOSSIBLE, classes=()),
        replace(_IMPOSSIBLE, private=False),
    ),
    "VisitUnknown": (
        VisitUnknownSeen(
            notice="VisitUnknown", outcome="refuse", reason="no_such_visit", number=99
        ),
    ),
    "NumberUnknown": (
        NumberUnknownSeen(
            notice="NumberUnknown", outcome="refuse", reason="no_such_visit", number="T99"
        ),
    ),
    "TooMany": (
        TooManySeen(notice="TooMany", outcome="refuse", reason="unreadable", done=20, left=3),
    ),
    "OneAtATime": (
        replace(_PLAIN, notice="OneAtATime", outcome="refuse", about=None, reason="unreadable"),
    ),
    "NotRecorded": (replace(_PLAIN, notice="NotRecorded", outcome="refuse", about=None),),
    "NotSure": (replace(_PLAIN, notice="NotSure", outcome="refuse", about=None),),
    "QuotaUsedUp": (replace(_PLAIN, notice="QuotaUsedUp", outcome="refuse", about=None),),
    "CoverageShown": COVERAGES,
    "TodoShown": TODOS,
    "WhoamiShown": WHOAMIS,
    "HelpShown": HELPS,
    "RosterShown": ROSTERS,
    "SeatChanged": SEATS_CHANGED,
    "SeatGiven": (
        replace(_SET, notice="SeatGiven"),
        replace(_SET, notice="SeatGiven", changes=(change("add", **_SEAT, by=None),)),
    ),
    "SeatTaken": (
        replace(_SET, notice="SeatTaken"),
        replace(_SET, notice="SeatTaken", changes=(_GONE, _NEVER)),
    ),
    "SeatTold": (
        replace(_SET, notice="SeatTold"),
        replace(_SET, notice="SeatTold", changes=(_GONE, _NEVER)),
    ),
    "SeatOccupied": (_ASKED_SEAT, replace(_ASKED_SEAT, private=False)),
    "SeatRefused": SEATS_REFUSED,
    "DaysUnreadable": (
        _DAYS,
        replace(_DAYS, typed=None),
        replace(_DAYS, typed=None, private=False),
    ),
    "RosterUndone": (
        _UNDONE,
        replace(_UNDONE, changes=(_AWAY.change,), told=()),
        replace(_UNDONE, changes=(change("bind", person="林晓"),)),
        replace(_UNDONE, changes=(change("room", unit=GRADE), change("room_left", unit=SENIORS))),
    ),
    "RosterUndoneTold": (replace(_UNDONE, notice="RosterUndoneTold", by="方正", told=()),),
    "RosterMovedOn": (
        replace(_UNDONE, notice="RosterMovedOn", outcome="refuse", reason="wrong_state", told=()),
    ),
    "RosterPreflight": (replace(_CHECKED, notice="RosterPreflight"),),
    "RosterChecked": (
        _CHECKED,
        replace(_CHECKED, findings=_CHECKED.findings[:1]),
        replace(_CHECKED, findings=()),
    ),
    "RosterHistory": (
        _HISTORY,
        replace(_HISTORY, unit=None, person="蔡平", firsts=(), more=1),
        replace(_HISTORY, unit=None, firsts=(), changes=(), more=0),
    ),
    "LeaveNoted": (
        _AWAY,
        replace(_AWAY, covers=("程龙",), unreached=("王芳",)),
        _ALONE,
        replace(_ALONE, passed_to=None),
    ),
    "LeaveTold": tuple(replace(one, notice="LeaveTold") for one in (_AWAY, _ALONE)),
    "DeputyNamed": (
        replace(_AWAY, notice="DeputyNamed"),
        replace(_AWAY, notice="DeputyNamed", change=replace(_AWAY.change, by=None)),
    ),
    "LeaveEnded": tuple(replace(one, notice="LeaveEnded") for one in (_BACK, _OFF)),
    "LeaveOver": tuple(replace(one, notice="LeaveOver") for one in (_BACK, _OFF)),
    "LeaveRefused": (
        *(
            replace(_NO_LEAVE, why=why)
            for why in ("overlap", "deputy_away", "self", "same", "none", "too_long")
        ),
        replace(_NO_LEAVE, why="too_long", private=False),
    ),
    "LeaveNotYours": (
        replace(_NO_LEAVE, notice="LeaveNotYours", reason="not_allowed", why="", deputy=None),
    ),
    "DayGone": tuple(
        replace(
            _DAYS,
            notice="DayGone",
            reason="too_late",
            field=field,
            about=field,
            day=YESTERDAY,
            private=private,
        )
        for private in (True, False)
        for field in ("since", "days")
    ),
    **NEWCOMERS,
    **PROBLEMS,
    **INTAKE,
    **LISTED,
}
EVERY = tuple(view for views in SAMPLES.values() for view in views)
