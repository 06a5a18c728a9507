"""The kinds of item: one file each, one line each here. See docs/how-to/add-an-item-kind.md."""

from assessments.items import Item
from assessments.kinds.assignment import AssignmentItem
from assessments.kinds.attack import AttackItem
from assessments.kinds.choice import ChoiceItem
from assessments.kinds.code import CodeItem
from assessments.kinds.comparison import ComparisonItem
from assessments.kinds.conversation import ConversationItem
from assessments.kinds.criteria import CriteriaItem
from assessments.kinds.label import LabelItem
from assessments.kinds.multiple import MultipleItem
from assessments.kinds.numeric import NumericItem
from assessments.kinds.ordering import OrderingItem
from assessments.kinds.ranking import RankingItem
from assessments.kinds.rating import RatingItem
from assessments.kinds.rewrite import RewriteItem
from assessments.kinds.span import SpanItem
from assessments.kinds.step import StepItem
from assessments.kinds.text import TextItem

KINDS: dict[str, type[Item]] = {
    "choice": ChoiceItem,
    "multiple": MultipleItem,
    "numeric": NumericItem,
    "rating": RatingItem,
    "comparison": ComparisonItem,
    "label": LabelItem,
    "ranking": RankingItem,
    "ordering": OrderingItem,
    "span": SpanItem,
    "step": StepItem,
    "text": TextItem,
    "rewrite": RewriteItem,
    "conversation": ConversationItem,
    "criteria": CriteriaItem,
    "attack": AttackItem,
    "assignment": AssignmentItem,
    "code": CodeItem,
}
