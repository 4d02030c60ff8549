"""The pictures of docs/accuracy; drawn from the record alone, but for the contact sheet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Json = dict[str, Any]
BLUE, RED, GREY = "#2a6f97", "#b23a48", "#8a8a8a"
PARTS: Final = (BLUE, "#7aa6c2", "#c9a227", RED)
WIDE_SHARE: Final = 0.045  # of the longest bar: a narrower part has no room for its number
DPI: Final = 110
STEPS: Final = (-0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0)


def new(rows: int, columns: int, size_in: tuple[float, float]) -> tuple[Any, Any]:
    """A figure of so many axes, and the axes, shape (rows, columns)."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    return plt.subplots(rows, columns, figsize=size_in, squeeze=False, layout="constrained")


def save(figure: Any, path: Path) -> None:
    """Write a figure as PNG, the same bytes each time."""
    from matplotlib import pyplot as plt

    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=DPI, metadata={"Software": None})
    plt.close(figure)


def draw_angles(part: Json, path: Path) -> None:
    """Mean error of knee and hip against the camera's angle from the side, with the interval."""
    figure, axes = new(1, 2, (8.5, 3.2))
    views = part["angles"]["view"]
    for axis, joint in zip(axes[0], ("knee", "hip"), strict=True):
        found = [views[name][joint] for name in views]
        x = np.arange(len(found))
        for key, colour, label in (("mean_deg", BLUE, "mean"), ("p95_deg", RED, "95th percentile")):
            value, low, high = (
                np.array([f[key][k] if f[key][k] is not None else np.nan for f in found])
                for k in ("value", "low", "high")
            )
            axis.errorbar(
                x, value, (value - low, high - value), color=colour, marker="o", capsize=3, label=label
            )
        axis.set_xticks(x, list(views))
        axis.set(title=joint, xlabel="camera, degrees from the side", ylabel="error, degrees")
        axis.set_ylim(bottom=0)
        axis.grid(alpha=0.3)
    axes[0, 0].legend(frameon=False)
    save(figure, path)


def _curve(points: list[list[Any]]) -> tuple[list[float], list[float], list[int]]:
    """Share found in steps of severity: middles, shares and how many there were."""
    middles, found, n = [], [], []
    for low, high in pairwise(STEPS):
        hits = [bool(hit) for past, hit in points if low <= past < high]
        if hits:
            middles.append((low + high) / 2)
            found.append(sum(hits) / len(hits))
            n.append(len(hits))
    return middles, found, n


def draw_faults(part: Json, path: Path) -> None:
    """Recall against severity, a curve for each fault that some view can show."""
    from bench.page.tables import percent

    exercises = part["faults"]
    figure, axes = new(2, 3, (11, 6.2))
    everything: list[list[Any]] = []
    for axis, (exercise, faults) in zip(axes.flat, exercises.items(), strict=False):
        for code, fault in faults.items():
            if fault["points"]:
                x, y, _ = _curve(fault["points"])
                axis.plot(x, y, marker="o", ms=4, lw=1.2, label=code)
                everything += fault["points"]
        axis.set_title(exercise, fontsize=10)
        axis.legend(fontsize=6.5, frameon=False, loc="lower right")
    last = axes.flat[-1]
    x, y, n = _curve(everything)
    last.plot(x, y, marker="o", color=BLUE)
    for px, py, count in zip(x, y, n, strict=True):
        last.annotate(str(count), (px, py), textcoords="offset points", xytext=(0, 6), fontsize=7, color=GREY)
    last.set_title(f"all; 10° and more: {percent(part['fault_totals']['10° and more'])}", fontsize=9)
    for axis in axes.flat:
        axis.axvline(0, color=GREY, lw=0.8)
        axis.axvline(1, color=GREY, lw=0.8, ls="--")
        axis.set(ylim=(-0.05, 1.08), xlim=(-0.6, 3.1))
        axis.set_xlabel("beyond the limit (1 = 10° or its equivalent)", fontsize=8)
        axis.set_ylabel("share found", fontsize=8)
        axis.grid(alpha=0.25)
    save(figure, path)


def draw_confusion(part: Json, path: Path) -> None:
    """True against recognised exercise."""
    names = list(part["confusion"])
    counts = np.array([[part["confusion"][true][said] for said in names] for true in names], float)
    shares = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    figure, axes = new(1, 1, (5.6, 4.6))
    axis = axes[0, 0]
    axis.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (i, j), n in np.ndenumerate(counts):
        if n:
            axis.text(
                j, i, f"{n:.0f}", ha="center", va="center", color="white" if shares[i, j] > 0.5 else "black"
            )
    axis.set_xticks(range(len(names)), names, rotation=35, ha="right", fontsize=8)
    axis.set_yticks(range(len(names)), names, fontsize=8)
    axis.set(xlabel="recognised", ylabel="true")
    save(figure, path)


