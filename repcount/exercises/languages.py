"""The languages that cues are told in: one file of words each, all of one form; English is the first.

A new language is one more file in ``languages/``, or one of the user's own; no code knows any by name but
English, whose words about an exercise stand in the exercise's file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field

from repcount.core.errors import SettingError
from repcount.core.model import Phase
from repcount.exercises.catalog import checked, read_toml
from repcount.exercises.rules import Complaint
from repcount.exercises.spec import Exercise
from repcount.exercises.terms import ExerciseWords, FaultWords, Table, did_you_mean

ENGLISH = "en"
_FOLDER = Path(__file__).parent / "languages"
_SUFFIX = ".toml"

Rule = TypeVar("Rule", bound=Complaint)


class Language(Table):
    """One language.

    Attributes
    ----------
    language : its code, as in ISO 639.
    title : what its speakers call it.
    phases : what each phase of a repetition is called.
    phrases : all that is said whatever the exercise, by key; words in braces are filled in.
    screen : what the phone's page and the live window say, by key; words in braces are filled in there.
    exercises : words about each exercise, by its name.
    """

    format: Annotated[int, Field(ge=1, le=1)]
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    title: str
    phases: dict[Phase, str] = Field(default_factory=dict)
    phrases: dict[str, str] = Field(default_factory=dict)
    screen: dict[str, str] = Field(default_factory=dict)
    exercises: dict[str, ExerciseWords] = Field(default_factory=dict)

    def say(self, key: str, **values: object) -> str:
        """The phrase of that key, filled in; the English one where this language has none."""
        text = self.phrases.get(key) or load(ENGLISH).phrases[key]
        return text.format(**values)

    def screen_words(self) -> dict[str, str]:
        """All that a screen says, by key; English where this language has no word."""
        return {**load(ENGLISH).screen, **self.screen}


def languages() -> tuple[str, ...]:
    """Codes of the languages that are built in."""
    return tuple(sorted(path.stem for path in _FOLDER.glob(f"*{_SUFFIX}")))


def load(name: str = ENGLISH) -> Language:
    """Return a language by its code, or from a file of the user's own (``.toml``).

    Raises
    ------
    SettingError
        There is none of that code, or the file is wrong.
    """
    if name.endswith(_SUFFIX):
        path = Path(name).expanduser()
    elif name in languages():
        path = _FOLDER / f"{name}{_SUFFIX}"
    else:
        known = did_you_mean(name, languages())
        raise SettingError(
            f"there are no words in `{name}`; {known}; your own is a file that ends in {_SUFFIX}"
        )
    return checked(Language, read_toml(path), str(path))


def in_language(exercise: Exercise, language: Language) -> Exercise:
    """The exercise with its words in a language; words in its own file come first."""
    own = exercise.words.get(language.language, ExerciseWords())
    given = language.exercises.get(exercise.name, ExerciseWords())

    def told(rule: Rule) -> Rule:
        return _told(rule, (own.faults.get(rule.code), given.faults.get(rule.code)), language)

    return exercise.model_copy(
        update={
            "title": own.title or given.title or exercise.title,
            "short": told(exercise.short),
            "faults": tuple(told(rule) for rule in exercise.faults),
            "tempo_faults": tuple(told(rule) for rule in exercise.tempo_faults),
        }
    )


def _told(rule: Rule, words: tuple[FaultWords | None, ...], language: Language) -> Rule:
    changes: dict[str, str] = {}
    for key in ("name", "say", "praise"):
        found = [getattr(one, key) for one in words if one is not None and getattr(one, key)]
        if found:
            changes[key] = found[0]
    foreign = language.language != ENGLISH
    if rule.say and "praise" not in changes and (foreign or not rule.praise):
        changes["praise"] = language.say("praise")
    return rule.model_copy(update=changes)
