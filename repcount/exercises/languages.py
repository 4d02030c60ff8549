"""The languages of all that is said and shown: one file of words each, all of one form; English is the first.

A new language is one more file in ``languages/``, or one of the user's own; no code knows any by name but
English, whose words about an exercise stand in the exercise's file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import Field, field_validator

from repcount.core.errors import SettingError
from repcount.core.phrases import ENGLISH, FOLDER, SUFFIX, Phrases, flat, phrases_of
from repcount.core.records import Phase
from repcount.exercises import catalog
from repcount.exercises.catalog import checked, read_toml
from repcount.exercises.plans import Plan
from repcount.exercises.rules import Complaint
from repcount.exercises.spec import Exercise
from repcount.exercises.terms import ExerciseWords, FaultWords, PlanWords, Table, did_you_mean

Rule = TypeVar("Rule", bound=Complaint)


class Language(Table):
    """One language.

    Attributes
    ----------
    language : its code, as in ISO 639.
    title : what its speakers call it.
    phases : what each phase of a repetition is called.
    phrases : all that is said whatever the exercise, by key; tables make keys with dots.
    screen : what the phone's page and the live window say, by key; words in braces are filled in there.
    exercises : words about each exercise, by its name.
    plans : title and summary of each plan, by its name.
    sources : where figures come from, by the English words; names of papers and sites stay as they are.
    meanings : what signals and features mean, by the English words.
    """

    format: Annotated[int, Field(ge=1, le=1)]
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    title: str
    phases: dict[Phase, str] = Field(default_factory=dict)
    phrases: dict[str, str] = Field(default_factory=dict)
    screen: dict[str, str] = Field(default_factory=dict)
    exercises: dict[str, ExerciseWords] = Field(default_factory=dict)
    plans: dict[str, PlanWords] = Field(default_factory=dict)
    sources: dict[str, str] = Field(default_factory=dict)
    meanings: dict[str, str] = Field(default_factory=dict)

    @field_validator("phrases", mode="before")
    @classmethod
    def _flat(cls, tables: Any) -> Any:
        return flat(tables) if isinstance(tables, Mapping) else tables

    @property
    def words(self) -> Phrases:
        """All that is said whatever the exercise; the English text where this language has none."""
        phases = {f"phase.{phase.value}": text for phase, text in self.phases.items()}
        return phrases_of(self.language, {**self.phrases, **phases}, {**self.sources, **self.meanings})

    def say(self, key: str, **values: object) -> str:
        """The phrase of that key, filled in; the English one where this language has none."""
        return self.words.say(key, **values)

    def plan(self, plan: Plan) -> Plan:
        """A plan with its words in this language; those of one's own stay as they are."""
        words = self.plans.get(plan.name)
        return plan if words is None else plan.model_copy(update=words.model_dump())

    def titles(self) -> dict[str, str]:
        """What every built-in exercise is called, by name."""
        return {name: in_language(catalog.get(name), self).title for name in catalog.names()}

    def screen_words(self) -> dict[str, str]:
        """All that a screen says, by key; English where this language has no word."""
        return {**load(ENGLISH).screen, **self.screen}


def languages() -> tuple[str, ...]:
    """Codes of the languages that are built in."""
    return tuple(sorted(path.stem for path in FOLDER.glob(f"*{SUFFIX}")))


def load(name: str = ENGLISH) -> Language:
    """Return a language by its code, or from a file of the user's own (``.toml``).

    Raises
    ------
    SettingError
        There is none of that code, or the file is wrong.
    """
    if name.endswith(SUFFIX):
        return _read(Path(name).expanduser())
    if name in languages():
        return _built_in(FOLDER / f"{name}{SUFFIX}")
    known = did_you_mean(name, languages())
    raise SettingError(f"there are no words in `{name}`; {known}; your own is a file that ends in {SUFFIX}")


def _read(path: Path) -> Language:
    return checked(Language, read_toml(path), str(path))


@cache
def _built_in(path: Path) -> Language:
    """Read once: every session asks for the English words."""
    return _read(path)


def in_language(exercise: Exercise, language: Language) -> Exercise:
    """The exercise with its words in a language; words in its own file come first."""
    own = exercise.words.get(language.language, ExerciseWords())
    given = language.exercises.get(exercise.name, ExerciseWords())

    def told(rule: Rule) -> Rule:
        return _told(rule, (own.faults.get(rule.code), given.faults.get(rule.code)), language)

    changes: dict[str, object] = {
        "title": own.title or given.title or exercise.title,
        "summary": own.summary or given.summary or exercise.summary,
        "how": own.how or given.how or exercise.how,
        "camera": own.camera or given.camera or exercise.camera,
        "ways": own.ways or given.ways or exercise.ways,
        "short": told(exercise.short),
        "beyond": None if exercise.beyond is None else told(exercise.beyond),
        "faults": tuple(told(rule) for rule in exercise.faults),
        "tempo_faults": tuple(told(rule) for rule in exercise.tempo_faults),
        "presets": {
            name: preset.model_copy(
                update={"note": own.notes.get(name) or given.notes.get(name) or preset.note}
            )
            for name, preset in exercise.presets.items()
        },
    }
    where = own.place or given.place
    if exercise.place is not None and where is not None:
        changes["place"] = exercise.place.model_copy(update=where.model_dump())
    return exercise.model_copy(update=changes)


def _told(rule: Rule, words: tuple[FaultWords | None, ...], language: Language) -> Rule:
    changes: dict[str, str] = {}
    for key in ("name", "say", "praise", "why"):
        found = [getattr(one, key) for one in words if one is not None and getattr(one, key)]
        if found:
            changes[key] = found[0]
    foreign = language.language != ENGLISH
    if rule.say and "praise" not in changes and (foreign or not rule.praise):
        changes["praise"] = language.say("praise")
    return rule.model_copy(update=changes)
