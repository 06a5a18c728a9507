"""The kernel's own event loop: runs a function in it again and again, or once from another thread."""

import asyncio
from collections.abc import Callable
from typing import Any

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


def loop_caller() -> Callable[[Callable[[], None]], Any]:
    """Calls something in the kernel's event loop from another thread; outside of a loop, nothing is called."""
    try:
        return asyncio.get_running_loop().call_soon_threadsafe
    except RuntimeError:
        return lambda _action: None
