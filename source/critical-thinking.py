"""Gives the keys of the templates in critical-thinking.toml. `None` refuses a combination of parameters."""

from math import floor
from random import Random


def museum(a0, a1, b0, b1, k1, d0, d1, wrong):
    """Counts of a museum, and a report in which two of four numbers, or none, are worked out in a wrong way."""
    total0, total = a0 + b0, a1 + b1
    before = whole(100 * b0 / total0)
    right = {
        "growth": whole(100 * (total - total0) / total0),
        "share": whole(100 * b1 / total),
        "daily": whole(total / d1),
        "school": whole(100 * k1 / total),
    }
    false = {
        "growth": whole(100 * (total - total0) / total),
        "share": whole(100 * b1 / a1),
        "daily": whole(total / d0),
        "school": whole(100 * k1 / a1),
    }
    if None in (*right.values(), *false.values(), before):
        return None
    if total < total0 * 1.1 or right["share"] < before + 4 or any(abs(right[it] - false[it]) < 3 for it in right):
        return None
    signs = {"growth": "%", "share": "%", "daily": "", "school": "%"}
    given = {"before": f"{before}%"}
    texts = {"a0": a0, "a1": a1, "b0": b0, "b1": b1, "k1": k1, "total": total, "total0": total0}
    return report(right, false, signs, wrong.split(), given, texts)


def helpdesk(n0, n1, s0, s1, i0, i1, h0, h1, wrong):
    """Counts of a helpdesk, and a report in which two of four numbers, or none, are worked out in a wrong way."""
    before = whole(100 * s0 / n0)
    right = {
        "fall": whole(100 * (n0 - n1) / n0),
        "solved": whole(100 * s1 / n1),
        "hourly": tenth(n1 / h1),
        "invoice": whole(100 * i1 / n1),
    }
    false = {
        "fall": whole(100 * (n0 - n1) / n1),
        "solved": whole(100 * s1 / n0),
        "hourly": tenth(n1 / h0),
        "invoice": whole(100 * i1 / s1),
    }
    if None in (*right.values(), *false.values(), before) or s0 + i0 / 2 > n0 or s1 + i1 / 2 > n1:
        return None
    if any(abs(right[it] - false[it]) < (0.4 if it == "hourly" else 3) for it in right):
        return None
    signs = {"fall": "%", "solved": "%", "hourly": "", "invoice": "%"}
    texts = {"n0": n0, "n1": n1, "s0": s0, "s1": s1, "i0": i0, "i1": i1}
    return report(right, false, signs, wrong.split(), {"before": f"{before}%"}, texts)


def report(right, false, signs, wrong, given, counts):
    """The marks of the wrong numbers, and the texts; refused where two numbers of the report read alike."""
    shown = {name: f"{(false if name in wrong else right)[name]}{sign}" for name, sign in signs.items()}
    written = [*shown.values(), *given.values()]
    if len({number.rstrip("%") for number in written}) < len(written):
        return None
    texts = {name: grouped(count) for name, count in counts.items()} | given | shown
    texts |= {f"r_{name}": f"{right[name]}{sign}" for name, sign in signs.items()}
    texts |= {f"w_{name}": f"{false[name]}{sign}" for name, sign in signs.items()}
    texts["told"] = " and ".join(shown[name] for name in signs if name in wrong) or "nothing"
    around = {
        "growth": "which is {} more than last year.",
        "share": "to {} in a single year.",
        "daily": "on which it was open this year, {} visitors",
        "school": "School classes made up {} of all visitors",
        "fall": "June brought {} fewer than May.",
        "solved": "to {} in June.",
        "hourly": "the team took {} calls.",
        "invoice": "Of all the June calls, {} were about an invoice.",
    }
    spans = []
    for name in signs:
        if name in wrong:
            within = around[name].format(shown[name])
            spans.append({"quote": shown[name], "within": within, "label": "wrong"})
    # each quotation has to be found at its own place, so it may not stand inside another number of the report
    others = [*written, *map(grouped, counts.values())]
    if any(span["quote"] in number for span in spans for number in others if number != span["quote"]):
        return None
    return {"spans": spans}, texts


