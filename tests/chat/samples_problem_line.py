"""A problem in a line, for the samples; its words are invented."""

from datetime import datetime, timedelta, timezone

from domain.notices.views import UnitName
from domain.notices.views_problems import CategoryName, ProblemLine

DUE = datetime(2018, 9, 18, 17, 0, tzinfo=timezone(timedelta(hours=8)))
LOGISTICS = CategoryName("logistics", "后勤安全", "logistics and safety", "school")
BUREAU = CategoryName("admissions", "招生政策", "admissions policy", "bureau")
LINE = ProblemLine(
    problem=57,
    state="claimed",
    unit=UnitName("grade", "七年级", 7),
    class_=None,
    category=LOGISTICS,
    responsible="蔡平",
    handed_to=None,
    due=DUE,
    day_of=6,
    days=15,
    voices=1,
    gist="饭菜太咸，孩子吃不惯",
)
