"""What the tests do with the page: wait for it, choose on it."""

from __future__ import annotations

from typing import Any

from tests.waiting import PATIENCE_S


def until(page: Any, expression: str) -> None:
    """Wait until it is true; asked from outside, as the page's policy forbids to evaluate texts within."""
    for _ in range(round(PATIENCE_S * 10)):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{expression}: {page.evaluate('JSON.stringify(document.body.dataset)')}")


def after(page: Any, seconds: float) -> None:
    """Wait until so much more of the session's own time is over."""
    now = float(page.evaluate("document.body.dataset.time"))
    until(page, f"Number(document.body.dataset.time) > {now + seconds}")


def counted(page: Any, count: int) -> None:
    until(page, f"Number(document.body.dataset.count) >= {count}")


def chosen(page: Any, address: str, exercise: str, sets: int = 1, reps: int = 20) -> None:
    """The page, loaded, with an exercise chosen."""
    page.goto(address)
    page.wait_for_selector("#choose:not([hidden])")
    page.wait_for_selector("#start:enabled")
    page.click(f"label:has(input[value='exercise:{exercise}'])")
    page.fill("#sets", str(sets))
    page.fill("#reps", str(reps))


def hurts(page: Any, when: str, level: int) -> None:
    """Say how much it hurts, ``before`` or ``after``."""
    page.click(f"#pain-{when} label:has(input[value='{level}'])")


def new_page(chromium: Any, size: dict[str, int], complaints: list[str]) -> Any:
    """A page of a browser that has never been here; what goes wrong on it is told to the list."""
    page = chromium.new_context(viewport=size, ignore_https_errors=True).new_page()
    page.set_default_timeout(1000 * PATIENCE_S)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    return page
