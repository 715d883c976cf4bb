"""How mail is set: what can't be used is said with the mend, and a password never goes openly."""

from __future__ import annotations

from pathlib import Path

import pytest

from chat.mail.values import MailValues
from service.checking import findings
from service.mail import mail_values
from settings import SettingsFault, settings_of
from tests.fixtures.mail import Box
from tests.servers import free_port


def values(url: str) -> MailValues:
    found = mail_values(settings_of({"ZOUFANG_SMTP_URL": url}))
    assert found is not None
    return found


def test_unset_there_is_no_mail() -> None:
    assert mail_values(settings_of({})) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "smtp://u%40x.cn:p%3Aw@mail.example?from=z@x.cn",
            MailValues(
                host="mail.example",
                port=587,
                sender="z@x.cn",
                tls="must",
                user="u@x.cn",
                password="p:w",
            ),
        ),
        (
            "smtps://z%40x.cn:pw@mail.example",
            MailValues(
                host="mail.example",
                port=465,
                sender="z@x.cn",
                tls="at_once",
                user="z@x.cn",
                password="pw",
            ),
        ),
        (
            "smtp://mail.example:25?from=z@x.cn",
            MailValues(host="mail.example", port=25, sender="z@x.cn", tls="may"),
        ),
    ],
)
def test_an_address_is_read(url: str, expected: MailValues) -> None:
    assert values(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "http://mail.example?from=z@x.cn",
        "smtp://:25?from=z@x.cn",
        "smtp://mail.example:port?from=z@x.cn",
        "smtp://mail.example:99999?from=z@x.cn",
        "smtp://[::1?from=z@x.cn",
        "smtp://mail.example",
        "smtp://mail.example?from=nobody",
        "smtp://mail.example?from=z@x.cn%0d%0aBcc:all@x.cn",
        "smtp://hush:hush@mail.example",
    ],
)
def test_what_cant_be_used_is_said_without_repeating_it(url: str) -> None:
    with pytest.raises(SettingsFault) as fault:
        settings_of({"ZOUFANG_SMTP_URL": url})
    for language in ("zh-CN", "en"):
        said = fault.value.sentence(language)
        assert "SMTP_URL" in said
        assert "hush" not in said


async def found(tmp_path: Path, url: str) -> str:
    environment = {
        "ZOUFANG_DATABASE_URL": f"sqlite://{tmp_path / 'school.db'}",
        "ZOUFANG_SMTP_URL": url,
    }
    said = [one async for one in findings(environment)]
    return " | ".join(f"{one.state}: {one.english}" for one in said)


async def test_check_says_whether_the_server_is_there(tmp_path: Path, box: Box) -> None:
    port = box.values.port
    assert f"well: the mail server 127.0.0.1:{port}" in await found(
        tmp_path, f"smtp://127.0.0.1:{port}?from=z@x.cn"
    )
    nobody = free_port()
    assert f"wrong: the mail server 127.0.0.1:{nobody}" in await found(
        tmp_path, f"smtp://127.0.0.1:{nobody}?from=z@x.cn"
    )


async def test_check_says_that_a_server_doesnt_know_us(tmp_path: Path, box: Box) -> None:
    url = f"smtp://me:hush@127.0.0.1:{box.values.port}?from=z@x.cn"
    said = await found(tmp_path, url)
    assert "wrong: the mail server" in said
    assert "hush" not in said
