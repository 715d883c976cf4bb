"""What people say, and who says it."""

from __future__ import annotations

from tests.commands.dialogs import ADMIN, CAI, CHENG, GAO, HEAD, LI, LIN, OFFICE, XU

LEADERS = (CAI, CHENG, "孙茜", "何国良", HEAD)
TEACHERS = (LIN, LI, GAO)
PEOPLE = (*TEACHERS, XU, *LEADERS, OFFICE, ADMIN)
# Whoever it is by then: by chance alone hardly anything would come about.
RESPONSIBLE, ASKED, TELLER = "responsible", "asked", "teller"

# {w} is a word that nobody else says.
VISITS = (
    "/家访 七3 李想 奶奶照顾，内向 诉求：{w}希望有晚托",
    "/家访 七3 王晓敏 电话 诉求：{w}食堂的汤太凉了",
    "/家访 七5 陈晨 性格：内向 诉求：{w}教室的灯坏了",
    "/家访 七3 欧阳娜娜 婉拒",
    "/家访 八1 赵一诺 很好",
    "/家访 七3 王晓敏 他说不想活了 诉求：{w}请多关心",
)
PROBLEMS = (
    "/问题 七3 {w}食堂的汤太凉了 来源：电话",
    "/问题 七年级 {w}校门口车太多，不好走 来源：信箱",
    "/问题 {w}操场的灯坏了",
    "/问题 七3 {w}蔡平老师布置的值日太多",
    "/问题 七3 {w}他说不想活了",
    "/问题 八年级 {w}作业太多 来源：家长会",
)
# {n} and {m} are numbers of problems; by whom, as a rule.
IN_HAND = (
    (RESPONSIBLE, "/仍办 {n}"),
    (RESPONSIBLE, "/交办 {n} 许宁"),
    (RESPONSIBLE, "/跟进 {n} 已经在办"),
    (RESPONSIBLE, "/退件 {n} 学生管理处 属学生管理"),
    (RESPONSIBLE, "/延期 {n} 5天 等设备"),
    (RESPONSIBLE, "/挂账 {n} 11-1 今年没有经费"),
    (RESPONSIBLE, "/上报 {n} 招生政策 学校定不了"),
    (OFFICE, "/批复 {n} 已答复"),
    (ASKED, "/同意"),
    (ASKED, "/同意 {n}"),
    (ASKED, "/不同意 {n} 再想想"),
    (TELLER, "/撤回 {n} 记错了"),
    (TELLER, "/问题 {n}"),
    (RESPONSIBLE, "/问题"),
)
TOLD = ("满意 谢谢", "一般", "不满意 没修好", "未联系上")
ROSTER = (
    "/名册 请假 蔡平 今天 代理 孙茜",
    "/名册 请假 蔡平 明天起5天",
    "/名册 请假 程龙 明天起10天 代理 蔡平",
    "/名册 请假 许宁 今天",
    "/名册 销假 蔡平",
    "/名册 销假 程龙",
    "/名册 七年级 联系领导 孙茜",
    "/名册 七年级 联系领导 蔡平",
    "/名册 七年级 联系领导 程龙 自 9-15",
    "/名册 组长 何国良",
    "/名册 办公室 李梅",
)
_SIGNS = "梧榆槐柏桐柳杉枫栎楝"


def word(number: int) -> str:
    """A word of its own for each number below a thousand."""
    return "".join(_SIGNS[int(digit)] for digit in f"{number:03}")
