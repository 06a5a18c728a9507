"""Gives the keys of the templates in critical-thinking.toml. `None` refuses a combination of parameters."""

from math import floor


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
