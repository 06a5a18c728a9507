"""Keys of the worked solutions in `justification.toml`: the note that earns everything, and what it has to hold."""

from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

YEAR = 2026
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]

NO_WRITER = {
    "says": "does not speak of the writer",
    "none": ["the model", "hallucinates", "hallucinated", "the author", "forgot"],
}


def skip(first, length, rate):
    last = first + length - 1
    sunday, charged = first + 6, length - 1
    total = charged * rate
    weekday = WEEKDAYS[date(YEAR, 7, last).weekday()]
    why = (
        f"Step 2 gives a wrong reason for a right number. The day of collection is charged: the sheet says “first and "
        f"last day included”. The free day is {sunday} July, as “Sundays are free”. So {length} − 1 = {charged} and "
        f"the whole, {charged} × €{rate} = €{total}, stay right. But the resident could conclude that the last day is "
        f"always free, and next time plan €{rate} too little."
    )
    checks = [
        {
            "says": "quotes the rule on the days",
            "any": ["first and last day", "first and last days", "last day included", "Sundays are free"],
        },
        {
            "says": "says that the reason is wrong",
            "any": [
                "wrong reason",
                "reason is wrong",
                "reason given is wrong",
                "reason isn't",
                "reasoning",
                "false reason",
                "not free",
                "isn't free",
                "is charged",
                "has to be paid",
                "must be paid",
                "is not the day of collection",
                "not because",
                "collection day counts",
                "collection counts",
                "contradicts",
                "wrongly",
                "not due to",
            ],
        },
        {"says": "gives the right reason", "any": ["Sunday", f"{sunday} July", f"July {sunday}"]},
        {
            "says": "says that the result holds all the same",
            "any": [f"{total}", f"{charged} days", f"{NUMBERS[charged]} days", f"= {charged}"],
        },
        {
            "says": "says that nothing changes in the amount",
            "any": [
                "right number",
                "right result",
                "right amount",
                "correct number",
                "correct amount",
                "correct result",
                "number is right",
                "number is correct",
                "amount is right",
                "amount is correct",
                "result is right",
                "result is correct",
                "remains",
                "remain",
                "stay",
                "are right",
                "are correct",
                "right only because",
                "still",
                "unchanged",
                "the same",
                "stays",
                "total is right",
                "total is correct",
                "happens to be right",
                "happens to be correct",
                "by chance",
                "by luck",
                "by coincidence",
                "amount does not change",
                "nothing changes",
            ],
        },
        {
            "says": "says what it means for the resident",
            "any": [
                "conclude",
                "concludes",
                "could believe",
                "could think",
                "may believe",
                "may think",
                "might believe",
                "might think",
                "would believe",
                "would think",
                "could assume",
                "might assume",
                "would assume",
                "could expect",
                "could plan",
                "last day is free",
                "last day is always free",
                "last day never",
                "always free",
                "too little",
                "no harm",
                "no loss",
                "loses nothing",
                "pays the right",
                "pay the right",
                "pays the correct",
                "pay the correct",
                f"pays €{total}",
                f"pay €{total}",
                "another time",
                "another skip",
                "next time",
                "in future",
                "other cases",
                "keep it longer",
            ],
        },
        {"says": "does not charge for the Sunday", "none": [f"€{length * rate}"]},
        NO_WRITER,
    ]
    texts = {"last": last, "weekday": weekday, "days": length, "sunday": sunday, "charged": charged, "total": total}
    return {"why": why, "checks": checks}, texts


def water(free, old, tenths, price):
    used = Decimal(tenths) / 10
    rest = used - free
    down = int(rest.to_integral_value(ROUND_FLOOR))
    up = down + 1
    cost = Decimal(price)
    wrong_sum, right_sum = down * cost, up * cost
    wrong_total, right_total = wrong_sum * Decimal("1.05"), right_sum * Decimal("1.05")
    short = right_total - wrong_total
    why = (
        f"Step 3 rounds {rest} down to {down}, but the sheet charges “each cubic metre, or part of one”, so {up} "
        f"count. Right would be {up} × €{price} = €{right_sum:.2f}, and with the 5% €{right_total:.2f} in the end. "
        f"The resident would pay €{short:.2f} too little and still owe it to the town."
    )
    checks = [
        {"says": "quotes the rule on the cubic metres", "any": ["part of one", "or part of"]},
        {"says": "gives the right result of the step", "any": [f"{up}"]},
        {"says": "gives the right result of the whole", "any": [f"{right_total:.2f}"], "weight": 2},
        {
            "says": "says what it means for the resident",
            "any": [
                f"{short:.2f}",
                "too little",
                "not enough",
                "underpay",
                "underpays",
                "less than",
                "still owe",
                "owes more",
                "owe more",
                "pay the rest",
                "outstanding",
                "short",
            ],
        },
        NO_WRITER,
    ]
    texts = {
        "new": f"{Decimal(old) + used}",
        "used": f"{used}",
        "rest": f"{rest}",
        "down": down,
        "up": up,
        "wrong_sum": f"{wrong_sum:.2f}",
        "wrong_total": f"{wrong_total:.2f}",
        "right_sum": f"{right_sum:.2f}",
        "right_total": f"{right_total:.2f}",
        "short": f"{short:.2f}",
    }
    return {"why": why, "checks": checks}, texts


def objection(letter, days):
    day, month = letter.split()
    start = date(YEAR, MONTHS.index(month) + 1, int(day))
    wrong, right = start + timedelta(days=days - 1), start + timedelta(days=days)
    end = right + timedelta(days=2)
    why = (
        f"Step 2 counts the day of the letter as day 1, but the sheet says: “The day of the letter does not count.” "
        f"Day {days} is therefore Saturday {told(right)}, and the next working day counts: Monday {told(end)}. "
        f"A resident who follows the solution loses three days, or could give up an objection that is still possible."
    )
    checks = [
        {"says": "quotes the rule on the day of the letter", "any": ["does not count", "day of the letter does not"]},
        {"says": "gives the right result of the step", "any": ways(right)},
        {"says": "gives the right result of the whole", "any": ways(end), "weight": 2},
        {
            "says": "says what it means for the resident",
            "any": [
                "three days",
                "3 days",
                "give up",
                "gives up",
                "lose",
                "loses",
                "losing",
                "too late",
                "too early",
                "less time",
                "still object",
                "still in time",
                "still possible",
                "more time",
                "longer",
                "days left",
                "hurry",
                "rush",
                "not object",
                "not send",
                "there is time",
                "still time",
                "enough time",
                "time left",
                "right to object",
                "over on Friday",
                "miss",
                "let it be",
            ],
        },
        NO_WRITER,
    ]
    texts = {"wrong_end": told(wrong), "right_day": told(right), "right_end": told(end)}
    return {"why": why, "checks": checks}, texts


def told(day):
    return f"{day.day} {MONTHS[day.month - 1]}"


def ways(day):
    """How people write a day."""
    month = MONTHS[day.month - 1]
    ending = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    plain, nth = f"{day.day}", f"{day.day}{ending}"
    return [f"{plain} {month}", f"{month} {plain}", f"{nth} {month}", f"{nth} of {month}", f"{month} {nth}"]