def grouped(count):
    """1,250 as people write it."""
    return f"{count:,}"


def whole(value):
    """Rounded to a whole number; None where one half could go either way."""
    if abs(value % 1 - 0.5) < 0.02:
        return None
    return floor(value + 0.5)


def tenth(value):
    """Rounded to one decimal place; None where it could go either way."""
    rounded = whole(value * 10)
    return None if rounded is None else rounded / 10


def batches(n1, n2, e1, e2):
    """The share of errors in two batches together; refused where the mean of the shares would do."""
    if n1 < 2 * n2 or (n1 * e1) % 100 or (n2 * e2) % 100 or abs(e1 - e2) < 4:
        return None
    x1, x2, n = n1 * e1 // 100, n2 * e2 // 100, n1 + n2
    right = tenth(100 * (x1 + x2) / n)
    if right is None or abs(right - (e1 + e2) / 2) < 1:
        return None
    naive = f"{(e1 + e2) / 2:g}"
    return {"answer": right}, {"x1": x1, "x2": x2, "x": x1 + x2, "n": n, "right": right, "naive": naive}


def survey(n, reply, yes):
    """The largest share of all who can be of the view: who said yes, and all who said nothing."""
    if (n * reply * yes) % 10_000 or (n * reply) % 100:
        return None
    replied, said = n * reply // 100, n * reply * yes // 10_000
    low, high = 100 * said / n, 100 * (said + n - replied) / n
    if low * 10 % 1 or high * 10 % 1:
        return None
    texts = {"right": f"{high:g}", "low": f"{low:g}", "silent": 100 - reply}
    texts |= {"people": grouped(n), "replied": grouped(replied), "said": grouped(said)}
    return {"answer": high}, texts


def ratings(n, p, q, r, t, where):
    """Three means that n whole ratings can have, and one that lies between two possible ones."""
    sums = [2 * n + p, 3 * n + q, 3 * n + q + r, 4 * n - t]
    if any(whole(100 * total / n) is None for total in (*sums, sums[where] + 1)):
        return None
    return impossible(n, sums, where, lambda total: f"{total / n:.2f}", "a")


def votes(n, p, q, r, t, where):
    """Three shares that n votes can have, and one that lies between two possible ones."""
    middle = n // 2
    sums = [p, middle - q, middle + r, n - t - 1]
    if any(whole(100 * total / n) is None for total in (*sums, sums[where] + 1)):
        return None
    return impossible(n, sums, where, lambda total: f"{floor(100 * total / n + 0.5)}", "d", "%")


def impossible(n, sums, where, written, answer, sign=""):
    """The options: the total at `where` is raised by one half, which no whole number of points or people gives."""
    low = sums[where]
    if len({*sums, low + 1}) < len(sums) + 1:
        return None
    bad = written(low + 0.5)
    # what can be reported at all, as people round it, up or down
    possible = {written(total + nudge) for total in range(5 * n + 1) for nudge in (-1e-6, 1e-6)}
    if bad in possible:
        return None
    others = [total for place, total in enumerate(sums) if place != where]
    texts = {f"s{number}": total for number, total in enumerate(others, 1)}
    texts |= {f"m{number}": written(total) + sign for number, total in enumerate(others, 1)}
    texts |= {"bad": bad + sign, "low": low, "high": low + 1, "below": written(low), "above": written(low + 1)}
    texts["product"] = f"{float(bad) * n:.1f}"
    return {"answer": answer}, texts


def detector(share, hit, false):
    """Of what is flagged, the share that people wrote."""
    texts = flags(share, hit, false)
    if texts is None or not 20 <= texts["right"] <= 90 or abs(texts["right"] - texts["real"]) < 4:
        return None
    if texts["right"] in (false, hit, 100 - hit):
        return None
    return {"answer": texts["right"]}, texts


