"""The server run until Ctrl-C: its certificate, the invitation on the terminal, uvicorn on a socket."""

from __future__ import annotations

import io
import ipaddress
import os
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from repcount.core.errors import MissingDependencyError, OutputError, SettingError
from repcount.core.files import OWNER_FILE, close_to_others
from repcount.sources.jpeg import limit_opencv
from repcount.web.access import ListenAddress, OpenSocket, new_token, open_socket
from repcount.web.page_requests import LARGEST_BYTES
from repcount.web.shared_session import ServerSetup, SharedSession

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate, GeneralName
    from uvicorn import Config


WHITE_ON_BLACK: Final = "\x1b[97;40m"
PLAIN: Final = "\x1b[0m"
GOOD_FOR: Final = timedelta(days=397)  # browsers of Apple take no longer ones
RENEWED: Final = timedelta(days=30)  # before its end
MOST_AT_ONCE: Final = 256


def qr_code(text: str, coloured: bool) -> str:
    """A QR code of half blocks, for a terminal.

    Parameters
    ----------
    coloured : says white on black by escape sequences; without, it is right on a dark terminal only.
    """
    import segno

    drawn = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(drawn, compact=True, border=2)
    lines = drawn.getvalue().splitlines()
    return "\n".join(f"{WHITE_ON_BLACK}{line}{PLAIN}" for line in lines) if coloured else "\n".join(lines)


def invitation(address: str, coloured: bool, fingerprint: str | None, own: bool) -> list[str]:
    """Lines for the person at the terminal.

    Parameters
    ----------
    fingerprint : of the certificate; None over plain HTTP.
    own : the certificate is the user's own.
    """
    if fingerprint is None:
        return [
            f"Open {address}",
            "Plain HTTP, for browsers on this machine only; --lan serves a phone. Ctrl-C ends.",
        ]
    lines = [f"Scan this with the phone, or open {address}", qr_code(address, coloured)]
    if not own:
        lines += [
            "The browser warns once, as this machine made the certificate itself: Advanced, then go on.",
            f"If you want to be sure that it is this one: SHA-256 {fingerprint}",
        ]
    return [
        *lines,
        "The phone must be in the same network. Whoever has the address can watch. Ctrl-C ends.",
    ]


@dataclass(frozen=True)
class KeyPair:
    """The files of a certificate and its key.

    Attributes
    ----------
    fingerprint : SHA-256 of the certificate, as browsers show it.
    note : what was wrong with the files and is mended; empty if nothing.
    """

    certificate: Path
    key: Path
    fingerprint: str
    note: str = ""


def own_pair(certificate: Path, key: Path) -> KeyPair:
    """Return the user's own files.

    Raises
    ------
    SettingError
        They cannot be read, are none, or do not belong together.
    """
    from cryptography import x509

    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key, password=_none)
        first = x509.load_pem_x509_certificate(certificate.read_bytes())
        return KeyPair(certificate, key, _fingerprint(first))
    except (OSError, ValueError) as error:
        raise SettingError(
            f"--cert {certificate} --key {key}: no certificate with its key ({error}); "
            "both are PEM files without a password, as mkcert makes them"
        ) from error


