"""What it takes to speak with the school's DingTalk, from the settings."""

from __future__ import annotations

from chat.dingtalk.values import DingtalkValues
from settings import Settings


def dingtalk_values(settings: Settings) -> DingtalkValues | None:
    """What it takes to speak with the school's DingTalk; None when it is off."""
    if settings.dingtalk_client_id is None or settings.dingtalk_client_secret is None:
        return None
    return DingtalkValues(
        client_id=settings.dingtalk_client_id,
        client_secret=settings.dingtalk_client_secret,
        corp_id=settings.dingtalk_corp_id,
        max_age=settings.dingtalk_max_age,
        api_url=settings.dingtalk_api_url,
        oapi_url=settings.dingtalk_oapi_url,
    )
