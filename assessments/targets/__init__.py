"""Stand-ins for a model in stress tests: a scripted assistant with named weaknesses. See docs/scripted-target.md."""

from assessments.targets.conversation import GREETING, NAME, replay, respond
from assessments.targets.reply import FAILURES, MAX_MESSAGE_CHARS, Reply, Respond

__all__ = ["FAILURES", "GREETING", "MAX_MESSAGE_CHARS", "NAME", "Reply", "Respond", "replay", "respond"]
