"""What it takes to send mail, as it is set; and whether the server is there."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

from chat.errors import NotDelivered
from chat.mail.client import open_client
from chat.mail.values import MailValues
from service.finding import Finding
from settings import LOOPBACK, PREFIX, Settings

_PORTS = {"smtp": 587, "smtps": 465}


def mail_values(settings: Settings) -> MailValues | None:
    """What SMTP_URL says; None where it isn't set.

    A password never goes over a network in the open: there the server must speak TLS.
    """
    if settings.smtp_url is None:
        return None
    parts = urlsplit(settings.smtp_url)
    user = unquote(parts.username) if parts.username else None
    assert parts.hostname is not None
    open_is_safe = user is None or parts.hostname in LOOPBACK
    return MailValues(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        sender=parse_qs(parts.query).get("from", [user or ""])[-1],
        tls="at_once" if parts.scheme == "smtps" else "may" if open_is_safe else "must",
        user=user,
        password=unquote(parts.password) if parts.password else None,
    )


async def mail_there(settings: Settings) -> Finding:
    """Whether the server takes mail of ours."""
    values = mail_values(settings)
    if values is None:
        return Finding(
            "note",
            f"没有设 {PREFIX}SMTP_URL：平台不通的时候，没有第二条路通知大家",
            f"{PREFIX}SMTP_URL isn't set: while a platform is down nothing else reaches people",
        )
    try:
        async with open_client(values) as client:
            await client.try_server()
    except NotDelivered as fault:
        return Finding(
            "wrong",
            f"邮件服务器 {values.host}:{values.port} 用不了（{fault}）：请核对 {PREFIX}SMTP_URL 的"
            "主机、端口、用户和密码，以及这台机器能不能连到它",
            f"the mail server {values.host}:{values.port} doesn't take our mail ({fault}): check "
            f"host, port, user and password in {PREFIX}SMTP_URL, and that this machine reaches it",
        )
    return Finding(
        "well",
        f"邮件服务器 {values.host}:{values.port} 可用",
        f"the mail server {values.host}:{values.port} takes our mail",
    )
