"""Runs a function again and again in the kernel's own event loop, so that the time left stays true."""

import asyncio
from collections.abc import Callable

_running: set[asyncio.Task[None]] = set()


def every(seconds: float, action: Callable[[], None]) -> None:
    """Call `action` every so many seconds until `every` is called again or the kernel ends.

    Outside a running event loop (a plain script) nothing is started.
    """
    while _running:
        _running.pop().cancel()
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return
    _running.add(loop.create_task(_repeat(seconds, action)))


async def _repeat(seconds: float, action: Callable[[], None]) -> None:
    while True:
        await asyncio.sleep(seconds)
        action()
