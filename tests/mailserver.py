"""A real mail server on loopback (aiosmtpd), whose answers a test writes."""

import asyncio
import ssl
import threading
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

Hook = Callable[[str], str | None]
"""Gets a recipient, and returns the server's reply, or nothing for the usual one."""


HANG_UP = "hang up"
"""A reply that is none: the server ends the conversation."""


class MailServer:
    """Keeps what it takes in `taken`, by recipient.

    Args:
        at_recipient, at_content: what it says to RCPT, and to a message that has come in whole.
        implicit_tls, starttls: encrypts from the start, or on demand, which it then insists on.
        password: takes nothing from who does not log in as "talent" with it.
        conversations: says nothing before so many clients are there.
    """

    def __init__(
        self,
        *,
        at_recipient: Hook = lambda _: None,
        at_content: Hook = lambda _: None,
        implicit_tls: ssl.SSLContext | None = None,
        starttls: ssl.SSLContext | None = None,
        password: str = "",
        conversations: int = 1,
    ) -> None:
        self.taken: list[tuple[str, EmailMessage]] = []
        self.logins: list[str] = []
        self.port = 0
        self._at_recipient, self._at_content = at_recipient, at_content
        self._implicit_tls, self._password = implicit_tls, password
        self._waits, self._everybody_is_there = conversations, asyncio.Event()
        self._options: dict[str, Any] = {"hostname": "mail.test", "tls_context": starttls}
        if starttls:
            self._options["require_starttls"] = True
        if password:
            # of encryption from the start it does not know
            by_itself = {"auth_require_tls": implicit_tls is None}
            self._options |= {"authenticator": self._authenticate, "auth_required": True, **by_itself}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def recipients(self) -> list[str]:
        """To whom messages came, in their order."""
        return [recipient for recipient, _ in self.taken]

    async def _listen(self) -> asyncio.Server:
        def conversation() -> SMTP:
            return SMTP(self, loop=self._loop, **self._options)

        return await self._loop.create_server(conversation, "127.0.0.1", 0, ssl=self._implicit_tls)

    async def _end(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def handle_EHLO(self, _server: SMTP, session: Any, _: Envelope, name: str, replies: list[str]) -> list[str]:
        session.host_name = name
        self._waits -= 1
        if self._waits <= 0:
            self._everybody_is_there.set()
        await self._everybody_is_there.wait()
        return replies

    async def handle_RCPT(self, _server: SMTP, _session: Any, envelope: Envelope, address: str, _options: Any) -> str:
        reply = self._at_recipient(address)
        if reply is None:
            envelope.rcpt_tos.append(address)
        return reply or "250 fine"

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Envelope) -> str:
        (recipient,) = envelope.rcpt_tos
        reply = self._at_content(recipient)
        if reply == HANG_UP and server.transport:
            server.transport.close()
        if reply is None:
            assert isinstance(envelope.content, bytes)
            self.taken.append((recipient, message_from_bytes(envelope.content, policy=default)))
        return reply or "250 kept"

    def _authenticate(self, _server: SMTP, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> Any:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login.decode())
        # what is not handled yet, the server answers
        return AuthResult(success=data == LoginPassword(b"talent", self._password.encode()), handled=False)