def cellars(share, hit, false):
    """Of the alarms, the share that are real."""
    texts = flags(share, hit, false)
    if texts is None or not 8 <= texts["real"] <= 60 or abs(texts["right"] - texts["real"]) < 4:
        return None
    return None if abs(texts["real"] - false) < 3 else ({"answer": texts["real"]}, texts)


def flags(share, hit, false):
    """10,000 cases: how many there are, how many are flagged, and which shares that gives."""
    cases = 100 * share
    others = 10_000 - cases
    if (cases * hit) % 100 or (others * false) % 100:
        return None
    caught, accused = cases * hit // 100, others * false // 100
    right = whole(100 * accused / (caught + accused))
    real = whole(100 * caught / (caught + accused))
    if right is None or real is None:
        return None
    names = {"machine": cases, "human": others, "caught": caught, "accused": accused, "flags": caught + accused}
    return {name: grouped(count) for name, count in names.items()} | {"right": right, "real": real}


def mix(small, large, easy, hard, names, order):
    """One assistant is better on easy and on hard tasks and worse in all, because it was given more hard ones."""
    good, bad = names.split(", ")
    n = small + large
    tasks = {good: (small, large), bad: (large, small)}
    shares = {good: (easy + 5, hard + 5), bad: (easy, hard)}
    rights = {}
    for name in tasks:
        if any(count * share % 100 for count, share in zip(tasks[name], shares[name], strict=True)):
            return None
        rights[name] = [count * share // 100 for count, share in zip(tasks[name], shares[name], strict=True)]
    if sum(rights[bad]) - sum(rights[good]) < n // 20:
        return None
    first, second = (good, bad) if order == 0 else (bad, good)
    texts = {"n": n, "good": good, "bad": bad, "first": first, "second": second}
    for letter, name in (("f", first), ("s", second)):
        for place, kind in enumerate(("easy", "hard")):
            texts[f"{letter}_{kind}"] = f"{rights[name][place]} of {tasks[name][place]}"
        texts[f"{letter}_all"] = f"{sum(rights[name])} of {n}"
    for letter, name in (("g", good), ("b", bad)):
        texts |= {f"{letter}_easy_share": shares[name][0], f"{letter}_hard_share": shares[name][1]}
        texts[f"{letter}_half"] = f"{sum(shares[name]) / 2:g}"
    return {"answer": "b"}, texts


def pay(e0, e1, j0, j1, old, new, rise):
    """Both groups are paid more and the mean falls, because the group that is paid less has grown."""
    raised = {"pe0": old, "pe1": old + rise, "pj0": new, "pj1": new + rise}
    mean0 = (e0 * old + j0 * new) / (e0 + j0)
    mean1 = (e1 * (old + rise) + j1 * (new + rise)) / (e1 + j1)
    if e1 < e0 - 10 or mean0 - mean1 < 1 or None in (whole(100 * mean0), whole(100 * mean1)):
        return None
    texts = {name: f"{amount:.2f}" for name, amount in raised.items()}
    return {"answer": "c"}, texts | {"mean0": f"{mean0:.2f}", "mean1": f"{mean1:.2f}", "n1": e1 + j1}


# Twenty lines and one rule of three parts. A row is what a line may be: its choices, from … to … of its numbers, and
# why it breaks the rule or does not. Of each part two or three rows are drawn, six traps, and the rest is in order.

THINGS = "paint, printing, flowers, a taxi, a lamp, chairs on loan"
TICKETS = "bus tickets, tram tickets"
MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]

