"""The HTML report: distributions, summary numbers and the score table in one file that loads nothing from elsewhere."""

import base64
import io
from datetime import datetime
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from jinja2 import Environment, PackageLoader, select_autoescape

from grader.charts import distributions
from grader.export import terminal_cell
from grader.scores import item_table, score_table
from grader.store import Store

TEMPLATE = "report.html"


def write_report(store: Store, output: Path, *, now: datetime) -> None:
    """Write the report about everything that was graded so far."""
    scores, items = score_table(store), item_table(store)
    environment = Environment(loader=PackageLoader("grader", "templates"), autoescape=select_autoescape())
    html = environment.get_template(TEMPLATE).render(
        written_at=f"{now:%Y-%m-%d %H:%M} UTC",
        chart=_picture(scores),
        summary=_cells(summary(scores)),
        items=_cells(hardest(items)),
        scores=_cells(scores),
    )
    output.write_text(html, encoding="utf-8")


def summary(scores: pd.DataFrame) -> pd.DataFrame:
    """One row per assessment: submissions, mean, standard deviation and quartiles of the score, median minutes.

    `wait` counts the submissions of which a part waits for a person; their scores are of what was judged so far.
    """
    groups = scores.assign(waits=scores["points_pending"] > 0).groupby("assessment")
    score = groups["score"]
    return pd.DataFrame(
        {
            "submissions": groups.size(),
            "scored": score.count(),
            "wait": groups["waits"].sum(),
            "mean score": score.mean(),
            "sd": score.std(),
            "lower quartile": score.quantile(0.25),
            "median": score.median(),
            "upper quartile": score.quantile(0.75),
            "median minutes": groups["minutes_used"].median(),
            "median minutes worked": groups["minutes_worked"].median(),
        }
    ).reset_index()


def hardest(items: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """The items that earned the smallest share of their points, among those answered by at least five people."""
    grouped = items.groupby(["assessment", "item_id", "skill"])["share"].agg(["count", "mean"]).reset_index()
    answered = grouped[grouped["count"] >= 5].sort_values("mean").head(count)
    return answered.rename(columns={"count": "responses", "mean": "share"})


def _picture(scores: pd.DataFrame) -> str:
    with mpl.rc_context({"svg.hashsalt": "talentpool"}):
        figure = distributions(scores)
        stream = io.BytesIO()
        figure.savefig(stream, format="png", dpi=140)
        plt.close(figure)
    return base64.b64encode(stream.getvalue()).decode()


def _cells(table: pd.DataFrame) -> dict[str, list[list[str]] | list[str]]:
    rows = [
        [terminal_cell(name, value) for name, value in zip(table.columns, row, strict=True)]
        for row in table.itertuples(index=False)
    ]
    return {"columns": [str(name) for name in table.columns], "rows": rows}
