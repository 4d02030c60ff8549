"""What is wrong with a file that could be opened: gathered while reading, told in one line."""

from __future__ import annotations

END_SLACK_S = 1.0  # where only the container's length is known: its sound may run on a little
END_SLACK_FRAMES = 1.5  # where the number of frames is known too


class DamageReport:
    """Counts what could not be decoded and notices an early end.

    Parameters
    ----------
    name : the file, as the line shall name it.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lost = 0
        self._first_lost_s: float | None = None
        self._why_lost = ""
        self._broke_off = ""

    def lost(self, time_s: float | None, reason: str) -> None:
        """Take note of pictures that were left out or came out damaged at ``time_s`` (None: unknown)."""
        self._lost += 1
        self._why_lost = self._why_lost or reason
        if time_s is not None:  # stamps of packets come in the order of decoding, not of showing
            self._first_lost_s = min(time_s, self._first_lost_s or time_s)

    def broke_off(self, time_s: float | None, reason: str) -> None:
        """Take note that nothing could be read after ``time_s``."""
        self._broke_off = f"the file breaks off {_when(time_s)} ({reason})"

    def ended(
        self, end_s: float, expected_s: float | None, frames_missing: int | None, interval_s: float
    ) -> None:
        """Compare where the frames ended with where the container said they would.

        Parameters
        ----------
        frames_missing : how many of the frames that the container counts were not there; None where it
            does not count them.
        """
        if expected_s is None or self._broke_off or frames_missing == 0:
            return
        slack_s = END_SLACK_S if frames_missing is None else END_SLACK_FRAMES * interval_s
        if expected_s - end_s > slack_s:
            self.broke_off(end_s, f"it should last {expected_s:.2f} s")

    @property
    def text(self) -> str | None:
        """One line, or None where nothing is wrong."""
        parts = [self._broke_off] if self._broke_off else []
        if self._lost:
            parts.append(
                f"damaged pictures: {self._lost}, the first {_when(self._first_lost_s)} ({self._why_lost})"
            )
        return f"{self._name}: {'; '.join(parts)}" if parts else None


def _when(time_s: float | None) -> str:
    return "at an unknown time" if time_s is None else f"at {time_s:.2f} s"
