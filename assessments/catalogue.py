"""The kinds of work an item can stand for: the rows of the task catalogue, by their stable ids."""

GENERAL = ("gen-label", "gen-compare", "gen-rate", "gen-prompt", "gen-rewrite", "gen-flag")
PROMPT_WRITING = ("prm-domain", "prm-chain", "prm-vary", "prm-context")
EVALUATION = ("evl-correct", "evl-rank", "evl-modal", "evl-label", "evl-flag")
JUSTIFICATION = ("jus-rank", "jus-edit", "jus-label", "jus-correct")
CONTENT = ("cnt-ideal", "cnt-turns", "cnt-revise", "cnt-special")
STRESS_TESTING = ("str-adv", "str-safety", "str-edge", "str-noise")
MULTI_STEP = ("mul-prompt", "mul-criteria", "mul-evaluate", "mul-justify", "mul-ideal")

SKILL_TEST = "skill"
"""A question of a skill test that is no task of the catalogue (grammar, reading code, arithmetic …)."""

TASK_TYPES: tuple[str, ...] = (
    SKILL_TEST,
    *GENERAL,
    *PROMPT_WRITING,
    *EVALUATION,
    *JUSTIFICATION,
    *CONTENT,
    *STRESS_TESTING,
    *MULTI_STEP,
)
