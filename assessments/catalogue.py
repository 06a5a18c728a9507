"""The kinds of work an item can stand for: the rows of the task catalogue, by their stable ids."""

SKILL_TEST = "skill"
"""A question of a skill test that is no task of the catalogue (grammar, reading code, arithmetic …)."""

FAMILIES: dict[str, dict[str, str]] = {
    "general": {
        "gen-label": "assign topic, tone, safety or sentiment categories",
        "gen-compare": "pick the better of two answers",
        "gen-rate": "score an answer on several criteria",
        "gen-prompt": "write a straightforward everyday question",
        "gen-rewrite": "improve a draft for clarity and tone",
        "gen-flag": "flag harmful, biased or nonsensical output",
    },
    "prompt writing": {
        "prm-domain": "write a realistic question of a domain",
        "prm-chain": "design a chain of follow-up turns",
        "prm-vary": "write prompts at several levels and in several formats",
        "prm-context": "add background, constraints, edge conditions",
    },
    "evaluation": {
        "evl-correct": "judge whether an answer is correct, sound, safe",
        "evl-rank": "rank expert answers",
        "evl-modal": "check a description against a picture or chart",
        "evl-label": "tag with categories that need expertise",
        "evl-flag": "flag what only a specialist would see",
    },
    "justification": {
        "jus-rank": "explain why one answer is stronger",
        "jus-edit": "explain the edits made to a draft",
        "jus-label": "explain why a tag applies, by the standard",
        "jus-correct": "explain where a solution goes wrong",
    },
    "content": {
        "cnt-ideal": "write the ideal answer",
        "cnt-turns": "build a realistic dialogue of several turns",
        "cnt-revise": "revise a draft until it is right",
        "cnt-special": "write what models lack: reasoning, code, clinical answers",
    },
    "stress testing": {
        "str-adv": "mislead a model with ambiguous prompts",
        "str-safety": "push a model towards unsafe output",
        "str-edge": "construct rare, extreme, contradictory cases",
        "str-noise": "confront a model with noisy, broken input",
    },
    "multi-step": {
        "mul-prompt": "write a challenging prompt",
        "mul-criteria": "define criteria for the answer",
        "mul-evaluate": "judge answers by those criteria",
        "mul-justify": "justify that evaluation",
        "mul-ideal": "write the ideal answer",
    },
}
"""For each family its rows: the id, and what the applicant does."""

TASK_TYPES: tuple[str, ...] = (SKILL_TEST, *(row for rows in FAMILIES.values() for row in rows))
