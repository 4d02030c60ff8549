"""The memory of a page in Chromium: its own, what it shares with the browser, and all of the browser's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MIB: Final = 2**20
SETTLED_MS: Final = 3000


@dataclass(frozen=True)
class Held:
    """Bytes that are in memory at one moment.

    Attributes
    ----------
    own : of the page's process alone: scripts, the memories of WebAssembly, what the browser keeps for it.
    shared : of the page's process, with other processes: pictures and what is cached of them.
    browser : of all processes, what is shared counted in each.
    """

    own: int
    shared: int
    browser: int


class PageMemory:
    """Looks at the memory of a page."""

    def __init__(self, chromium: Browser, page: Page) -> None:
        self._chromium, self._page = chromium, page
        self._session: Any = page.context.new_cdp_session(page)

    def look(self) -> Held:
        """What is held now, without what is waiting to be collected on the page itself."""
        self._session.send("HeapProfiler.collectGarbage")
        found = [(one["type"], _rollup(one["id"])) for one in processes(self._chromium)]
        page = max((each for kind, each in found if kind == "renderer"), key=lambda each: each["Rss"])
        shared = page["Pss_Shmem"]
        return Held(page["Anonymous"], shared, sum(each["Rss"] for _, each in found))

    def when_short(self) -> Held:
        """What is left where the machine is short of memory, as the browser is told here."""
        self._session.send("Memory.simulatePressureNotification", {"level": "critical"})
        self._page.wait_for_timeout(SETTLED_MS)
        return self.look()


def processes(chromium: Browser) -> list[dict[str, Any]]:
    """The browser's processes, each with its id and type."""
    session: Any = chromium.new_browser_cdp_session()
    found: list[dict[str, Any]] = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return found


def _rollup(process: int) -> dict[str, int]:
    """What the kernel says of a process, in bytes."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    return {name.rstrip(":"): 1024 * int(value) for name, value, *_ in map(str.split, lines)}
