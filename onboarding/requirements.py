"""What a policy can say. Of a person it knows scores, declared languages and declared domains, and nothing else."""

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveInt, StringConstraints

from assessments.items import Record, Slug, Text

Share = Annotated[float, Field(ge=0, le=1)]
Band = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Weight = Annotated[float, Field(gt=0, allow_inf_nan=False)]
# without a region: where somebody lives is no requirement
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Names = Annotated[tuple[Slug, ...], Field(min_length=1)]
PatientState = Literal["applied", "self-assessed", "tests-assigned", "tests-in-progress", "retry", "onboarding"]
"""The states in which it is the applicant's turn: only they can last too long."""


class Requirement(Record):
    """What it takes to pass one assessment, and how often it may be tried. Scores are shares of the points (0…1).

    Args:
        band: within so many standard errors of a minimum a person decides; None is the policy's own.
    """

    qualification: Text
    minimum_score: Share
    minimum_skill_scores: Mapping[Slug, Share] = Field(default_factory=dict)
    band: Band | None = None
    attempts: PositiveInt = 1
    waiting_days: NonNegativeInt = 0
    valid_days: PositiveInt = 365


class Stage(Record):
    """Assessments that belong together on the way in."""

    name: Text
    assessments: Names


class OfDeclared(Record):
    """What is required of whoever declares a language or a domain."""

    assessments: Names


class Compensation(Record):
    """A minimum for the weighted mean of several scores, beside the minimum of each, never instead of it."""

    weights: Annotated[Mapping[Slug, Weight], Field(min_length=2)]
    minimum_score: Share
    band: Band | None = None


class Project(Record):
    """What one project asks for, on top of what its assessments do.

    Args:
        failing: what clearly missing a minimum means: no qualification for this project, or the end of the application.
        minimum_scores: by assessment; they are all that the project looks at.
        minimum_skill_scores: by assessment and skill.
        band: None is that of each assessment.
    """

    title: Text
    failing: Literal["project", "all"] = "project"
    minimum_scores: Annotated[Mapping[Slug, Share], Field(min_length=1)]
    minimum_skill_scores: Mapping[Slug, Mapping[Slug, Share]] = Field(default_factory=dict)
    band: Band | None = None


class Way(Record):
    """What belongs to the way beside the assessments.

    Args:
        modules: gone through between the decision and the pool.
        training: comes before another attempt.
        near_miss: who missed a minimum by no more than this share may try again; None lets everybody.
        patience_days: how long a state may last before the application expires.
        renewal_days: so long before a qualification expires the member is told, and may take the test again: attempts
            then count anew.
    """

    self_assessment: bool = True
    modules: tuple[Slug, ...] = ()
    training: bool = False
    near_miss: Share | None = None
    patience_days: Mapping[PatientState, PositiveInt] = Field(default_factory=dict)
    renewal_days: PositiveInt = 30


class PolicyText(Record):
    """The file's content.

    Args:
        failing: what failing one means: the end of the application, or, where a declared language or domain asked for
            it, of that assessment alone.
        objection_days: how long an applicant may object to a decision.
    """

    title: Text
    band: Band = 1.0
    failing: Literal["all", "assessment"] = "all"
    objection_days: PositiveInt = 30
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    languages: Mapping[LanguageCode, OfDeclared] = Field(default_factory=dict)
    domains: Mapping[Slug, OfDeclared] = Field(default_factory=dict)
    assessments: Mapping[Slug, Requirement]
    compensation: Compensation | None = None
    projects: Mapping[Slug, Project] = Field(default_factory=dict)
    journey: Way = Way()


class Declared(Record):
    """What an applicant declared, as far as a policy may know it."""

    languages: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()


class Policy(PolicyText):
    """A policy that holds together. `version` is the SHA-256 of the file (first 16 hex digits)."""

    version: str

    @property
    def required(self) -> list[str]:
        """What is required without an application: the assessments of all stages, in their order."""
        return [assessment for stage in self.stages for assessment in stage.assessments]

    @property
    def of_everybody(self) -> list[str]:
        """The assessments of the stages that hang on no language or domain."""
        conditional = {name for of in self._conditions() for name in of.assessments}
        return [name for name in self.required if name not in conditional]

    @property
    def named(self) -> list[str]:
        """Every assessment that may be required of somebody: those of the stages first, each once."""
        return list(dict.fromkeys([*self.required, *(name for of in self._conditions() for name in of.assessments)]))

    def required_for(self, languages: Collection[str], domains: Collection[str]) -> list[str]:
        """What is required of somebody who declares these languages (`es`, also with a region: `es-MX`) and domains.

        An assessment that the stages name and no language or domain does is required of everybody.
        """
        spoken = {language.lower().partition("-")[0] for language in languages}
        met = [of for code, of in self.languages.items() if code in spoken]
        met += [of for name, of in self.domains.items() if name in domains]
        chosen = {*self.of_everybody, *(name for of in met for name in of.assessments)}
        return [name for name in self.named if name in chosen]

    def required_of(self, declared: Declared | None) -> list[str]:
        """What is required of an applicant; without an application everything in the stages is."""
        return self.required_for(declared.languages, declared.domains) if declared else self.required

    def band_of(self, assessment: str) -> float:
        """So many standard errors around its minimum scores are left to a person."""
        own = self.assessments[assessment].band
        return self.band if own is None else own

    def asked_by(self, project: str, assessment: str) -> Requirement:
        """What a project asks of one assessment: its own minima, and those of the assessment's skills."""
        own, asks = self.assessments[assessment], self.projects[project]
        skills = {**own.minimum_skill_scores, **asks.minimum_skill_scores.get(assessment, {})}
        band = self.band_of(assessment) if asks.band is None else asks.band
        changes = {"minimum_score": asks.minimum_scores[assessment], "minimum_skill_scores": skills, "band": band}
        return own.model_copy(update=changes)

    def skills_asked_of(self, assessment: str) -> Iterator[tuple[str, Mapping[str, float]]]:
        """The minima for single skills of an assessment, by table of the file."""
        yield f"assessments.{assessment}.minimum_skill_scores", self.assessments[assessment].minimum_skill_scores
        for name, asks in self.projects.items():
            skills = asks.minimum_skill_scores.get(assessment, {})
            yield f"projects.{name}.minimum_skill_scores.{assessment}", skills

    def _conditions(self) -> Iterator[OfDeclared]:
        yield from self.languages.values()
        yield from self.domains.values()
