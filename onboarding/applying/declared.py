"""What an applicant declared, as far as a decision may know it: languages and domains, and nothing else of a person."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessments.items import Record
from grader.database import in_portions
from grader.store import Store
from onboarding.requirements import Declared
from onboarding.tables import ApplicationRow

WORKING_LEVELS = frozenset(("B2", "C1", "C2"))
"""Tests are offered in languages that somebody claims to be able to work in."""


class Abilities(Record):
    """Self-rated levels (CEFR) by language (ISO 639), and years of practice by domain."""

    languages: Mapping[str, str]
    domains: Mapping[str, int]

    def best_of(self, languages: Sequence[str]) -> str:
        """Of these languages the one that somebody knows best; the first of them where none is better."""
        return max(languages, key=lambda language: self.languages.get(language, ""))

    @property
    def declared(self) -> Declared:
        """What counts for a policy: languages to work in, and domains."""
        languages = (language for language, level in self.languages.items() if level in WORKING_LEVELS)
        return Declared(languages=frozenset(languages), domains=frozenset(self.domains))


def abilities_of(store: Store, applicant_id: str) -> Abilities | None:
    """What one applicant declared; None where there is no application, or none any more."""
    return abilities(store, [applicant_id]).get(applicant_id)


def declared_of(store: Store, applicant_id: str) -> Declared | None:
    """What counts for a policy of what one applicant declared; None where there is no application."""
    found = abilities_of(store, applicant_id)
    return found.declared if found else None


def declared(store: Store, applicant_ids: Collection[str] | None = None) -> dict[str, Declared]:
    """What everybody (or each of these people) declared, as far as it counts for a policy."""
    return {applicant_id: found.declared for applicant_id, found in abilities(store, applicant_ids).items()}


def abilities(store: Store, applicant_ids: Collection[str] | None = None) -> dict[str, Abilities]:
    """What everybody (or each of these people) declared, by applicant."""
    return dict(_read(store, applicant_ids))


def _read(store: Store, ids: Collection[str] | None) -> Iterator[tuple[str, Abilities]]:
    with store.session() as session:
        for portion in [None] if ids is None else in_portions(ids):
            yield from abilities_in(session, portion).items()


def abilities_in(session: Session, applicant_ids: Collection[str] | None) -> dict[str, Abilities]:
    """As `abilities`, within the caller's transaction; at most some hundred people at a time, or all."""
    # of the application nothing but these two leaves the database
    parts = [ApplicationRow.data[name].label(name) for name in Abilities.model_fields]
    query = select(ApplicationRow.applicant_id, *parts).where(ApplicationRow.erased_at.is_(None))
    if applicant_ids is not None:
        query = query.where(ApplicationRow.applicant_id.in_(applicant_ids))
    return {row.applicant_id: _abilities(row.languages, row.domains) for row in session.execute(query)}


def _abilities(languages: Any, domains: Any) -> Abilities:
    return Abilities(
        languages={row["language"]: row["level"] for row in languages},
        domains={row["domain"]: row["years"] for row in domains},
    )
