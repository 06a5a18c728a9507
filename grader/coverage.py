"""Which rows of the task catalogue can be assessed, and with what: the table of `talentpool catalogue`."""

from collections.abc import Iterable, Iterator

import pandas as pd

from assessments.catalogue import FAMILIES
from grader.bank import Bank
from grader.entries import BankItem

COLUMNS = ("row", "family", "the applicant has to", "interaction", "scored by", "items", "assessments")


def coverage(banks: Iterable[Bank]) -> pd.DataFrame:
    """One row for each row of the catalogue, also where no item stands for it, with `COLUMNS`."""
    entries = [(bank.assessment, entry) for bank in banks for entry in bank.items.values()]
    return pd.DataFrame([_row(*task, entries) for task in _catalogue()], columns=list(COLUMNS))


def _catalogue() -> Iterator[tuple[str, str, str]]:
    for family, rows in FAMILIES.items():
        for row, does in rows.items():
            yield row, family, does


def _row(row: str, family: str, does: str, entries: list[tuple[str, BankItem]]) -> dict[str, object]:
    mine = [(assessment, entry) for assessment, entry in entries if row in entry.item.task_types]
    kinds = {_interaction(entry) for _, entry in mine}
    judges = {"machine + person" if entry.key.needs_review else "machine" for _, entry in mine}
    found = (", ".join(sorted(kinds)), ", ".join(sorted(judges)), len(mine))
    return dict(zip(COLUMNS, (row, family, does, *found, ", ".join(sorted({a for a, _ in mine}))), strict=True))


def _interaction(entry: BankItem) -> str:
    return f"{entry.item.kind} + figure" if entry.item.figure else entry.item.kind
