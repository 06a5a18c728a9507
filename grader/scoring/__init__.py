"""The keys by kind of item: one file each, one line each here. See docs/how-to/add-an-item-kind.md."""

from typing import Any

from grader.scoring.base import Key
from grader.scoring.choice import ChoiceKey
from grader.scoring.code import CodeKey
from grader.scoring.comparison import ComparisonKey
from grader.scoring.multiple import MultipleKey
from grader.scoring.numeric import NumericKey
from grader.scoring.rating import RatingKey

KEYS: dict[str, type[Key[Any]]] = {
    "choice": ChoiceKey,
    "multiple": MultipleKey,
    "numeric": NumericKey,
    "rating": RatingKey,
    "comparison": ComparisonKey,
    "code": CodeKey,
}