def draw_reliability(left_out: Json, path: Path) -> None:
    """How likely a movement was said to be a repetition, against how often it is one."""
    from bench.leftout import TITLES

    figure, axes = new(1, 1, (5.2, 4.4))
    axis = axes[0, 0]
    axis.plot((0, 1), (0, 1), color=GREY, lw=0.8, ls="--", label="as said")
    for (part, record), colour in zip(left_out.items(), (BLUE, RED), strict=False):
        rows = [row for row in record["reliability"] if row["true"]["n"]]
        x = np.array([row["mean"] for row in rows])
        value, low, high = (np.array([row["true"][key] for row in rows]) for key in ("value", "low", "high"))
        axis.errorbar(
            x,
            value,
            (value - low, high - value),
            color=colour,
            marker="o",
            ms=4,
            capsize=3,
            label=TITLES[part],
        )
        for px, py, row in zip(x, value, rows, strict=True):
            axis.annotate(
                str(row["true"]["n"]),
                (px, py),
                textcoords="offset points",
                xytext=(6, -10),
                fontsize=7,
                color=GREY,
            )
    axis.set(xlim=(-0.02, 1.04), ylim=(-0.02, 1.04), xlabel="probability that was said")
    axis.set(ylabel="share that are repetitions")
    axis.grid(alpha=0.3)
    axis.legend(frameon=False, loc="upper left")
    save(figure, path)


CELL_PX: Final = (168, 126)
COLUMNS: Final = 8


def _cell(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture fitted into a cell of the contact sheet, grey around it."""
    import cv2

    height, width = picture.shape[:2]
    scale = min(CELL_PX[0] / width, CELL_PX[1] / height)
    small = cv2.resize(picture, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    cell = np.full((CELL_PX[1], CELL_PX[0], 3), 235, np.uint8)
    y, x = (CELL_PX[1] - small.shape[0]) // 2, (CELL_PX[0] - small.shape[1]) // 2
    cell[y : y + small.shape[0], x : x + small.shape[1]] = small
    return cell


def draw_sheet(scenes: list[Path], path: Path) -> None:
    """One frame of each scene, at its first repetition's peak or a third of the way."""
    import cv2

    from tools.figure.scene import load_scene
    from tools.figure.studio import Studio

    cells = []
    for scene in scenes:
        studio = Studio(load_scene(scene))
        beats = [beat for part in studio.timeline.parts() for beat in part.beats]
        time_s = beats[-1].peak_s if beats else float(studio.times_s[len(studio.times_s) // 3])
        cells.append(_cell(studio.picture(time_s)))
    cells += [np.full_like(cells[0], 235)] * (-len(cells) % COLUMNS)
    rows = [np.hstack(cells[i : i + COLUMNS]) for i in range(0, len(cells), COLUMNS)]
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.vstack(rows)[..., ::-1], [cv2.IMWRITE_PNG_COMPRESSION, 9])


def draw_parts(
    bars: dict[str, dict[str, float]], parts: Sequence[str], limits: dict[int, float], path: Path
) -> None:
    """Milliseconds a frame, part by part, and the bare network as lines."""
    figure, axes = new(1, 1, (8.5, 3.4))
    axis = axes[0, 0]
    start = np.zeros(len(bars))
    wide_ms = WIDE_SHARE * max(sum(bar.values()) for bar in bars.values())
    for part, colour in zip(parts, PARTS, strict=False):
        width = np.array([bar.get(part, 0.0) for bar in bars.values()])
        axis.barh(list(bars), width, left=start, color=colour, label=part, height=0.62)
        for i, ms in enumerate(width):
            if ms >= wide_ms:
                axis.text(start[i] + ms / 2, i, f"{ms:.1f}", ha="center", va="center", color="white")
        start += width
    for i, total in enumerate(start):
        axis.text(total + 0.2, i, f"{total:.1f}", va="center")
    for (threads, ms), style in zip(limits.items(), ("-", ":"), strict=False):
        label = f"landmark network alone, {threads} thread{'s' * (threads > 1)}: {ms:.1f} ms"
        axis.axvline(ms, color="black", linestyle=style, linewidth=1.2, label=label)
    axis.invert_yaxis()
    axis.set(xlabel="milliseconds a frame, one process", xlim=(0, 1.08 * float(start.max())))
    axis.spines[["top", "right"]].set_visible(False)
    figure.legend(*axis.get_legend_handles_labels(), loc="outside lower center", ncols=3, frameon=False)
    save(figure, path)
