"""The certificate of this machine: made at the first start, kept, and made anew when it no longer fits."""

from __future__ import annotations

import ipaddress
import os
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Final

from repcount.core.errors import OutputError, SettingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate, GeneralName

GOOD_FOR: Final = timedelta(days=397)  # browsers of Apple take no longer ones
RENEWED: Final = timedelta(days=30)  # before its end


@dataclass(frozen=True)
class KeyPair:
    """The files of a certificate and its key.

    Attributes
    ----------
    fingerprint : SHA-256 of the certificate, as browsers show it.
    """

    certificate: Path
    key: Path
    fingerprint: str


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
            return KeyPair(file, key, _fingerprint(kept))
    except (OSError, ValueError, SettingError):
        pass  # there is none yet, or it is damaged
    return _written(_made(names, now), file, key)


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