def kept_pair(names: Sequence[str], folder: Path, now: datetime | None = None) -> KeyPair:
    """Return the certificate in ``folder``; a new one where there is none, it ends soon or lacks a name.

    Parameters
    ----------
    names : host names and addresses that a browser may call this machine by.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    from cryptography import x509

    now = now or datetime.now(timezone.utc)
    file, key = folder / "certificate.pem", folder / "key.pem"
    try:
        kept = x509.load_pem_x509_certificate(file.read_bytes())
        own_pair(file, key)
        if _fits(kept, names, now):
            return KeyPair(file, key, _fingerprint(kept), _closed(key))
    except (OSError, ValueError, SettingError):
        pass  # there is none yet, or it is damaged
    return _written(_made(names, now), file, key)


def _closed(key: Path) -> str:
    """Take the key from others; a line where they could read it until now."""
    if not close_to_others(key, OWNER_FILE):
        return ""
    return (
        f"{key}: others on this machine could read the key; now only you can. "
        f"Delete {key.parent} if you do not trust them: a new one is made."
    )


def _fits(kept: Certificate, names: Sequence[str], now: datetime) -> bool:
    from cryptography import x509

    known = kept.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(_general(names)) <= set(known) and kept.not_valid_after_utc - now > RENEWED


def _made(names: Sequence[str], now: datetime) -> tuple[Certificate, EllipticCurvePrivateKey]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "repcount on this machine")])
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    maker = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + GOOD_FOR)
        .add_extension(x509.SubjectAlternativeName(_general(names)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=False)
    )
    return maker.sign(key, hashes.SHA256()), key


def _written(made: tuple[Certificate, EllipticCurvePrivateKey], file: Path, key_file: Path) -> KeyPair:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    certificate, key = made
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        key_file.unlink(missing_ok=True)
        with os.fdopen(os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as there:
            there.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.write_bytes(certificate.public_bytes(Encoding.PEM))
    except OSError as error:
        raise OutputError(f"{file.parent}: the certificate cannot be kept ({error.strerror})") from error
    return KeyPair(file, key_file, _fingerprint(certificate))


def _general(names: Sequence[str]) -> list[GeneralName]:
    from cryptography import x509

    found: list[GeneralName] = []
    for name in names:
        try:
            found.append(x509.IPAddress(ipaddress.ip_address(name)))
        except ValueError:
            found.append(x509.DNSName(name))
    return found


def _fingerprint(certificate: Certificate) -> str:
    from cryptography.hazmat.primitives import hashes

    found: str = certificate.fingerprint(hashes.SHA256()).hex(":").upper()
    return found


def _none() -> str:
    return ""  # instead of asking at the terminal


def run(
    setup: ServerSetup, where: ListenAddress, tell: Callable[[str], None], coloured: bool = False
) -> None:
    """Serve until the process is asked to end.

    Parameters
    ----------
    tell : takes the lines for the terminal.
    coloured : the terminal knows colours.

    Raises
    ------
    InputError
        The port is taken, or there is no local network.
    SettingError
        Host or certificate will not do.
    MissingDependencyError
        The extra `phone` is not installed.
    """
    try:
        import cryptography  # noqa: F401
        import segno  # noqa: F401
        import uvicorn  # noqa: F401

        from repcount.web.server import application, tidy_server
    except ImportError as error:
        raise MissingDependencyError("serve needs more: pip install 'repcount[phone]'") from error
    limit_opencv()
    token = new_token()
    opened = open_socket(where)
    with opened.socket:
        app = application(token, SharedSession(setup), opened.socket.connections, setup.site)
        pair = _pair_for(where, opened)
        if pair is not None and pair.note:
            tell(pair.note)
        address = opened.address(where.is_secure, token)
        fingerprint = None if pair is None else pair.fingerprint
        for line in invitation(address, coloured, fingerprint, where.certificate is not None):
            tell(line)
        tidy_server(_config(app, pair)).run(sockets=[opened.socket])


def _pair_for(where: ListenAddress, opened: OpenSocket) -> KeyPair | None:
    if where.certificate is not None and where.key is not None:
        return own_pair(where.certificate, where.key)
    if not where.lan:
        return None
    from repcount.history.location import data_folder

    here = socket.gethostname()
    names = (opened.name, here, f"{here.partition('.')[0]}.local", "localhost")
    return kept_pair(tuple(filter(str.isascii, names)), data_folder() / "phone")


def _config(app: Any, pair: KeyPair | None) -> Config:
    from uvicorn import Config

    return Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        loop="asyncio",  # another one would not ask the guarded socket
        ws="websockets-sansio",
        ws_max_size=LARGEST_BYTES + 1000,
        ws_max_queue=4,
        limit_concurrency=MOST_AT_ONCE,
        timeout_graceful_shutdown=2,
        ssl_certfile=None if pair is None else str(pair.certificate),
        ssl_keyfile=None if pair is None else str(pair.key),
    )
