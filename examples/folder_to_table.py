"""A folder of videos or landmark recordings to one table and a picture each.

usage: python examples/folder_to_table.py VIDEOS OUT [EXERCISE]

Needs pandas and matplotlib: pip install pandas 'repcount[plot]'
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

import repcount

SUFFIXES = (".mp4", ".mov", ".mkv", ".webm", ".npz")


def main(folder: Path, out: Path, exercise: str | None = None) -> None:
    """Write ``repetitions.csv`` and, for each input in which something was counted, its picture."""
    out.mkdir(parents=True, exist_ok=True)
    tables = []
    for path in sorted(each for each in folder.iterdir() if each.suffix.lower() in SUFFIXES):
        try:
            result = repcount.analyze(path, exercise)
        except repcount.RepcountError as error:
            print(error, file=sys.stderr)
            continue
        print(f"{path.name}: {result.count}")
        if result.count:
            tables.append(result.to_dataframe())
            result.plot().savefig(out / f"{path.stem}.png")
    if tables:
        pd.concat(tables).to_csv(out / "repetitions.csv", index=False)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
