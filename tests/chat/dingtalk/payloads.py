"""What DingTalk has been seen to send, and the same with something changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from chat.dingtalk.values import DingtalkValues

FOLDER = Path(__file__).parent / "payloads"
NAMES = sorted(file.stem for file in FOLDER.glob("*.json"))
GONE = object()
VALUES = DingtalkValues(client_id="dingbot", client_secret="this is a secret", corp_id="ding9733d0")


def captured(name: str, **changed: Any) -> dict[str, Any]:
    """The payload of that file; what is GONE is left out."""
    said = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")) | changed
    return {key: value for key, value in said.items() if value is not GONE}


def body(name: str, **changed: Any) -> bytes:
    """The same as it comes over the wire."""
    return json.dumps(captured(name, **changed), ensure_ascii=False).encode()
