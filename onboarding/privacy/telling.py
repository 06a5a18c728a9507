"""Tells somebody that the data are erased, before the address goes."""

from datetime import datetime

from grader.errors import UnavailableError
from grader.store import Store
from grader.workspace import Workspace
from onboarding.applying.records import email_of
from onboarding.notices import outbox
from onboarding.notices.delivery import deliver
from onboarding.notices.outbox import Notice, Status
from onboarding.notices.settings import mail_settings, password
from onboarding.privacy.records import rows_of

TEMPLATE = "data-erased"
_STATISTICS = "without them the statistics of questions would change; answers and texts leave"
KEPT = {
    "talentpool_packet": "what was issued says which question each score belongs to",
    "talentpool_submission": "its number ties scores to what was issued; the files leave",
    "talentpool_result": f"points: {_STATISTICS}",
    "talentpool_item_score": f"points of each question: {_STATISTICS}",
    "talentpool_lesson": "whether first answers were right, for the statistics of exercises; the answers leave",
    "talentpool_decision": "the chain over all decisions would break without them; what people wrote as reasons leaves",
    "talentpool_credential": "a place in the list of revoked badges is never given to another one; "
    "under a pseudonym of its own, because a badge may name its holder",
}
"""Tables of which rows are kept under a pseudonym, with the reason."""
PARTS = {
    "en": {
        "talentpool_packet": "Which questions you were issued and when, because points belong to questions",
        "talentpool_item_score": "The points of your answers, for the statistics of questions",
        "talentpool_lesson": "Whether your first answers in modules were right, for the statistics of exercises",
        "talentpool_decision": "Decisions, because their record is sealed",
        "talentpool_credential": "The numbers of your badges, because no number may be given twice",
    },
    "es": {
        "talentpool_packet": "Qué preguntas recibió y cuándo, porque los puntos pertenecen a preguntas",
        "talentpool_item_score": "Los puntos de sus respuestas, para la estadística de las preguntas",
        "talentpool_lesson": "Si acertó a la primera en los módulos, para la estadística de los ejercicios",
        "talentpool_decision": "Las decisiones, porque su registro está sellado",
        "talentpool_credential": "Los números de sus insignias, porque ningún número puede darse dos veces",
    },
}
"""The same for the person, in the languages of notices; submissions and results are said with the points."""


def tell(workspace: Workspace, store: Store, applicant_id: str, *, without: bool, now: datetime) -> str:
    """Hand over the notice, and say what came of it.

    Args:
        without: go on also if it cannot be handed over now.

    Raises:
        UnavailableError: it cannot be handed over now.
    """
    mail, address = mail_settings(workspace), email_of(store, applicant_id)
    if mail is None or address is None:
        return "not sent: " + ("no mail server is named" if mail is None else "there is no e-mail address")
    problem, key = "", _post(store, applicant_id, now=now)
    if _posted(store, applicant_id, key).status is Status.WAITING:
        addresses = {applicant_id: address}
        report = deliver(
            store, mail, password(workspace, mail), secret=workspace.secret, address_of=addresses.get, now=now
        )
        problem = report.stopped.message if report.stopped else "the mail server says: later"
    notice = _posted(store, applicant_id, key)
    if notice.status is Status.WAITING and not without:
        raise UnavailableError(
            f"the person cannot be told now, so nothing was erased: {problem}",
            tip="Run the same command again later, or add --without-notice.",
        )
    return "handed over" if notice.status is Status.SENT else f"not sent: {notice.problem or problem}"


def _post(store: Store, applicant_id: str, *, now: datetime) -> str:
    earlier, rows = outbox.notices(store, applicant_id=applicant_id), rows_of(store, applicant_id)
    language = earlier[-1].language if earlier else "en"
    kept = [part for table, part in PARTS[language].items() if table in rows]
    key = f"{TEMPLATE}:{applicant_id}"
    with store.session() as session:
        outbox.post(
            session,
            applicant_id=applicant_id,
            key=key,
            template=TEMPLATE,
            language=language,
            data={"kept": kept},
            now=now,
        )
    return key


def _posted(store: Store, applicant_id: str, key: str) -> Notice:
    return next(each for each in outbox.notices(store, applicant_id=applicant_id) if each.key == key)
