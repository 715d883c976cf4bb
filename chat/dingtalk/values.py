"""What it takes to speak with a school's DingTalk, as its admin copied it from the console."""

from __future__ import annotations

from dataclasses import dataclass, field

API_URL = "https://api.dingtalk.com"
OAPI_URL = "https://oapi.dingtalk.com"
MAX_AGE = 300


@dataclass(frozen=True, kw_only=True)
class DingtalkValues:
    """The app's id and secret, the organisation's id, and where DingTalk is.

    `client_secret` may name two, newest first, with a comma between: so a secret is changed
    without a gap. `corp_id` None takes any organisation that the app is installed in. `max_age`:
    how old a signature may be (seconds). The addresses differ in tests alone.

    Raises ValueError when there is no id or no secret: unsigned messages are never let in.
    """

    client_id: str
    client_secret: str = field(repr=False)
    corp_id: str | None = None
    max_age: int = MAX_AGE
    api_url: str = API_URL
    oapi_url: str = OAPI_URL

    def __post_init__(self) -> None:
        if not self.client_id or not self.secrets:
            raise ValueError("DingTalk needs the app's id and its secret")

    @property
    def secrets(self) -> tuple[str, ...]:
        """The secrets that sign what we hear, the one that we ourselves use first."""
        return tuple(one.strip() for one in self.client_secret.split(",") if one.strip())
