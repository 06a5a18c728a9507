"""Delivers what is due, by e-mail: each notice at most once, refusals for a time tried again, the others held."""

import smtplib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from grader.errors import UnavailableError
from grader.store import Store
from onboarding.notices import outbox
from onboarding.notices.message import message
from onboarding.notices.outbox import Notice
from onboarding.notices.settings import Mail, is_address
from onboarding.notices.smtp import Refusal, connected, hand_over, offer

AddressOf = Callable[[str], str | None]
"""An applicant's e-mail address, by id; None where there is none."""

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(days=1)
MAX_TRIES = 13
"""Almost five days with these waits; RFC 5321 4.5.4.1 asks for four to five before giving up."""
PER_CONNECTION = 50
"""Many servers end a conversation after a hundred messages."""


class Report(NamedTuple):
    """What a run did with the notices that were due.

    Args:
        sent, postponed, held: how many were taken, refused for a time, and wait for a person now.
        without_address: how many are to applicants without an e-mail address; they stay as they are.
        left: how many are due still: beyond the limit of a run, or because it stopped.
        stopped: why the run ended early.
    """

    sent: int
    postponed: int
    held: int
    without_address: int
    left: int
    stopped: UnavailableError | None


def wait(tries: int) -> timedelta | None:
    """How long to wait after so many tries, twice as long each time; None if it is time to give up."""
    return None if tries >= MAX_TRIES else min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)


def deliver(store: Store, mail: Mail, password: str, *, secret: bytes, address_of: AddressOf, now: datetime) -> Report:
    """Hand over what is due, oldest first; several processes may do so at the same time.

    A notice is marked in the database before its text is sent, and whatever happens afterwards, no program sends it
    again unless the server said that it did not keep it.

    Args:
        secret: the workspace's, for the ids of messages.
        now: also stands for the moment at which each was sent.
    """
    due = outbox.due(store, now=now)
    addressed = [(notice, address) for notice in due if (address := address_of(notice.applicant_id))]
    run = _Run(store, mail, secret, now)
    stopped = None
    try:
        for start in range(0, min(len(addressed), mail.per_run), PER_CONNECTION):
            with connected(mail, password) as client:
                run.deliver(client, addressed[start : min(start + PER_CONNECTION, mail.per_run)])
    except UnavailableError as error:
        stopped = error
    return Report(
        sent=run.sent,
        postponed=run.postponed,
        # what was begun and is neither, wherever the run stopped
        held=run.begun - run.sent - run.postponed,
        without_address=len(due) - len(addressed),
        left=len(addressed) - run.begun - run.elsewhere,
        stopped=stopped,
    )


class _Run:
    """Counts what happens; `elsewhere`: what another process was quicker with."""

    def __init__(self, store: Store, mail: Mail, secret: bytes, now: datetime) -> None:
        self._store, self._mail, self._secret, self._now = store, mail, secret, now
        self.begun = self.sent = self.postponed = self.elsewhere = 0

    def deliver(self, client: smtplib.SMTP, addressed: Sequence[tuple[Notice, str]]) -> None:
        for notice, address in addressed:
            content = self._content(notice, address)
            refusal = content if isinstance(content, Refusal) else offer(client, self._mail.sender, address)
            # as late as can be: what dies before this line was surely not sent
            if not outbox.begin(self._store, notice, now=self._now):
                self.elsewhere += 1
                continue
            self.begun += 1
            if refusal is None and isinstance(content, bytes):
                refusal = hand_over(client, content)
            self._settle(notice, refusal)

    def _content(self, notice: Notice, address: str) -> bytes | Refusal:
        """The message, or why there cannot be one."""
        if not is_address(address):
            return Refusal(is_permanent=True, reply=f"{address[:100]!a} is no e-mail address that can be used")
        try:
            return message(notice, address, self._mail, secret=self._secret, now=self._now).as_bytes()
        except ValueError as error:
            return Refusal(is_permanent=True, reply=str(error))

    def _settle(self, notice: Notice, refusal: Refusal | None) -> None:
        if refusal is None:
            outbox.sent(self._store, notice.id, now=self._now)
            self.sent += 1
            return
        pause = None if refusal.is_permanent else wait(notice.tries + 1)
        outbox.refused(self._store, notice.id, refusal.reply, until=self._now + pause if pause else None)
        self.postponed += pause is not None
