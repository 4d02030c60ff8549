from __future__ import annotations

import pytest

from repcount.web.access import RateLimit, new_token, own_origin, same_token


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 32


@pytest.mark.parametrize(("given", "same"), [("abc", True), ("abd", False), ("ab", False), ("äöü", False)])
def test_a_token_is_taken_only_whole(given: str, same: bool) -> None:
    assert same_token(given, "abc") is same


@pytest.mark.parametrize(
    ("origin", "host", "own"),
    [
        ("https://192.168.1.2:8765", "192.168.1.2:8765", True),
        ("http://evil.example", "192.168.1.2:8765", False),
        ("https://192.168.1.2:9999", "192.168.1.2:8765", False),
        ("null", "192.168.1.2:8765", False),
        (None, "192.168.1.2:8765", False),
    ],
)
def test_only_the_page_of_the_server_itself_is_its_own(origin: str | None, host: str, own: bool) -> None:
    assert own_origin(origin, host) is own


def test_no_more_than_the_most_may_come_in_a_second() -> None:
    pace = RateLimit(3)
    assert [pace.allows(0.1 * step) for step in range(5)] == [True, True, True, False, False]
    assert pace.allows(2.0)
