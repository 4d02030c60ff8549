"""Words of an exercise in another language, as they stand in a language's file or in an exercise's own."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from repcount.exercises.terms import Table

CODE = r"^[a-z][a-z0-9_]*$"


class FaultWords(Table):
    """Words about one fault; what is empty stays as the exercise's file has it.

    Attributes
    ----------
    name : what a person reads.
    say : the cue, in the second person and positive.
    praise : what is said once the fault is gone.
    """

    name: str = ""
    say: str = ""
    praise: str = ""


class ExerciseWords(Table):
    """Words about one exercise; ``faults`` by their codes."""

    title: str = ""
    faults: dict[Annotated[str, Field(pattern=CODE)], FaultWords] = Field(default_factory=dict)
