"""E-mail addresses: whether a text is one, and the one spelling by which two of them are the same."""

import re
import unicodedata

import idna

MAX_CHARS = 254
"""RFC 5321, 4.5.3.1.3, less the brackets; the local part has at most 64 (4.5.3.1.1)."""
_LOCAL = re.compile(r"[^\s@\"(),:;<>\[\\\]]{1,64}")
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]*[a-z-][a-z0-9-]*")


def normal_email(text: str) -> str:
    """The address in one spelling: compatible characters as one (NFKC), small letters, the host in ASCII (UTS 46).

    Host names have no case; local parts could have, and no provider in use makes two people out of it. The spelling
    can be written to.

    Raises:
        ValueError: not one address.
    """
    if len(text) > MAX_CHARS:
        raise ValueError("is too long")
    local, _, host = unicodedata.normalize("NFKC", text.strip()).lower().rpartition("@")
    # small letters may be written in two ways again
    local, host = unicodedata.normalize("NFKC", local), _ascii(host)
    if not (_LOCAL.fullmatch(local) and local.isprintable() and _HOST.fullmatch(host)) or "" in local.split("."):
        raise ValueError("is no e-mail address")
    if len(normal := f"{local}@{host}") > MAX_CHARS:
        raise ValueError("is too long")
    return normal


def _ascii(host: str) -> str:
    try:
        return idna.encode(host, uts46=True).decode()
    except UnicodeError:
        return ""
