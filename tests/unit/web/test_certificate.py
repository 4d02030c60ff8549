from __future__ import annotations

import ssl
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from repcount.core.errors import SettingError

pytest.importorskip("cryptography")

from repcount.web.running import GOOD_FOR, kept_pair, own_pair

pytestmark = pytest.mark.extra("cryptography")

NAMES = ("192.168.1.20", "laptop.local")
NOW = datetime(2026, 3, 1, tzinfo=timezone.utc)


def test_a_certificate_is_made_once_and_kept(tmp_path: Path) -> None:
    made = kept_pair(NAMES, tmp_path / "phone", NOW)
    again = kept_pair(NAMES[:1], tmp_path / "phone", NOW + timedelta(days=200))
    assert again == made
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(made.certificate, made.key)


def test_the_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    made = kept_pair(NAMES, tmp_path / "phone", NOW)
    assert made.key.stat().st_mode & 0o777 == 0o600
    assert made.key.parent.stat().st_mode & 0o777 == 0o700


def test_a_key_that_others_may_read_is_closed_to_them_and_that_is_said(tmp_path: Path) -> None:
    made = kept_pair(NAMES, tmp_path / "phone", NOW)
    made.key.chmod(0o644)
    again = kept_pair(NAMES, tmp_path / "phone", NOW)
    assert again.key.stat().st_mode & 0o777 == 0o600
    assert "others on this machine could read the key" in again.note
    assert kept_pair(NAMES, tmp_path / "phone", NOW).note == ""


@pytest.mark.parametrize(
    ("names", "now"),
    [((*NAMES, "10.0.0.7"), NOW), (NAMES, NOW + GOOD_FOR - timedelta(days=29))],
    ids=["another address", "nearly at its end"],
)
def test_one_that_no_longer_fits_is_made_anew(tmp_path: Path, names: tuple[str, ...], now: datetime) -> None:
    old = kept_pair(NAMES, tmp_path, NOW)
    assert kept_pair(names, tmp_path, now).fingerprint != old.fingerprint


def test_a_browser_that_trusts_it_finds_every_name_in_it(tmp_path: Path) -> None:
    made = kept_pair(NAMES, tmp_path)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(made.certificate, made.key)
    client = ssl.create_default_context(cafile=str(made.certificate))
    for name in NAMES:
        greet(client, server, name)
    with pytest.raises(ssl.SSLCertVerificationError):
        greet(client, server, "192.168.1.21")


def greet(client: ssl.SSLContext, server: ssl.SSLContext, name: str) -> None:
    """A handshake without a network; raises where the client does not trust the server under that name."""
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [client.wrap_bio(down, up, server_hostname=name), server.wrap_bio(up, down, server_side=True)]
    for end in ends * 3:
        with suppress(ssl.SSLWantReadError):
            end.do_handshake()
    assert ends[0].version() is not None


@pytest.mark.parametrize("damaged", ["certificate.pem", "key.pem"])
def test_a_damaged_one_is_made_anew(tmp_path: Path, damaged: str) -> None:
    old = kept_pair(NAMES, tmp_path, NOW)
    (tmp_path / damaged).write_text("nothing", encoding="ascii")
    assert kept_pair(NAMES, tmp_path, NOW).fingerprint != old.fingerprint


def test_own_files_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    one = kept_pair(NAMES, tmp_path / "one", NOW)
    other = kept_pair(NAMES, tmp_path / "other", NOW)
    assert own_pair(one.certificate, one.key) == one
    with pytest.raises(SettingError, match="--key"):
        own_pair(one.certificate, other.key)
    with pytest.raises(SettingError, match="mkcert"):
        own_pair(tmp_path / "nothing.pem", one.key)
