"""What pydantic finds wrong, said in one line."""

from pydantic import ValidationError

MAX_FIELD_CHARS = 60
MAX_PROBLEM_CHARS = 500


def first_problem(error: ValidationError) -> str:
    """The first of pydantic's findings in one line of bounded length: field, what is wrong.

    Names of fields may be anybody's words, so nothing but printable characters is left of them.
    """
    detail = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part)[:MAX_FIELD_CHARS] for part in detail["loc"])
    text = detail["msg"].removeprefix("Value error, ")
    line = f"{where}: {text}" if where else text
    return "".join(char if char.isprintable() else "\ufffd" for char in line[:MAX_PROBLEM_CHARS])
