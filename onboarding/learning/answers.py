"""How first answers to the exercises of modules turned out, over everybody."""

import pandas as pd
from sqlalchemy import Integer, cast, func, select

from grader.store import Store
from onboarding.tables import LessonRow

COLUMNS = ("module", "exercise", "people", "right_at_first")


def first_answers(store: Store) -> pd.DataFrame:
    """One row per exercise, with `COLUMNS`: how many people answered it, and the share whose first answer was right."""
    right = func.sum(cast(LessonRow.right, Integer))
    query = select(LessonRow.module, LessonRow.exercise, func.count(), right).group_by(
        LessonRow.module, LessonRow.exercise
    )
    with store.session() as session:
        found = sorted(session.execute(query).all())
    rows = [(module, exercise, people, int(hits) / people) for module, exercise, people, hits in found]
    return pd.DataFrame(rows, columns=list(COLUMNS))