# what, tenths of a euro, day on which it was spent, months until it was handed in, day of that, receipt or not
CLAIMS = {
    "late": [
        (THINGS, (120, 240), (3, 28), 1, (11, 13), "no receipt", "after the 10th"),
        ("meal, train tickets", (130, 245), (21, 28), 2, (2, 8), "receipt", "two months later"),
        ("hotel night", (640, 1050), (3, 28), 1, (21, 25), "receipt", "after the 20th"),
        (TICKETS, (90, 240), (3, 28), 1, (17, 28), "no receipt", "after the 10th"),
    ],
    "receipt": [
        (THINGS, (252, 268), (2, 28), 1, (2, 8), "no receipt", "just above €25"),
        ("train tickets", (310, 740), (2, 28), 1, (2, 8), "no receipt", "only bus and tram need none"),
        ("meal", (262, 296), (2, 28), 1, (2, 8), "no receipt", "below a meal's limit, but above €25"),
        ("hotel night", (640, 1050), (2, 14), 0, (16, 28), "no receipt", "above €25"),
    ],
    "limit": [
        ("meal", (302, 318), (2, 28), 1, (2, 8), "receipt", "just above €30"),
        ("meal", (340, 480), (2, 14), 0, (16, 28), "receipt", "above €30"),
        ("hotel night", (1105, 1130), (2, 28), 1, (2, 8), "receipt", "just above €110"),
        ("hotel night", (1210, 1600), (2, 28), 1, (12, 18), "receipt", "above €110"),
    ],
    "trap": [
        (THINGS, (260, 690), (2, 28), 1, (10, 10), "receipt", "the 10th is in time"),
        ("hotel night", (640, 1050), (2, 28), 1, (12, 18), "receipt", "a hotel night has until the 20th"),
        ("hotel night", (640, 1050), (2, 28), 1, (20, 20), "receipt", "the 20th is in time for a hotel night"),
        (THINGS, (250, 250), (2, 28), 1, (2, 8), "no receipt", "€25 is not more than €25"),
        ("bus tickets", (310, 580), (2, 28), 1, (2, 8), "no receipt", "bus tickets need none"),
        ("tram tickets", (260, 390), (2, 14), 0, (16, 28), "no receipt", "tram tickets need none"),
        ("meal", (300, 300), (2, 28), 1, (2, 8), "receipt", "€30 is not more than €30"),
        ("hotel night", (1100, 1100), (2, 28), 1, (2, 8), "receipt", "€110 is not more than €110"),
        ("train tickets, printing, chairs on loan", (1180, 1900), (2, 28), 1, (2, 8), "receipt", "this has no limit"),
        ("train tickets, meal, paint", (120, 240), (2, 8), 0, (24, 28), "receipt", "still in the same month"),
    ],
    "plain": [
        (THINGS, (60, 240), (2, 28), 1, (1, 9), "no receipt", ""),
        (THINGS, (270, 950), (2, 28), 1, (1, 9), "receipt", ""),
        ("train tickets", (140, 880), (2, 14), 0, (16, 28), "receipt", ""),
        (TICKETS, (60, 240), (2, 14), 0, (16, 28), "no receipt", ""),
        ("meal", (90, 240), (2, 28), 1, (1, 9), "no receipt", ""),
        ("meal", (180, 290), (2, 14), 0, (16, 28), "receipt", ""),
        ("meal", (180, 290), (2, 28), 1, (1, 9), "receipt", ""),
        ("hotel night", (640, 1050), (2, 28), 1, (1, 9), "receipt", ""),
    ],
}

WEEK, WHOLE_WEEK = "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday", "Tuesday, Friday, Saturday, Sunday"
INDOORS, SMALL, ANYBODY = "Blue Room, Garden Hall", "Blue Room, Courtyard", "member, guest"

