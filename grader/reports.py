"""What applicants said about items: problems as they wrote them, and how many were not sure."""

import pandas as pd
from sqlalchemy import select

from grader.store import Store
from grader.tables import ItemReportRow, PacketRow, SubmissionRow

COLUMNS = ("assessment", "item_id", "item_version", "reports", "not_sure", "texts", "newest")


def report_table(store: Store, assessment: str | None = None) -> pd.DataFrame:
    """One row per item version that somebody reported, with `COLUMNS`; the newest report first.

    `reports` counts attempts: who hands in twice reports once; `not_sure` those that were only marked so. `texts` are
    the reports, newest first, a line each; `newest` is when the last one was received (UTC).
    """
    query = (
        select(ItemReportRow, SubmissionRow.received_at, PacketRow.id, PacketRow.assessment)
        .join(SubmissionRow, ItemReportRow.submission_id == SubmissionRow.id)
        .join(PacketRow, SubmissionRow.packet_id == PacketRow.id)
        .order_by(SubmissionRow.received_at.desc(), SubmissionRow.id)
    )
    if assessment:
        query = query.where(PacketRow.assessment == assessment)
    with store.session() as session:
        found = [(packet, name, row, received) for row, received, packet, name in session.execute(query)]
    newest = {(packet, row.slot): (name, row, received) for packet, name, row, received in reversed(found)}
    rows = [
        (name, row.item_id, row.item_version, " ".join(row.text.split()), received)
        for name, row, received in newest.values()
    ]
    table = pd.DataFrame(rows, columns=["assessment", "item_id", "item_version", "text", "received"])
    table = table.sort_values(["received", "item_id"], ascending=[False, True], kind="stable")
    grouped = table.groupby(["assessment", "item_id", "item_version"], sort=False)
    summed = grouped.agg(
        reports=("text", lambda texts: sum(texts != "")),
        not_sure=("text", lambda texts: sum(texts == "")),
        texts=("text", lambda texts: "\n".join(filter(None, texts))),
        newest=("received", "max"),
    )
    return summed.reset_index()[list(COLUMNS)]
