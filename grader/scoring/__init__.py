"""The keys by kind of item: one file each, one line each here. See docs/how-to/add-an-item-kind.md."""

from typing import Any

from grader.scoring.assignment import AssignmentKey
from grader.scoring.attack import AttackKey
from grader.scoring.base import Key
from grader.scoring.choice import ChoiceKey
from grader.scoring.code import CodeKey
from grader.scoring.comparison import ComparisonKey
from grader.scoring.conversation import ConversationKey
from grader.scoring.criteria import CriteriaKey
from grader.scoring.label import LabelKey
from grader.scoring.multiple import MultipleKey
from grader.scoring.numeric import NumericKey
from grader.scoring.ordering import OrderingKey
from grader.scoring.ranking import RankingKey
from grader.scoring.rating import RatingKey
from grader.scoring.rewrite import RewriteKey
from grader.scoring.span import SpanKey
from grader.scoring.step import StepKey
from grader.scoring.text import TextKey

KEYS: dict[str, type[Key[Any]]] = {
    "choice": ChoiceKey,
    "multiple": MultipleKey,
    "numeric": NumericKey,
    "rating": RatingKey,
    "comparison": ComparisonKey,
    "label": LabelKey,
    "ranking": RankingKey,
    "ordering": OrderingKey,
    "span": SpanKey,
    "step": StepKey,
    "text": TextKey,
    "rewrite": RewriteKey,
    "conversation": ConversationKey,
    "criteria": CriteriaKey,
    "attack": AttackKey,
    "assignment": AssignmentKey,
    "code": CodeKey,
}
