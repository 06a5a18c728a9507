"""The words and phrases by which a message rules something out, and those by which it only seems to."""

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NOTS = _set("""
    no not never neither nor nothing none nobody zero non cannot cant dont doesnt wont isnt arent mustnt shouldnt
    couldnt wouldnt aint
    """)
PAST = _set("haven't hasn't hadn't didn't wasn't weren't needn't")
"""What somebody did not do yet, or need not do, is not ruled out."""
QUESTIONS = _set("isn't aren't wouldn't couldn't")
"""At the beginning of a sentence they ask."""
STATES = _set("allergic intolerant hate hates dislike dislikes detest loathe")
_LACKING = _set("""
    without avoid avoids avoiding except excludes exclude excluding skip omit remove drop ditch spare hold minus sans
    lacking refuse forbids cancel forget stop stopped quit lose
    """)
NEGATORS = NOTS | STATES | _LACKING
"""Words that rule out what follows; so do others that end in n't."""

REWORDED = (
    (r"\b(?:any|every) ?thing but\b|\b(?:all|every) (?:dish(?:es)?|soups?|salads?|desserts?|meals?) but\b", "except"),
    (r"\b(?:other|rather) than\b|\binstead of\b|\b(?:apart|aside) from\b", "except"),
    (r"\bfree (?:from|of)\b|\b(?:away|refrain) from\b|\bclear of\b", "without"),
    (r"\b(?:leav|keep|tak|cut|pick)(?:e|t?ing)? (?:out|off|away)\b|\bstay off\b|\bg[ai]ven? up\b", "avoid"),
    (r"\b(?:leave|keep|take|cut|pick)((?: [\w'-]+){1,4}?) (?:out|off|away|aside)\b", r"avoid\1"),
    (r"\b(?:allerg(?:y|ies|ic)|intoleran(?:ce|t)|sensitiv(?:e|ity)) (?:to|of|against)\b", "allergic"),
    (r"\breact(?:ions?|s)?(?: badly)? to\b|(?:^|(?<=[.!?] ))allerg(?:y|ies) [:–-]|\ballergic [:–-]", "allergic"),
    (r"\b(?:die|dies|ill|sick|unwell|swell up|hospital) (?:if|when|from|of|after)\b", "without"),
    (r"(?: ,)? under any circumstances(?: ,)?", ""),
    (r"\bdon't you (?:dare|ever)\b|\bno need to\b|\brather (?:you|we|they) didn't\b", "never"),
    (r"\bwhether or not\b|\b(?:do you|have you|is there|are there) not\b", "whether"),
    (r"\bcan't believe\b|\bwhy (?:not|don't|dont)\b", "whether"),
)
"""Roundabout ways, and the word that says the same."""

ENDS = _set("""
    . ! ? ; : – — but because since although though then while unless until instead just only merely please what how
    mind problem problems objection objections issue issues trouble matter doubt worry worries know sure decide decided
    remember wait resist help hesitate enough had tried tasted against averse mention least wrong bad better complain
    hungry picky fussy sweet heavy spicy vegan vegetarian than late choose happier beats minds
    """)
"""Where a negation ends, or words after which it rules nothing out: `I don't mind nuts`."""
SUBJECTS = _set("i you we he she they there")
GO_ON = _set("way think believe suppose feel want wish like ask asked that which if when")
"""Words before a subject with which the clause goes on: `I don't think I can eat nuts`."""
LIST_ENDS = _set("""
    , or and . ! ? ; please in at so as because since what which they products dishes either allergy allergies
    """)
"""Words behind which a list may be over: `no nuts, milk or eggs`, but not `no nuts, milk is fine`."""

_NOT = r"(?:\S+n't|(?:\S+ )?(?:not|never|cannot|cant|dont))"
_WHOM = r"(?:me|us|him|her|them|(?:my|our) \S+)"
_ILL = "ill|sick|unwell|vomit|throw|swell|itch|choke|faint|nauseous|hives|rash|cramps|pain|headaches?|diarrhoea"
_BAD = "forbidden|prohibited|banned|taboo|poison|poisonous|dangerous|deadly|lethal|fatal|bad|harmful|out|off|a no"
_GOOD = (
    "allowed|ok|okay|good|fine|permitted|possible|welcome|acceptable|agree|suit|get along|(?:an option )?for me|be in"
)
THEN = re.compile(
    rf"(?:- )?(?:allerg(?:y|ies|ic)|intoleran(?:t|ce)|free)\b"
    rf"|(?:would |could |will |might |can |may )?(?:kills?|poisons?|harms?|hurts?|upsets?|triggers?) {_WHOM}\b"
    rf"|(?:would |could |will |might |can )?(?:makes?|gives?) {_WHOM} (?:\S+ )?(?:{_ILL})\b"
    rf"|(?:is|are|(?:would|could|can|may|might|will) be) (?!not|never)(?:\S+ ){{0,2}}?(?:{_BAD})(?= |$)"
    rf"|(?:\S+ ){{1,2}}be (?:avoided|excluded|omitted|skipped|left)\b"
    rf"|\? no(?: thanks?| way|$| [.!])"
    rf"|(?:and i )?{_NOT} (?!have|need)(?:\S+ ){{0,2}}?(?:{_GOOD})(?= |$)"
)
"""What rules out a word right before it: `nuts make me ill`."""
THEM = re.compile(
    rf"(?:i|we|he|she|they|(?:my|our) \S+)(?:'(?:m|re|s|d|ve))? (?:\S+ )?{_NOT} (?:\S+ ){{0,3}}?"
    r"(?:eat|have|tolerate|stand|digest|touch|take|handle|bear)"
    r"(?: (?:any of )?(?:them|those|these|it|any|that))?(?= [.,!?;]| at | as | because|$)"
)
"""What rules out the word that was named last: `I love nuts, but I can't eat them`."""
DECLINES = re.compile(
    r"(?<!\S)(?:not (?:today|tonight|now|yet|this time|for me|interested)|leave (?:it|that)(?! to| with)"
    r"|forget (?:it|that|about it)|no thanks?"
    r"|(?:didn't|did not|haven't|have not|never|nobody) (?:ask|asked|want|wanted|say|said|tell|told)(?! no(?:pe)?\b)"
    r"|you (?:needn't|need not|(?:don't|do not) (?:have|need) to) (?:book|order|reserve)"
    r"|(?:ok|okay|sure|yes|yeah|yep) (?:, )?(?:no|nope|nah)(?= [.!,]|$))(?!\S)"
)
"""What says no to an offer without ruling out a word: `sure, but not today`."""
NO_SUCH = _set("have has got having a an any such")
"""Words between a negation and what is not there: `I don't have any such allergy`."""
