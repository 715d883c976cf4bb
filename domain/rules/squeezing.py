"""What someone wrote as it is compared: signs of one kind only, and where each of them stood."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property

# Traditional signs of the words that danger and everyday school life are told in. The same length
# before and after, so that no place moves.
_TRADITIONAL = str.maketrans(
    "殺殘傷輕尋見藥遺書結樓燒農買賣體隱門車鐵點員會開關說話語讀寫聽覺當對錯長時間問題場學實習業"
    "師導級紀處罰罵棄詐護費圍毆騷擾姦強褻脫褲視頻裝氣熱電廠觸煙墜離無綁蹤帶槍擊復報壓縮舊換總務"
    "飯湯麵廚衛滅險樹圖館範錢貴價資補課輔們個為與過還這裡後來從樣麼嗎讓請幫聯絡發現變認識誰愛歡"
    "樂憂鬱勵團黨組織選舉優獎懲辦證紙張戶區劃轉錄試績",
    "杀残伤轻寻见药遗书结楼烧农买卖体隐门车铁点员会开关说话语读写听觉当对错长时间问题场学实习业"
    "师导级纪处罚骂弃诈护费围殴骚扰奸强亵脱裤视频装气热电厂触烟坠离无绑踪带枪击复报压缩旧换总务"
    "饭汤面厨卫灭险树图馆范钱贵价资补课辅们个为与过还这里后来从样么吗让请帮联络发现变认识谁爱欢"
    "乐忧郁励团党组织选举优奖惩办证纸张户区划转录试绩",
)
# Where a sentence or a line ends. What stands on both sides of it was not meant as one word.
_ENDS = frozenset("。！？；，、…,;!?\n\r\u2028\u2029")
_LINE_ENDS = frozenset("\n\r\u2028\u2029")


@dataclass(frozen=True)
class Squeezed:
    """`signs` are letters and digits alone; sign number i is part of `words[at[i]]`."""

    words: str
    signs: str
    at: tuple[int, ...]

    def spots(self, word: str) -> tuple[tuple[int, int], ...]:
        """Where a squeezed word stands, as ranges of `signs`, overlapping ones too."""
        found, start = [], self.signs.find(word) if word else -1
        while start >= 0:
            found.append((start, start + len(word)))
            start = self.signs.find(word, start + 1)
        return tuple(found)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The range of `words` that a range of `signs` stands for."""
        return self.at[start], self.at[end - 1] + 1

    def is_one_word(self, start: int, end: int) -> bool:
        """Whether these signs can be meant as one word, however they are set apart.

        "自 杀", "自.杀" and "自，杀" are, and so is "不，想，活"; in "不想，活" one thing ends and
        the next begins.
        """
        ended = self._ended[start + 1 : end]
        line = any(mark == 2 for mark in ended)
        return not line and (not any(ended) or all(ended))

    def is_unbroken(self, start: int, end: int) -> bool:
        """Whether no sentence, nor a part of one, ends within these signs."""
        return not any(self._ended[start + 1 : end])

    @cached_property
    def _ended(self) -> tuple[int, ...]:
        """For each sign, what stands before it: 2 the end of a line, 1 of a sentence, 0 neither."""
        marks, before = [], 0
        for place in self.at:
            between = self.words[before:place]
            ends = 2 if not _LINE_ENDS.isdisjoint(between) else 0
            marks.append(ends or int(not _ENDS.isdisjoint(between)))
            before = place + 1
        return tuple(marks)


def squeezed(words: str) -> Squeezed:
    """Half-width, small, simplified, without spaces and punctuation.

    >>> squeezed("自 殺，Ａ！").signs
    '自杀a'
    """
    signs, at = [], []
    for place, sign in enumerate(words):
        for plain in simplified(unicodedata.normalize("NFKC", sign).casefold()):
            if plain.isalnum():
                signs.append(plain)
                at.append(place)
    return Squeezed(words, "".join(signs), tuple(at))


def simplified(words: str) -> str:
    """The same words with the commonest traditional signs as simplified ones."""
    return words.translate(_TRADITIONAL)
