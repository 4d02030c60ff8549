from __future__ import annotations

import socket
from pathlib import Path

import pytest

from repcount.core.errors import InputError, SettingError
from repcount.web.access import ListenAddress, lan_address, open_socket


def there_is_a_network() -> bool:
    try:
        return bool(lan_address())
    except InputError:
        return False


def test_it_listens_on_this_machine_alone_unless_told_otherwise() -> None:
    door = open_socket(ListenAddress(port=0))
    with door.socket:
        assert door.socket.getsockname()[0] == "127.0.0.1"
        assert door.address(False, "token").startswith("http://127.0.0.1:")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.77", "::"])
def test_off_this_machine_it_refuses_to_run_without_https(host: str) -> None:
    with pytest.raises(SettingError, match=r"HTTPS only; add --lan"):
        open_socket(ListenAddress(host=host, port=0))


@pytest.mark.skipif(not there_is_a_network(), reason="this machine is in no network")
@pytest.mark.parametrize("host", [None, "0.0.0.0"])
def test_in_the_local_network_it_is_found_by_its_address_there(host: str | None) -> None:
    door = open_socket(ListenAddress(host=host, port=0, lan=True))
    with door.socket:
        number = door.socket.getsockname()[1]
        assert door.address(True, "token") == f"https://{lan_address()}:{number}/token/"
        with socket.create_connection((lan_address(), number)):
            pass


def test_an_address_of_six_parts_stands_in_brackets() -> None:
    try:
        door = open_socket(ListenAddress(host="::1", port=0))
    except SettingError:
        pytest.skip("this machine has no IPv6")
    with door.socket:
        assert door.address(False, "t").startswith("http://[::1]:")


def test_a_port_that_is_taken_is_told_with_a_remedy() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(InputError, match="taken; choose another with --port"),
    ):
        open_socket(ListenAddress(port=taken.getsockname()[1]))


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (ListenAddress(host="192.0.2.77", port=0, lan=True), "not an address of this machine"),
        (ListenAddress(host="no such", port=0), "--host no such"),
        (ListenAddress(certificate=Path("cert.pem")), "belong together"),
    ],
)
def test_where_nobody_can_listen_is_told(where: ListenAddress, told: str) -> None:
    with pytest.raises(SettingError, match=told):
        open_socket(where)
