"""Whether the address for late answers that a message brings is DingTalk's own.

It comes in a body that no signature covers, and we will send there what a child's teacher may
read. So it is compared as it is spelled, and no parser is asked that another might disagree with.
"""

from __future__ import annotations

import re
from functools import cache

_LONGEST = 2000
_PATH = "/robot/sendBySession"


def is_dingtalks(url: str, oapi_url: str) -> bool:
    """Whether it is the reply address of the DingTalk at `oapi_url`, and nothing but that.

    >>> is_dingtalks("https://oapi.dingtalk.com/robot/sendBySession?session=x", "https://oapi.dingtalk.com")
    True
    >>> is_dingtalks("https://oapi.dingtalk.com@evil.example/robot/sendBySession?session=x", "https://oapi.dingtalk.com")
    False
    """
    return len(url) <= _LONGEST and _good(oapi_url).fullmatch(url) is not None


@cache
def _good(oapi_url: str) -> re.Pattern[str]:
    return re.compile(
        re.escape(oapi_url.rstrip("/") + _PATH) + r"\?[A-Za-z0-9=&%._~+/-]+", re.ASCII
    )
