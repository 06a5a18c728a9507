"""The list of revoked badges: a Bitstring Status List 1.0 (W3C, 2025), itself a signed credential.

One bit for each badge that may ever be issued; whoever reads the list learns nothing about the others.
"""

import gzip
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from onboarding.pool.badges.proof import timestamp

SIZE = 2**20
"""Places in the list; the least allowed are 131,072 (section 3.3)."""
TYPE = "BitstringStatusListCredential"
CONTEXT = "https://www.w3.org/ns/credentials/v2"
_PURPOSE = "revocation"
_BASE64URL = "u"


def entry(where: str, index: int) -> dict[str, Any]:
    """What a badge says about its place in the list (section 2.1; the `id` is asked for by Open Badges 3.0)."""
    return {
        "id": f"{where}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": _PURPOSE,
        "statusListIndex": str(index),
        "statusListCredential": where,
    }


def revocation_list(where: str, issuer: str, revoked: Iterable[int], *, now: datetime) -> dict[str, Any]:
    """The list without its proof (section 2.2). `where`: the URL at which it is published."""
    return {
        "@context": [CONTEXT],
        "id": where,
        "type": ["VerifiableCredential", TYPE],
        "issuer": issuer,
        "validFrom": timestamp(now),
        "credentialSubject": {
            "id": f"{where}#list",
            "type": "BitstringStatusList",
            "statusPurpose": _PURPOSE,
            "encodedList": encoded(revoked),
        },
    }


def encoded(revoked: Iterable[int], size: int = SIZE) -> str:
    """The bits as text; the first bit is the leftmost (section 3.3)."""
    bits = bytearray(size // 8)
    for index in revoked:
        bits[index // 8] |= 0x80 >> index % 8
    # without the time, so that the same list gives the same text
    return _BASE64URL + urlsafe_b64encode(gzip.compress(bits, mtime=0)).decode().rstrip("=")


def is_set(text: str, index: int) -> bool:
    """The bit at this place (section 3.4).

    Raises:
        ValueError: no such list, or no such place in it.
    """
    if not text.startswith(_BASE64URL):
        raise ValueError(f"the list does not begin with {_BASE64URL}")
    content = urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
    try:
        # a few bytes may unpack to gigabytes
        bits = zlib.decompressobj(wbits=31).decompress(content, SIZE // 8)
    except zlib.error:
        raise ValueError("the list cannot be unpacked") from None
    if not 0 <= index < len(bits) * 8:
        raise ValueError(f"the list has {len(bits) * 8} places, and none with the number {index}")
    return bool(bits[index // 8] & 0x80 >> index % 8)
