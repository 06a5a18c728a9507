"""Templates of the English bank: what follows from the sentences and numbers that are drawn."""

MISWRITTEN = {
    "The repair workshop opens on the first Saturday of every month, nobody is asked to pay.",
    "Among the things that visitors bring is toasters, lamps and old bicycles.",
    "The volunteers, most of whom have spent their working lives at one firm, explains every step to the owner.",
    "Only when a part cannot be found they give an object up.",
    "Having been repaired twice already, Marta decided to keep the old radio.",
    "Last year the group has mended 412 objects and kept nearly two tonnes of waste out of the landfill.",
    "The city has offered the group a larger room, it stands next to the library.",
    "Whether the members will accept the offer depend on the rent.",
    "Unlike other observatories, rain hardly ever falls on the plateau where this one stands.",
    "Its largest telescope, which was finished in 2014 after many delays, work only in complete darkness.",
    "The mines nearby never close, and the light of their lamps are now a serious problem.",
    "If the mines had agreed last winter to dim their lamps, the faintest galaxies will be visible now.",
    "The director invited my editor and I to spend a night on the plateau.",
    "Looking through the eyepiece, the rings of Saturn seemed close enough to touch.",
    "What surprised us more than the rings it was the silence.",
    "We drove down again before sunrise, neither of us had slept.",
}
"""The sentences of the counting questions that hold an error."""

JOINED = {
    "The repair workshop opens on the first Saturday of every month, nobody is asked to pay.",
    "The city has offered the group a larger room, it stands next to the library.",
}
"""Those of the first question that are joined by a comma alone."""

MARKED = {
    "We lend out tools since 2012, and nobody has ever paid a penny.": ("lend", "lend out", "verb"),
    "Our collection consists from ladders, drills, saws and even a small concrete mixer.": (
        "from",
        "consists from",
        "preposition",
    ),
    "Each of the larger machines come with a sheet that explains how to use it safely.": (
        "come",
        "come with",
        "agreement",
    ),
    "Please clean all saws and drills before you bring it back.": ("it", "bring it", "agreement"),
    "If you loose a part, tell us, and we will order a new one.": ("loose", "loose", "word"),
    "Last winter somebody has broken our best drill and put it back without saying a word.": (
        "has",
        "has broken",
        "verb",
    ),
    "Members may keep a tool for longer then a week if nobody else is waiting for it.": ("then", "longer then", "word"),
    "The volunteers who run the desk are responsible of small repairs as well.": (
        "of",
        "responsible of",
        "preposition",
    ),
    "The choir meets every Tuesday since 1987, when three nurses founded it.": ("meets", "meets", "verb"),
    "Whether we sing outdoors in June depends from the weather.": ("from", "depends from", "preposition"),
    "One of our oldest members still come by bicycle from the next town.": ("come", "still come", "agreement"),
    "The scores are expensive, so please handle it with care.": ("it", "handle it", "agreement"),
    "The new heating is so quiet that it does not effect our sound.": ("effect", "not effect", "word"),
    "Two of our tenors have left us last summer and moved to the coast.": ("have", "have left", "verb"),
    "Nobody knows who's umbrella has been hanging in the hall since March.": ("who's", "who's umbrella", "word"),
    "Newcomers who are interested for singing with us may simply come along.": (
        "for",
        "interested for",
        "preposition",
    ),
}
"""The wrong sentences of the proofreading questions: the words to mark, those around them, and the kind of error."""

KINDS_OF_ERROR = {"agreement": "agreement", "verb": "verb form", "word": "wrong word", "preposition": "preposition"}


def count_errors(**sentences):
    """How many of the sentences hold an error; neither almost none nor almost all, and not all of one kind."""
    wrong = [name.removeprefix("s") for name, sentence in sentences.items() if sentence in MISWRITTEN]
    if not 2 <= len(wrong) <= 6 or JOINED.issuperset(MISWRITTEN.intersection(sentences.values())):
        return None
    return {"answer": len(wrong)}, {"count": len(wrong), "wrong": ", ".join(wrong)}


def mark_errors(**sentences):
    """Where the errors are: always four, of at least three kinds."""
    text = " ".join(sentences.values())
    found = [(sentence, *MARKED[sentence]) for sentence in sentences.values() if sentence in MARKED]
    if len(found) != 4 or len({label for *_, label in found}) < 3:
        return None
    spans = []
    for sentence, quote, within, label in found:
        around = sentence.index(within)
        at = text.index(sentence) + around + within.index(quote)
        occurrence = sum(text.startswith(quote, start) for start in range(at + 1))
        spans.append({"quote": quote, "occurrence": occurrence, "within": within, "label": label})
    told = "; ".join(f"*{within}* ({KINDS_OF_ERROR[label]})" for _, _, within, label in found)
    return {"spans": spans}, {"told": told}


def refund(fee, case):
    """What a learner gets back by the rules of a swimming school."""
    if "exactly 14 days" in case:
        back, reason = fee - 10, "*At least 14 days* includes the 14th day, so all but 10 euros is refunded, ill or not"
    elif "cancelled" in case:
        reason = "She cancelled less than 14 days before the course, but before it began: half of the fee, ill or not"
        back = fee // 2
    elif "six lessons" in case:
        reason = "Once the course has begun illness counts, but for no more than four lessons: four tenths of the fee"
        back = 4 * fee // 10
    else:
        reason = "Once the course has begun only lessons missed because of illness count: two tenths of the fee"
        back = 2 * fee // 10
    return {"answer": back}, {"back": back, "reason": reason}


def proofreading(client, words, quoted, when):
    """What proofreading costs; something has to be done beside counting."""
    counted = words - quoted
    urgent, charity = when == "within 20 hours", client == "A charity"
    if (counted - 500) % 200 or not (urgent or charity):
        return None
    base = 20 + (counted - 500) // 50
    raised = base * 5 // 4 if urgent else base
    fee = raised - 10 if charity else raised
    steps = f"20 + {counted - 500} × 0.02 = {base}"
    steps += f"; a quarter more is {raised}" if urgent else "; nothing is added, as there is time enough"
    steps += f"; less 10 is {fee}" if charity else "; nothing is taken off, as it is no charity"
    first = (base - 10) * 1.25 if charity and urgent else None
    trap = f" Who takes the 10 euros off first gets {first:g}." if first else ""
    return {"answer": fee}, {"words": f"{words:,}", "counted": f"{counted:,}", "steps": steps, "trap": trap}
