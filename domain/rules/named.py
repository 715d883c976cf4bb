"""Which people of the roster are named in what someone said, by their whole names."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Between two Chinese characters a space parts nothing: lists pad short names with it.
_PADDING = re.compile(r"(?<=[\u3400-\u9fff])[ \t\u3000\xa0]+(?=[\u3400-\u9fff])")
_HAN = re.compile(r"[\u3400-\u9fff]")

# Common words that end in a surname's sign: in 课程龙飞凤舞 nobody is called 程龙.
_ENDING_IN_A_SURNAMES = """
课程 过程 工程 日程 流程 路程 行程 进程 教程 全程 里程 疗程 章程 资金 奖金 现金
基金 押金 黄金 租金 国王 女王 地方 对方 双方 官方 校方 警方 一方 多方 各方 上周
下周 本周 每周 一周 两周 几周 四周 由于 关于 对于 属于 终于 等于 至于 正常 经常
非常 平常 日常 通常 时常 常常 保安 平安 治安 公安 不安 早安 晚安 明白 空白 表白
责任 信任 主任 担任 上任 现任 新任 任何 如何 为何 几何 也许 允许 或许 不许 准许
子孙 语文 作文 课文 论文 英文 中文 不管 尽管 主管 保管 监管 书包 面包 钱包 打包
老师 教师 律师 厨师 导师 名单 简单 清单 菜单 订单 孤单 园林 历史 说明 证明 声明
聪明 透明 文明 发明 安全 完全 健全 保全 了解 理解 讲解 缓解 和解 反应 供应 适应
对应 答应 学习 复习 预习 练习 实习 补习 有关 相关 机关 无关 难关 设计 统计 估计
会计 共计 儿童 阶段 时段 手段 路段 学段 厨房 机房 病房 住房 提高 很高 太高 升高
身高 最高 开车 校车 汽车 停车 坐车 打车 水平 公平 和平 快乐 音乐 娱乐 立马 罚马
操场 现场 市场 长江 浙江 香江 稻田 农田 上海 大海 一万 百万 交钱 花钱 收钱 要钱
零钱 罚钱 木石 小路 公路 马路 走路 一路 出路 老毛 羽毛 浪花 开花 棉花 体温 高温
低温 升温 旁边 身边 这边 那边 一边 外边 以及 及时 小时 平时 准时 有时 当时 按时
同时 随时 时候 长时 代时 现代 交代 年代 时代 下水 热水 喝水 开水 废水
"""
_ENDING_IN_A_SURNAME = frozenset(_ENDING_IN_A_SURNAMES.split())
# Common words that begin with a given name's last sign, after a surname alone: 小蔡平时很忙.
_BEGINNING_IN_A_NAMES = """
平时 平常 平均 平台 平安 平日 平等 平板 平稳 龙头 辉煌 佳节 国家 国庆 国内 国外
国旗 国际 明天 明年 明显 明明 明白 明确 文化 文具 文件 华丽 军训 强调 强迫 强烈
伟大 红色 红包 红灯 静静 亮度 海边 海报 林业 峰会 杰出 超过 超市 超级 志愿 建议
建设 建筑 东西 东边 新的 新生 新年 天天 天气 正好 正常 正在 力气 力度 力量 英语
英文 生活 生病 生气 学生 学校 学习 学期 安全 安排 安静 中午 中间 中学 金额 飞机
波动 云端 雨天 雪天 阳光 光线 晨读 晨跑 清楚 清洁 思想 思考 家长 家里 家访 成绩
成长 毅力 敏感 燕子 玲珑 欣赏 宁可 宁愿 毓秀 芳香 臻于
"""
_BEGINNING_IN_A_NAME = frozenset(_BEGINNING_IN_A_NAMES.split())
# Who is called so is meant, whatever word the sign before the name would make: 班主任何平.
_TITLES = (
    *("主任", "老师", "教师", "校长", "书记", "处长"),
    *("组长", "科长", "部长", "同学", "家长"),
)


def named(words: str, names: Mapping[int, str]) -> tuple[int, ...]:
    """The keys of those whose whole name stands in the words, in the order of their keys.

    A name within a longer name that is there too is not meant. A doubt about a name of two
    characters is settled for the name, unless a common word explains it: whoever is named wrongly
    is only passed over, whoever is missed would be sent a complaint about himself.

    >>> named("找程 龙谈过", {3: "程龙"}), named("课程龙飞凤舞", {3: "程龙"})
    ((3,), ())
    """
    said = _PADDING.sub("", words)
    found: dict[int, list[tuple[int, int]]] = {}
    for key, name in names.items():
        if spots := _spots(said, _PADDING.sub("", name.strip())):
            found[key] = spots
    everywhere = sorted({spot for spots in found.values() for spot in spots})
    longer = _Longer(everywhere)
    return tuple(sorted(key for key, spots in found.items() if not all(map(longer.holds, spots))))


class _Longer:
    """Spots of names, asked whether a longer one holds a given one."""

    def __init__(self, spots: list[tuple[int, int]]) -> None:
        self._reach: dict[int, int] = {}
        for start, end in spots:
            for place in range(start, end):
                self._reach[place] = max(self._reach.get(place, 0), end - start)

    def holds(self, spot: tuple[int, int]) -> bool:
        """Whether every sign of the spot is part of a longer name."""
        start, end = spot
        return all(self._reach[place] > end - start for place in range(start, end))


def _spots(said: str, name: str) -> list[tuple[int, int]]:
    """Where the name stands as a name; a name of one sign is none."""
    if len(name) < 2:
        return []
    if _HAN.search(name):
        places = [found.start() for found in re.finditer(re.escape(name), said)]
        return [(at, at + len(name)) for at in places if _is_name(said, name, at)]
    latin = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE | re.ASCII)
    return [found.span() for found in latin.finditer(said)]


def _is_name(said: str, name: str, at: int) -> bool:
    if len(name) > 2:  # three signs don't meet by chance
        return True
    before, after = said[max(at - 2, 0) : at], said[at + 2 : at + 3]
    if before.endswith(_TITLES):
        return True
    if before[-1:] + name[0] in _ENDING_IN_A_SURNAME:
        return False
    nickname = before[-1:] in ("老", "小", "阿")
    return not (nickname and name[1] + after in _BEGINNING_IN_A_NAME)