# room, people, day, end in quarters of an hour since midnight, days ahead, who
REQUESTS = {
    "many": [
        ("Blue Room", (26, 28), WEEK, (68, 84), (15, 40), ANYBODY, "just above 25"),
        ("Blue Room", (33, 48), WHOLE_WEEK, (56, 78), (15, 40), "member", "above 25"),
        ("Garden Hall", (61, 63), WEEK, (68, 84), (15, 40), ANYBODY, "just above 60"),
        ("Garden Hall", (68, 95), WHOLE_WEEK, (56, 78), (15, 40), "guest", "above 60"),
    ],
    "late": [
        (INDOORS, (12, 23), WEEK, (89, 90), (15, 40), ANYBODY, "after 22:00"),
        ("Courtyard", (40, 120), WEEK, (90, 93), (15, 40), ANYBODY, "after 22:00, in the Courtyard as elsewhere"),
        (INDOORS, (12, 23), "Sunday", (81, 83), (15, 40), ANYBODY, "after 20:00 on a Sunday"),
        (SMALL, (12, 23), "Sunday", (84, 88), (15, 40), ANYBODY, "after 20:00 on a Sunday"),
    ],
    "notice": [
        (INDOORS, (12, 23), WEEK, (68, 84), (12, 13), "guest", "fewer than 14"),
        ("Garden Hall, Courtyard", (30, 55), WEEK, (56, 84), (5, 9), "guest", "fewer than 14, and no member"),
        (INDOORS, (12, 23), WHOLE_WEEK, (56, 78), (3, 4), "member", "fewer than 5"),
        (SMALL, (12, 23), WEEK, (68, 84), (2, 3), "member", "fewer than 5"),
    ],
    "trap": [
        ("Blue Room", (25, 25), WEEK, (68, 84), (15, 40), ANYBODY, "25 are not too many"),
        ("Garden Hall", (60, 60), WEEK, (68, 84), (15, 40), ANYBODY, "60 are not too many"),
        ("Garden Hall", (38, 56), WHOLE_WEEK, (56, 78), (15, 40), ANYBODY, "the Garden Hall holds 60"),
        ("Courtyard", (75, 140), WHOLE_WEEK, (56, 78), (15, 40), ANYBODY, "the Courtyard has no limit"),
        (INDOORS, (12, 23), WEEK, (88, 88), (15, 40), ANYBODY, "22:00 is not after 22:00"),
        (SMALL, (12, 23), "Saturday", (85, 87), (15, 40), ANYBODY, "a Saturday is no Sunday"),
        (INDOORS, (12, 23), "Sunday", (80, 80), (15, 40), ANYBODY, "20:00 is not after 20:00"),
        (INDOORS, (12, 23), WEEK, (68, 84), (14, 14), "guest", "14 are not fewer than 14"),
        (INDOORS, (12, 23), WHOLE_WEEK, (56, 78), (5, 5), "member", "5 are not fewer than 5"),
        (SMALL, (12, 23), WEEK, (68, 84), (6, 12), "member", "a member may ask as late as that"),
    ],
    "plain": [
        ("Blue Room", (8, 24), WEEK, (68, 87), (16, 45), "guest", ""),
        ("Blue Room", (8, 24), WHOLE_WEEK, (50, 76), (16, 45), "member", ""),
        ("Garden Hall", (26, 58), WEEK, (68, 87), (16, 45), "member", ""),
        ("Garden Hall", (26, 58), WHOLE_WEEK, (50, 76), (16, 45), "guest", ""),
        ("Courtyard", (20, 60), WEEK, (56, 87), (16, 45), ANYBODY, ""),
        (INDOORS, (8, 24), "Sunday", (50, 78), (16, 45), ANYBODY, ""),
        (INDOORS, (8, 24), WEEK, (68, 87), (7, 13), "member", ""),
        ("Garden Hall, Courtyard", (26, 58), WEEK, (56, 87), (16, 45), "guest", ""),
    ],
}


def claims(seed):
    """Claims for expenses, some of which are late, without a receipt, or too expensive."""
    return twenty(seed, CLAIMS, claim, claim_breaks, "E")


def claim(row, month, pick):
    """A claim as it stands in its line."""
    what, tenths, day, months, day_in, receipt, _ = row
    spent = month + pick(0, 1)
    dates = [f"{pick(*days)} {MONTHS[number % 12]}" for days, number in ((day, spent), (day_in, spent + months))]
    return f"{one_of(what, pick)}, €{pick(*tenths) / 10:.2f}, {dates[0]}, handed in {dates[1]}, {receipt}"


