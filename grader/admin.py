"""Opens the admin's notebook, and what that notebook shows."""

import os
import shutil
from html import escape
from pathlib import Path
from typing import NoReturn

import ipywidgets
import itables
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import display

from assessments.lab import lab_command, lab_environment
from assessments.page import style
from assessments.taking import Server, become
from assessments.text import code_block, render
from grader.charts import distributions
from grader.reports import report_table
from grader.scores import item_table, responses_in_words, score_table
from grader.store import Store
from grader.workspace import Workspace, find_workspace

NOTEBOOK = "admin.ipynb"


def open_admin(workspace: Workspace, *, browser: bool) -> NoReturn:
    """Serve a fresh copy of the admin's notebook out of the workspace."""
    folder = workspace.root / "admin"
    folder.mkdir(exist_ok=True)
    shutil.copyfile(Path(__file__).with_name(NOTEBOOK), folder / NOTEBOOK)
    os.environ["TALENTPOOL_WORKSPACE"] = str(workspace.root)
    become(
        Server(lab_command(folder, NOTEBOOK, browser=browser), lab_environment(folder, hidden=("@jupyter/nbgrader",)))
    )


class AdminView:
    """The tables of one workspace, to look at in a notebook."""

    def __init__(self) -> None:
        workspace = find_workspace(None)
        self.store = Store(workspace.database_url)
        self.scores = score_table(self.store)
        self.items = item_table(self.store)
        itables.init_notebook_mode(all_interactive=False, connected=False)

    def table(self) -> None:
        """All scores, sortable by a click on a heading and searchable."""
        shown = self.scores.copy()
        shares = [name for name in shown.columns if name == "score" or str(name).startswith("skill: ")]
        shown[shares] = shown[shares].mul(100).round(0)
        _show(shown.rename(columns={name: f"{name} %" for name in shares}))

    def reported(self) -> None:
        """What applicants reported about items, the newest first."""
        _show(report_table(self.store))

    def charts(self) -> None:
        """How the scores are distributed, one chart per assessment."""
        figure = distributions(self.scores)
        display(figure)
        plt.close(figure)

    def person(self) -> ipywidgets.Widget:
        """Choose a person and an assessment: every question, the response, the points and why."""
        people = ipywidgets.Dropdown(options=sorted(self.scores["applicant_id"].unique()), description="Applicant")
        papers = ipywidgets.Dropdown(description="Assessment")
        detail = ipywidgets.HTML()

        def choose_person(_: object = None) -> None:
            mine = self.scores[self.scores["applicant_id"] == people.value]
            papers.options = list(mine["assessment"])
            papers.value = next(iter(papers.options), None)
            show()

        def show(_: object = None) -> None:
            detail.value = self._detail(people.value, papers.value)

        people.observe(choose_person, names="value")
        papers.observe(show, names="value")
        choose_person()
        return ipywidgets.VBox([style(), ipywidgets.HBox([people, papers]), detail])

    def _detail(self, applicant_id: str | None, assessment: str | None) -> str:
        if not applicant_id or not assessment:
            return "<p>Nothing was handed in yet.</p>"
        rows = self.items[(self.items["applicant_id"] == applicant_id) & (self.items["assessment"] == assessment)]
        if rows.empty:
            return "<p>Nothing of this could be graded; see <code>talentpool explain</code>.</p>"
        packets = {packet.attempt: packet for packet in self.store.packets(applicant_id, assessment)}
        words = responses_in_words(packets[int(rows["attempt"].iloc[0])], rows)
        return "".join(_one_response(row) for _, row in words.iterrows())


def _one_response(row: pd.Series) -> str:
    """A question with its response; both are somebody's text and rendered as such."""
    head = f"Question {row['slot']} <span class='tp-quiet'>{row['skill']} · {row['item_id']}</span>"
    waits = f" ({row['points_pending']:g} wait for a person)" if row["points_pending"] else ""
    points = f"{row['points']:.2f} of {row['max_points']:g} points{waits}: {escape(row['explanation'])}"
    checks = "".join(f"<li>{escape(check)}</li>" for check in row["checks"].split("\n") if check)
    return (
        f"<div class='tp-question'><h3>{head}</h3>{render(row['question'])}"
        f"<p><b>Response</b></p>{code_block(str(row['response']))}<p><b>{points}</b></p><ul>{checks}</ul></div><hr>"
    )


def _show(table: pd.DataFrame) -> None:
    """A table that can be sorted by a click on a heading and searched; times to the minute."""
    shown = table.copy()
    for name in shown.select_dtypes("datetimetz"):
        shown[name] = shown[name].dt.strftime("%Y-%m-%d %H:%M")
    left = [place for place, name in enumerate(shown.columns) if shown[name].dtype.kind not in "if"]
    aligned = [{"className": "dt-left", "targets": left}]
    # itables leaves the search box out of a short table, but not if the layout is another than its own
    parts = {"topStart": "search", "topEnd": "pageLength", "bottomStart": "info", "bottomEnd": "paging"}
    itables.show(shown.round(2), pageLength=25, scrollX=True, columnDefs=aligned, layout=parts, allow_html=False)
