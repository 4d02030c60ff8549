"""Peak memory of ``repcount analyze`` against the length of the video.

Run it as ``python -m bench.memory [MINUTES ...]``; one and twenty minutes are the default.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.longer import repeat

CLIP = Path(__file__).parent.parent / "sample_videos" / "wall_squat.mp4"

_MEASURED = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "repcount", *sys.argv[1:]], capture_output=True, text=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(done.stdout)
print(peak)
sys.exit(done.returncode)
"""


def measure(video: Path) -> tuple[float, int]:
    """Peak resident memory in MB, and the repetitions counted."""
    command = [
        sys.executable,
        "-c",
        _MEASURED,
        "analyze",
        str(video),
        "--exercise",
        "wall-squat",
        "--json",
        "-",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    document, peak_kb = done.stdout.rstrip().rsplit("\n", 1)
    reps = json.loads(document)["inputs"][0]["exercises"][0]["reps"]
    return int(peak_kb) / 1024, reps


def main(minutes: list[float]) -> None:
    """Print a Markdown table."""
    print("| minutes of video | repetitions | peak memory |\n|---:|---:|---:|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for length in minutes:
            video = Path(folder) / f"{length:g}.mp4"
            repeat(CLIP, video, length * 60)
            peak_mb, reps = measure(video)
            print(f"| {length:g} | {reps} | {peak_mb:.0f} MB |", flush=True)


if __name__ == "__main__":
    main([float(arg) for arg in sys.argv[1:]] or [1.0, 20.0])