def claim_breaks(line):
    """Which parts of the rule a claim breaks, read from its line."""
    what, amount, spent, handed_in, receipt = line.split(", ")
    (_, month), (day_in, month_in) = spent.split(), handed_in.removeprefix("handed in ").split()
    months, euros = (MONTHS.index(month_in) - MONTHS.index(month)) % 12, float(amount[1:])
    last = 20 if what == "hotel night" else 10
    broken = {
        "late": months > 1 or (months == 1 and int(day_in) > last),
        "receipt": receipt == "no receipt" and euros > 25 and what not in TICKETS.split(", "),
        "limit": euros > {"meal": 30, "hotel night": 110}.get(what, euros),
    }
    return [name for name, holds in broken.items() if holds]


def requests(seed):
    """Requests for rooms, some of which are for too many people, too late in the evening, or at short notice."""
    return twenty(seed, REQUESTS, request, request_breaks, "R")


def request(row, _month, pick):
    """A request as it stands in its line."""
    room, people, day, ends, ahead, who, _ = row
    end = pick(*ends)
    start, end = (f"{at // 4}:{at % 4 * 15:02}" for at in (end - 2 * pick(2, 7), end))
    where, when = one_of(room, pick), one_of(day, pick)
    return f"{where}, {when}, {start} to {end}, {pick(*people)} people, {pick(*ahead)} days ahead, {one_of(who, pick)}"


def request_breaks(line):
    """Which parts of the rule a request breaks, read from its line."""
    room, day, times, people, ahead, who = line.split(", ")
    hours, minutes = map(int, times.split(" to ")[1].split(":"))
    count, days = int(people.split()[0]), int(ahead.split()[0])
    broken = {
        "many": count > {"Blue Room": 25, "Garden Hall": 60}.get(room, count),
        "late": 60 * hours + minutes > 60 * (20 if day == "Sunday" else 22),
        "notice": days < (5 if who == "member" else 14),
    }
    return [name for name, holds in broken.items() if holds]


def twenty(seed, rows, write, breaks, letter):
    """Twenty lines in no order; refused where a line is not what its row says, or a third holds little to find."""
    dice = Random(seed)

    # nothing but `random()` is promised to give the same in every version of Python
    def pick(low, high):
        return low + int(dice.random() * (high - low + 1))

    def some(among, count):
        return sorted(among, key=lambda _: dice.random())[:count]

    month = pick(0, 11)
    parts = [name for name in rows if name not in ("trap", "plain")]
    chosen = [(name, row) for name in parts for row in some(rows[name], pick(2, 3))]
    chosen += [("trap", row) for row in some(rows["trap"], 6)]
    chosen += [("plain", row) for row in some(rows["plain"], 20 - len(chosen))]
    chosen = some(chosen, 20)
    if any(sum(name in parts for name, _ in third) < 2 for third in (chosen[:7], chosen[7:13], chosen[13:])):
        return None
    lines, spans, number = [], [], pick(101, 160)
    told = {name: [] for name in rows}
    for name, row in chosen:
        line, number = write(row, month, pick), number + pick(1, 9)
        if breaks(line) != [name] * (name in parts):
            return None
        lines.append(f"{letter}{number}: {line}")
        told[name].append(f"{letter}{number} ({row[-1]})")
        if name in parts:
            spans.append({"quote": f"{letter}{number}", "within": lines[-1], "label": name})
    texts = {name: ", ".join(found) for name, found in told.items() if name != "plain"}
    return {"spans": spans}, {"lines": "\n".join(lines), "count": len(spans), **texts}


def one_of(choices, pick):
    """One of several words or phrases."""
    each = choices.split(", ")
    return each[pick(0, len(each) - 1)]
