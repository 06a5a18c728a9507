"""Bytes as text and back: base58btc, Bitcoin's alphabet behind a `z` (W3C Controlled Identifiers 1.0, section 2.4)."""

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
PREFIX = "z"


def encode(content: bytes) -> str:
    """The bytes as a number with 58 digits; each leading zero byte is a leading 1."""
    number, digits = int.from_bytes(content), ""
    while number:
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    zeros = len(content) - len(content.lstrip(b"\0"))
    return PREFIX + ALPHABET[0] * zeros + digits


def decode(text: str) -> bytes:
    """The bytes; ValueError for what is not written so."""
    digits = text.removeprefix(PREFIX)
    if digits == text:
        raise ValueError(f"does not begin with {PREFIX}")
    number = 0
    for digit in digits:
        number = number * len(ALPHABET) + ALPHABET.index(digit)
    zeros = len(digits) - len(digits.lstrip(ALPHABET[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)
