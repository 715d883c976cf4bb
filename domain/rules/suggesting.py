"""Which category a problem seems to belong to, and which of its words say so; a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# A first list, to be replaced by what is learned from examples.
_SPEAKING = {
    "teaching": ("作业", "考试", "成绩", "上课", "课程", "选科", "数学", "英语", "补课", "教学"),
    "moral": ("手机", "早恋", "纪律", "德育", "班干部", "打架", "心理", "欺负", "寝室", "换座位"),
    "logistics": ("食堂", "晚托", "校门口", "宿舍", "空调", "厕所", "饭菜", "校车", "热水", "接送"),
    "conduct": ("体罚", "骂", "有偿", "收礼", "红包", "偏心", "师德", "辱骂", "讽刺", "家教"),
    "other": ("校友", "公众号", "家委会", "校服", "毕业证", "工会", "失物"),
    "key_projects": ("新校区", "扩建", "工程", "项目", "工地", "征地", "开工"),
    "admissions": ("招生", "学区", "摇号", "转学", "户口", "录取", "名额", "随迁", "中考"),
    "one_visit": ("跑", "盖章", "证明", "窗口", "手续", "材料", "网上办"),
    "four_winds": ("形式主义", "检查", "填表", "公款", "打卡", "官僚", "作秀", "开会"),
    "persons": ("举报", "实名", "局长", "科长", "反映", "校长", "查处"),
    "bureau_other": ("编制", "职称", "培训机构", "工资", "公交", "全市"),
}


@dataclass(frozen=True)
class Lesson:
    """What was once said, and the category that a person gave it."""

    words: str
    category: str


@dataclass(frozen=True)
class Suggestion:
    """A category's key, and how sure we are, 0 to 1."""

    category: str
    confidence: float


@dataclass(frozen=True)
class Suggested:
    """At most three, the best first; the pieces of the words that spoke most for the first."""

    best: tuple[Suggestion, ...]
    because: tuple[str, ...]


def suggest(words: str, lessons: Sequence[Lesson] = ()) -> Suggested:
    """What the words sound like; nothing is sure, and nothing is suggested for empty words."""
    taught = next((one.category for one in reversed(lessons) if one.words == words), None)
    hits = {key: [w for w in spoken if w in words] for key, spoken in _SPEAKING.items()}
    weights = {key: len(found) + (5 if key == taught else 0) for key, found in hits.items()}
    if taught:
        weights.setdefault(taught, 5)
    ranked = sorted((key for key in weights if weights[key]), key=lambda key: (-weights[key], key))
    whole = sum(weights.values()) + 1
    best = tuple(Suggestion(key, weights[key] / whole) for key in ranked[:3])
    return Suggested(best, tuple(hits.get(best[0].category, ()))[:3] if best else ())
