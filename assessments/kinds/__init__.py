"""The kinds of item: one file each, one line each here. See docs/how-to/add-an-item-kind.md."""

from assessments.items import Item
from assessments.kinds.choice import ChoiceItem
from assessments.kinds.code import CodeItem
from assessments.kinds.comparison import ComparisonItem
from assessments.kinds.multiple import MultipleItem
from assessments.kinds.numeric import NumericItem
from assessments.kinds.rating import RatingItem

KINDS: dict[str, type[Item]] = {
    "choice": ChoiceItem,
    "multiple": MultipleItem,
    "numeric": NumericItem,
    "rating": RatingItem,
    "comparison": ComparisonItem,
    "code": CodeItem,
}
