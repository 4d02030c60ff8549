"""The history that the page keeps in the browser: read, summed up, written for ``repcount import``."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Final

from repcount.core.history_records import KeptSession, SetLine
from repcount.core.input_files import FormError
from repcount.core.pain_advice import LOAD_SOURCE, rises, weeks_ago
from repcount.history.json_records import record_of
from repcount.io.history_csv import write_document, write_sets
from repcount.io.spreadsheets import MARK

if TYPE_CHECKING:
    from repcount.exercises.languages import Language

ZONELESS: Final = timezone.utc


def sessions_of(text: str) -> tuple[KeptSession, ...]:
    """The sessions of a JSON list, oldest first; what is none, as of an older page, is left out."""
    found = []
    for each in json.loads(text):
        try:
            found.append(record_of(KeptSession, each))
        except FormError:
            continue
    return tuple(sorted(found, key=lambda session: session.started_at))


def overview(sessions: Sequence[KeptSession], now: datetime, language: Language) -> dict[str, Any]:
    """A line for each session, the newest first; the last seven days; a sentence for each steep rise."""
    titles = language.titles()
    week = [session for session in sessions if weeks_ago(session, now) == 0]
    return {
        "sessions": [_line(session, titles) for session in reversed(sessions)],
        "week": [
            {"exercise": titles.get(name, name), "reps": reps, "held": round(held_s)}
            for name, (reps, held_s) in sorted(_amounts(week).items())
        ],
        "load": [
            language.words.say(
                f"pain.rise_{rise.unit}",
                title=titles.get(rise.exercise, rise.exercise),
                this=f"{rise.this_week:.0f}",
                last=f"{rise.last_week:.0f}",
                percent=f"{100 * rise.share:.0f}",
                source=language.words.source(LOAD_SOURCE),
            )
            for rise in rises(sessions, now)
        ],
    }


def as_json(sessions: Sequence[KeptSession]) -> str:
    """Everything, as ``repcount export --json`` writes it."""
    out = io.StringIO()
    write_document(out, sessions)
    return out.getvalue()


def as_csv(sessions: Sequence[KeptSession]) -> str:
    """One row for each set, as ``repcount export`` writes it."""
    out = io.StringIO(newline="")
    out.write(MARK)
    write_sets(out, (line for session in sessions for line in _set_lines(session)))
    return out.getvalue()


def _line(session: KeptSession, titles: dict[str, str]) -> dict[str, Any]:
    amounts = _amounts([session])
    return {
        "id": session.id,
        "at": session.started_at.isoformat(timespec="minutes"),
        "exercises": [titles.get(name, name) for name in amounts],
        "reps": sum(reps for reps, _ in amounts.values()),
        "held": round(sum(held_s for _, held_s in amounts.values())),
        "before": session.pain_before,
        "after": session.pain_after,
    }


def _amounts(sessions: Sequence[KeptSession]) -> dict[str, tuple[int, float]]:
    """Repetitions and seconds held, by exercise."""
    found: dict[str, tuple[int, float]] = {}
    for kept in (kept for session in sessions for kept in session.sets):
        reps, held_s = found.get(kept.exercise, (0, 0.0))
        found[kept.exercise] = reps + kept.reps, held_s + kept.hold_s
    return found


def _set_lines(session: KeptSession) -> Iterator[SetLine]:
    zone = session.started_at.utcoffset()
    at = session.started_at.astimezone(ZONELESS).replace(tzinfo=None)
    for kept in session.sets:
        yield SetLine(
            session.id,
            session.person,
            at,
            0 if zone is None else round(zone.total_seconds()),
            kept.exercise,
            kept.side.value,
            kept.number,
            kept.asked.reps,
            kept.asked.hold_s,
            kept.reps,
            kept.counted,
            kept.hold_s,
            _known(kept.rom_deg_median),
            _known(kept.rom_deg_best),
            _known(kept.tempo_s_median),
            json.dumps(dict(kept.faults)),
            session.pain_before,
            session.pain_after,
            session.source,
            session.version,
        )


def _known(value: float) -> float | None:
    return value if value == value else None
