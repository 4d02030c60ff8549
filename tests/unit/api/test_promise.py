"""What ``import repcount`` promises: names, signatures, types. A change here is a change for users.

``python -m tests.unit.api.test_promise`` writes the signatures anew.
"""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import repcount

HERE = Path(__file__).parent
ROOT = HERE.parent.parent.parent
SIGNATURES = HERE / "signatures.txt"
TYPED = ROOT / "tests" / "typing" / "api.py"


def promised() -> Iterator[str]:
    """Each public name with its signature, and the public members of each class with theirs."""
    for name in repcount.__all__:
        what = getattr(repcount, name)
        if not callable(what):
            yield name
        elif not inspect.isclass(what):
            yield f"{name}{inspect.signature(what)}"
        elif issubclass(what, Exception):
            yield f"{name}({', '.join(base.__name__ for base in what.__bases__)})"
        else:
            yield f"{name}{_constructor(what)}"
            yield from (f"{name}.{member}" for member in _members(what))


def _constructor(what: type) -> str:
    """How it is built; nothing for what is only ever given: results, and exercises, which are files."""
    return "" if what.__name__ in ("Result", "Exercise") else str(inspect.signature(what))


def _members(what: type) -> Iterator[str]:
    if what.__name__ == "Exercise":
        yield from ("name", "title", "summary")
        return
    for name, member in sorted(vars(what).items()):
        if name.startswith("_") or name in getattr(what, "__dataclass_fields__", ()):
            continue
        if isinstance(member, classmethod):
            yield f"{name}{inspect.signature(getattr(what, name))}"
        elif inspect.isfunction(member):
            yield f"{name}{inspect.signature(member)}"
        else:
            yield name


def test_names_and_signatures_are_those_that_were_promised() -> None:
    assert "\n".join(promised()) + "\n" == SIGNATURES.read_text(encoding="utf-8")


def test_every_name_is_there_and_in_dir_and_documented() -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    for name in repcount.__all__:
        assert getattr(repcount, name) is not None
        assert name in dir(repcount)
        assert name == "__version__" or name in page
    assert list(repcount.__all__) == sorted(repcount.__all__)


def test_a_name_that_is_not_promised_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        repcount.nonsense  # noqa: B018


@pytest.mark.parametrize("name", [name for name in repcount.__all__ if callable(getattr(repcount, name))])
def test_every_name_has_a_docstring(name: str) -> None:
    assert len((getattr(repcount, name).__doc__ or "").strip()) > 20


def test_types_are_those_that_a_strict_user_sees() -> None:
    call = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file",
        str(ROOT / "pyproject.toml"),
        str(TYPED),
    ]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_typed_example_uses_every_name() -> None:
    tree = ast.parse(TYPED.read_text(encoding="utf-8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert set(repcount.__all__) <= used


def test_the_mark_of_a_typed_package_is_beside_the_code() -> None:
    assert (Path(repcount.__file__).parent / "py.typed").is_file()


if __name__ == "__main__":
    SIGNATURES.write_text("\n".join(promised()) + "\n", encoding="utf-8")
