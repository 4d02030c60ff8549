"""The checks, one session each: ``nox -s lint types tests tests-extra``. ``nox -l`` lists them."""

import nox

nox.options.sessions = ["lint", "types", "tests", "tests-extra"]
PYTHONS = ["3.10", "3.11", "3.12", "3.13"]


@nox.session
def lint(session: nox.Session) -> None:
    """Style and formatting."""
    session.install("ruff>=0.9")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Types, strict."""
    session.install("-e", ".[dev]")
    session.run("mypy")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """README's tests, the slow ones with the real network included; those that need an extra are skipped."""
    session.install("-e", ".[dev]")
    session.run("pytest", *session.posargs)


@nox.session(name="tests-extra", python=PYTHONS)
def tests_extra(session: nox.Session) -> None:
    """The tests that need an extra, with all extras."""
    session.install("-e", ".[bench,cluster,dev,figure,phone,plot,postgres,voice]")
    session.run("pytest", *session.posargs, "-m", "extra")


@nox.session(name="tests-bare")
def tests_bare(session: nox.Session) -> None:
    """The tests with no extra installed but what runs them."""
    session.install("-e", ".", "pytest>=8", "hypothesis>=6.100")
    session.run("pytest", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """The documents against the code."""
    session.install("-e", ".[dev]")
    session.run("pytest", "tests/test_docs.py", "tests/test_architecture.py", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Memory against the length of the video; off by default."""
    session.install("-e", ".")
    session.run("python", "-m", "bench.memory", *session.posargs)
