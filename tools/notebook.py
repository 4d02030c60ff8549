"""Runs a notebook without Jupyter, and writes what its cells say into it.

usage: python -m tools.notebook examples/squats.ipynb

A cell may print, and its last line is shown as Jupyter would show it: as HTML, as a picture, else as text.
"""

from __future__ import annotations

import ast
import base64
import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

Json = dict[str, Any]


def run(notebook: Json) -> list[list[Json]]:
    """Run the code cells of a notebook one after the other; return the outputs of each."""
    names: Json = {"__name__": "__main__"}
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [_outputs("".join(cell["source"]), number, names) for number, cell in enumerate(cells, 1)]


def _outputs(code: str, number: int, names: Json) -> list[Json]:
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, f"cell {number}", "exec"), names)
        shown = None
        if isinstance(last, ast.Expr):
            shown = eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), names)
    outputs: list[Json] = []
    if printed.getvalue():
        outputs.append({"output_type": "stream", "name": "stdout", "text": _lines(printed.getvalue())})
    if shown is not None:
        data = _shown(shown)
        outputs.append(
            {"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": data}
        )
    return outputs


def _shown(value: Any) -> Json:
    """A value in the forms in which Jupyter shows it."""
    data: Json = {"text/plain": _lines(repr(value))}
    as_html, as_png = getattr(value, "_repr_html_", None), getattr(value, "_repr_png_", None)
    if callable(as_html) and (html := as_html()) is not None:
        data["text/html"] = _lines(html)
    if callable(as_png):
        data["image/png"] = base64.b64encode(as_png()).decode()
    return data


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def main(path: Path) -> None:
    """Run the notebook where it lies and write its outputs into it."""
    notebook: Json = json.loads(path.read_text(encoding="utf-8"))
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        outputs = run(notebook)
    finally:
        os.chdir(here)
    cells = (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    for number, (cell, said) in enumerate(zip(cells, outputs, strict=True), 1):
        cell["execution_count"], cell["outputs"] = number, said
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
