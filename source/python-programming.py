"""Gives the keys of the questions in python-programming.toml whose numbers, names or lines are drawn anew for everybody."""


def distinct(*values):
    """Whether no two of the values are the same."""
    return len(set(map(str, values))) == len(values)


def code(*values):
    """Values as they are printed, in the type of code."""
    return "`" + " ".join(map(str, values)) + "`"


# ---------------------------------------------------------------- reading


def slices_sum(a, b, c, d, e, f, g, h, low, new):
    numbers = [a, b, c, d, e, f, g, h]

    def printed(data, step=-2):
        return sum(data[-3:]) + sum(data[::step]) + len(data[4:100])

    data = [*numbers[:low], new, *numbers[low + 3 :]]
    each = numbers[:low] + [new] * 3 + numbers[low + 3 :]
    too_many = [*numbers[:low], new, *numbers[low + 4 :]]
    right = printed(data)
    if not distinct(right, printed(each), printed(data, 2), printed(too_many), right - 2):
        return None
    return {"answer": right}, {
        "numbers": ", ".join(map(str, numbers)),
        "high": low + 3,
        "data": str(data),
        "each": str(each),
        "w_each": printed(each),
        "w_front": printed(data, 2),
        "last": sum(data[-3:]),
        "second": sum(data[::-2]),
        "right": right,
    }


def step_loop(start, step, count, skip):
    stop = start - count * step
    used = [start - i * step for i in range(count)]
    kept = [n for n in used if n % skip]
    first = next((i for i, n in enumerate(used) if n % skip == 0), None)
    if stop < 1 or stop % skip == 0 or first in (None, 0) or first == count - 1:
        return None
    right, inclusive, broken, both = sum(kept), sum(kept) + stop, sum(used[:first]), sum(used)
    if not distinct(right, inclusive, broken, both):
        return None
    return {"answer": right}, {
        "stop": stop,
        "used": ", ".join(map(str, used)),
        "kept": " + ".join(map(str, kept)),
        "right": right,
        "inclusive": inclusive,
        "broken": broken,
        "both": both,
    }


NUMBER_NAMES = ("first", "second", "third", "fourth")


def default_list(theme, own, calls, place):
    words = theme.split()
    names = NUMBER_NAMES[: calls + 1]
    lines, right, fresh, moment, replaced = [], [], [], [], []
    before = place - 1
    for number, name in enumerate(names, 1):
        if number == place:
            given = ", ".join(f'"{word}"' for word in words[4 : 4 + own])
            lines.append(f'{name} = tag("{words[number - 1]}", [{given}])')
            right.append(own + 1)
            fresh.append(own + 1)
            moment.append(own + 1)
            replaced.append(own + 1 + calls - before)
        else:
            lines.append(f'{name} = tag("{words[number - 1]}")')
            right.append(calls)
            fresh.append(1)
            moment.append(number if number < place else number - 1)
            replaced.append(before if number < place else own + 1 + calls - before)
    if not distinct(right, fresh, moment, replaced):
        return None
    return {"answer": "c"}, {
        "lines": "\n".join(lines),
        "shown": ", ".join(f"len({name})" for name in names),
        "right": code(*right),
        "fresh": code(*fresh),
        "moment": code(*moment),
        "replaced": code(*replaced),
        "owner": names[place - 1],
        "length": own + 1,
    }


def closure_loop(l1, l2, l3, a1, a2, a3):
    limits, given = (l1, l2, l3), (a1, a2, a3)
    own = code(*(n <= limit for n, limit in zip(given, limits, strict=True)))
    last, first, largest = (code(*(n <= limit for n in given)) for limit in (l3, l1, max(limits)))
    if not distinct(own, last, first, largest):
        return None
    return {"answer": "b"}, {"own": own, "last": last, "first": first, "largest": largest, "top": max(limits)}


def generator_search(a, b, c, d, e, negative, place, index):
    valid = [a, b, c, d, e]
    if len(set(valid)) < 5:
        return None
    readings = [*valid[:place], -negative, *valid[place:]]
    target, rest = valid[index], valid[index + 1 :]
    whole, back = sum(valid), sum(rest) + target
    if not distinct(whole, sum(rest), back, 0):
        return None
    return {"answer": "d"}, {
        "readings": ", ".join(map(str, readings)),
        "target": target,
        "whole": whole,
        "back": back,
        "rest": " + ".join(map(str, rest)),
        "right": sum(rest),
        "used": " and ".join([", ".join(map(str, valid[:index])), str(target)]),
    }


def dict_positions(names, n1, n2, n3, n4, factor):
    x, y, z = names.split()
    counts = {x: n4, y: n2 * factor, z: n3}

    def shown(order):
        return code([(name, counts[name]) for name in order])

    right, kept, moved, ordered = (shown(order) for order in ((x, z, y), (x, y, z), (z, x, y), sorted(counts)))
    if not distinct(right, kept, moved, ordered) or n1 == n4:
        return None
    return {"answer": "a"}, {
        "pairs": f'("{x}", {n1}), ("{y}", {n2}), ("{z}", {n3}), ("{x}", {n4})',
        "x": x,
        "y": y,
        "z": z,
        "right": right,
        "kept": kept,
        "moved": moved,
        "ordered": ordered,
    }


def two_sorts(words, numbers):
    jobs = list(zip(words.split(), map(int, numbers), strict=True))
    right = sorted(sorted(jobs), key=lambda job: -job[1])
    turned = sorted(sorted(jobs), key=lambda job: job[1])[::-1]
    literal = sorted(jobs, key=lambda job: -job[1])
    upward = sorted(sorted(jobs), key=lambda job: job[1])
    texts = [code(*(name for name, _ in order)) for order in (right, turned, literal, upward)]
    if not distinct(*texts):
        return None
    return {"answer": "d"}, {
        "jobs": ", ".join(f'("{name}", {number})' for name, number in jobs),
        "right": texts[0],
        "turned": texts[1],
        "literal": texts[2],
        "upward": texts[3],
    }


def finally_path(text):
    try:
        int(text)
    except ValueError:
        return {"answer": "a"}, {
            "right": "`try except finally`",
            "one": "`try except`",
            "two": "`try except finally end`",
            "three": "`try except else finally`",
            "why": (
                f'`int("{text}")` raises a ValueError, the handler returns the list, but `finally` still runs before the caller gets it, and it appends to the very list object that is returned. '
                "`try except` is the belief that `return` skips `finally`. `try except finally end` takes the handler's return for a mere jump to the end of the statement; `try except else finally` takes `else` for a block that runs in any case."
            ),
        }
    return {"answer": "a"}, {
        "right": "`try else finally end`",
        "one": "`try except else finally end`",
        "two": "`try else end`",
        "three": "`try else finally`",
        "why": (
            f'`int("{text}")` succeeds (spaces round the number, a sign and leading zeros are allowed), so `else` runs, then `finally`, and then the function goes on. '
            "`try except else finally end` takes all the blocks for parts that run one after the other; `try else end` is the belief that `finally` runs only after an error; `try else finally` takes `finally` for the end of the whole function."
        ),
    }


def floor_minutes(a, b, c, d):
    offsets = [-a, b, -60 * c, -d]
    right = sum(100 * (n // 60) + n % 60 for n in offsets)
    cut = sum(100 * int(n / 60) + (n - 60 * int(n / 60)) for n in offsets)
    if a % 60 == 0 or not distinct(right, cut):
        return None
    return {"answer": right}, {
        "offsets": ", ".join(map(str, offsets)),
        "worked": "; ".join(f"{n} gives {n // 60} and {n % 60}, so {100 * (n // 60) + n % 60}" for n in offsets),
        "right": right,
        "cut": cut,
    }


def round_half(a, b, c, d, e):
    minutes = [10 * a + 5, 10 * b + 5, 10 * c + 5, d, e]
    right = sum(round(n / 10) * 10 for n in minutes)
    up = sum((n + 5) // 10 * 10 for n in minutes)
    down = sum(n // 10 * 10 for n in minutes)
    if len(set(minutes)) < 5 or not distinct(right, up, down) or d % 10 in (0, 5) or e % 10 in (0, 5):
        return None
    return {"answer": right}, {
        "minutes": ", ".join(map(str, minutes)),
        "worked": ", ".join(f"{n / 10} gives {round(n / 10)}" for n in minutes),
        "right": right,
        "up": up,
        "down": down,
    }


def shared_rows(width, height, a, b, copied, changed):
    if copied == changed or max(copied, changed) >= height or a == b:
        return None
    right = (height - 1) * (a + b) + a
    own = 2 * a + b if copied else b
    if not distinct(right, own, height * (a + b), a + b):
        return None
    return {"answer": right}, {
        "source": 0 if copied else 1,
        "right": right,
        "others": height - 1,
        "both": a + b,
        "own": own,
        "all": height * (a + b),
    }


def copy_depth(a, b, c, d, e, way):
    base = a + b
    if way == "plus":
        line = f'team["scores"] = team["scores"] + [{d}]'
        team, first = base + c + d, base + c + e
        why = f"`+` makes a new list, which only `team` gets: its sum is {team}. `first` keeps the old list, which then gets {e}: {first}"
        slip = f"Taking `+` for a change of the shared list gives {base}"
        others = (base,)
    else:
        line = f'team["scores"] += [{d}]'
        team = first = base + c + d + e
        why = f"`+=` extends the list in place, so `team` and `first` still share it, with {d} and {e} in it: both sums are {team}"
        slip = f"The belief that `+=` makes a new list gives {base + d - e}"
        others = (base + d - e,)
    right = team - first + base
    deep = (base + c + d) - (base + e) + base
    if d == e or not distinct(right, deep, *others):
        return None
    return {"answer": right}, {"line": line, "why": why, "slip": slip, "base": base, "right": right, "deep": deep}


# ---------------------------------------------------------------- defects


def strip_suffix(kind, wrong, capital, number):
    ending = f".{kind}"
    stems = {
        "csv": ("invoices basics metrics courses", "Budget Rainfall Marathon", "csv-dump"),
        "txt": ("receipt budget index contact", "Orders Rainfall Marathon", "txt-files"),
        "log": ("catalog video mail studio", "Backups Entrance Requests", "log-index"),
    }
    bad, good, inside = stems[kind]
    names = [
        f"{inside}{ending}",
        f"{bad.split()[wrong]}{ending}",
        f"{good.split()[capital]}{ending.upper()}",
        f"v{number}.final{ending}" if kind != "log" else f"v{number}.draft{ending}",
    ]
    results = [name.lower().rstrip(ending) for name in names]
    wanted = [name.lower().removesuffix(ending) for name in names]
    if [got == want for got, want in zip(results, wanted, strict=True)] != [True, False, True, True]:
        return None
    return {"answer": "b"}, {
        "inside": names[0],
        "bad": names[1],
        "good": names[2],
        "dotted": names[3],
        "result": results[1],
        "three": f"`{results[0]}`, `{results[2]}` and `{results[3]}`",
        "characters": ", ".join(f"`{each}`" for each in dict.fromkeys(ending)),
    }


def falsy_best(which, a, b, c, d, e):
    sign = -1 if which == "highest" else 1
    lists = [[sign * a, sign * b, sign * c], [], [0, sign * d, sign * e], [sign * e, sign * d, 0]]

    def given(values):
        best = None
        for value in values:
            if not best or (value > best if which == "highest" else value < best):
                best = value
        return best

    wanted = [(max if which == "highest" else min)(values, default=None) for values in lists]
    results = [given(values) for values in lists]
    if not distinct(a, b, c, d, e) or [r == w for r, w in zip(results, wanted, strict=True)] != [
        True,
        True,
        False,
        True,
    ]:
        return None
    return {"answer": "c"}, {
        "sign": ">" if which == "highest" else "<",
        "clear": code(lists[0]),
        "bad": code(lists[2]),
        "ends": code(lists[3]),
        "got": results[2],
        "rest": f"{results[0]}, None and 0",
        "further": "lower" if which == "highest" else "higher",
    }


def version_parts(a, b, c, d):
    if not distinct(a, b, c, d):
        return None
    calls = [
        (f"{a}.{b}", f"{a}.{b}.0"),
        (f"{c}.9.{d}", f"{c}.10.0"),
        (f"{d}.{a}.0", f"{d}.{a}"),
        (f"{b}.0", f"{b}.0.{c}"),
    ]

    def parts(version):
        return tuple(map(int, version.split(".")))

    if [parts(one) < parts(two) for one, two in calls] != [True, True, False, True]:
        return None
    names = ("same", "texts", "zeros", "longer")
    return {"answer": "a"}, {
        **{name: f'`needs_update("{one}", "{two}")`' for name, (one, two) in zip(names, calls, strict=True)},
        "short": str(parts(calls[0][0])),
        "long": str(parts(calls[0][1])),
    }


SLIPS = {
    "middle": "`//` rounds down, so the middle is one place lower.",
    "low": "after `items[middle] < target`, `low` becomes `middle + 1`, not `middle`.",
    "high": "otherwise `high` becomes `middle`, not `middle - 1`: the element at `middle` may be the one that is looked for.",
    "equal": "an element equal to the target is not below it, so `high` has to move.",
}


def step_search(start, g1, g2, g3, g4, g5, g6, g7, wanted, offset, flaw, at):
    items = [start]
    for gap in (g1, g2, g3, g4, g5, g6, g7):
        items.append(items[-1] + gap)
    target = items[wanted] + offset
    low, high, lines, slipped = 0, len(items), [], None
    while low < high:
        here = flaw if len(lines) + 1 == at else None
        middle = (low + high) // 2
        if here == "middle" and (low + high) % 2 and middle + 1 < high:
            middle, slipped = middle + 1, at
        text = (
            f"`low` is {low} and `high` is {high}, so `middle` is {middle}, and `items[{middle}]` is {items[middle]}."
        )
        below = items[middle] < target
        if here == "equal" and items[middle] == target:
            below, slipped = True, at
        if below:
            low = middle + 1
            if here == "low":
                low, slipped = middle, at
            text += f" Now `low` becomes {low}."
        else:
            high = middle
            if here == "high" and middle - 1 >= low:
                high, slipped = middle - 1, at
            text += f" Now `high` becomes {high}."
        lines.append(text)
        if len(lines) > 3:
            return None
    if len(lines) != 3 or low != high or (flaw == "none" and at > 1) or (flaw != "none" and slipped is None):
        return None
    texts = {f"s{number}": line for number, line in enumerate(lines, 1)}
    result = sum(each < target for each in items)
    told = f"Step {at} is wrong: {SLIPS[flaw]} What comes after follows from it." if slipped else "All steps are right."
    return {"answer": f"s{at}" if slipped else "none"}, {
        **texts,
        "s4": f"`low` and `high` are both {low}, so the loop ends and the function returns {low}.",
        "numbers": ", ".join(map(str, items)),
        "target": target,
        "told": told,
        "result": result,
    }


def step_pairs(c1, c2, c3, c4, c5, c6, flaw):
    text = c1 + c2 + c3 + c4 + c5 + c6
    trap, kept = None, []
    for number, char in enumerate(text):
        top, previous = (kept[-1] if kept else ""), text[number - 1 : number]
        if trap is None and (char == top) != (char == previous):
            trap = number
        kept = kept[:-1] if char == top else [*kept, char]
    triple = next((i for i in range(2, 6) if text[i] == text[i - 1] == text[i - 2]), None)
    if trap is None or (flaw == "triple" and triple is None) or (flaw != "triple" and triple is not None):
        return None
    wrong = {"previous": trap, "triple": triple, "none": None}[flaw]
    right = "".join(kept)
    lines, kept = [], []
    for number, char in enumerate(text):
        equal = bool(kept) and kept[-1] == char
        if number == wrong:
            if flaw == "triple":
                if equal:
                    return None
                equal_move = kept
            else:
                equal_move = [*kept, char] if equal else kept[:-1]
            if flaw == "previous" and not equal and not kept:
                return None
            kept = equal_move
        else:
            kept = kept[:-1] if equal else [*kept, char]
        lines.append(f"`{char}` comes: `kept` is now `{kept}`.")
    told = {
        "previous": "it compares the character with the one before it in the text; the code compares it with the last one that was kept.",
        "triple": "it drops a whole run of equal characters; the code removes a pair, and the third one is kept again.",
        "none": "",
    }[flaw]
    return {"answer": "none" if wrong is None else f"s{wrong + 1}"}, {
        **{f"s{number}": line for number, line in enumerate(lines, 1)},
        "text": text,
        "told": f"Step {wrong + 1} is wrong: {told} The later steps follow from it."
        if wrong is not None
        else "All steps are right.",
        "right": f'`"{right}"`',
    }


def lines_of(wrong, variants, texts=None):
    """The lines of a piece of code, some of them wrong, and the passages that should be marked.

    `variants` has for each name the right text, the wrong one, the part that is to be marked, the longest passage that
    is still exact, and the label.
    """
    names = () if wrong == "nothing" else wrong.split()
    shown = {name: variant[1] if name in names else variant[0] for name, variant in variants.items()}
    spans = [
        {"quote": variants[name][2], "within": variants[name][3], "label": variants[name][4]}
        for name in variants
        if name in names
    ]
    told = {name: quote if "\n" in within else within for name, (_, _, quote, within, _) in variants.items()}
    return {"spans": spans}, {
        **shown,
        **(texts or {}),
        "told": ", ".join(f"`{told[name]}`" for name in variants if name in names) or "nothing",
    }


def span_shipping(base, light, free, extra, started, wrong):
    name = {
        "int": f"int(weight - {light})",
        "floor": f"math.floor(weight - {light})",
        "round": f"round(weight - {light})",
    }[started]
    right = f"math.ceil(weight - {light})"
    return lines_of(
        wrong,
        {
            "heavy": (f"cost += {right}", f"cost += {name}", name, f"cost += {name}", "wrong"),
            "limit": (
                f"if total >= {free}:",
                f"if total > {free}:",
                f"total > {free}",
                f"if total > {free}:\n        cost = 0",
                "wrong",
            ),
            "fast": ("if express:", "elif express:", "elif", f"elif express:\n        cost += {extra}", "wrong"),
        },
        {"instead": name, "head": "import math\n\n" if "heavy" not in wrong or started == "floor" else ""},
    )


def span_minutes(wrong, unit, sign):
    again = f"result[name] = int({unit})"
    return lines_of(
        wrong,
        {
            "empty": ("continue", "break", "break", "if not line.strip():\n            break", "wrong"),
            "person": (
                "name = name.strip().lower()",
                "name = name.strip()",
                "name.strip()",
                "name = name.strip()",
                "wrong",
            ),
            "sum": (f"result[name] = result.get(name, 0) + int({unit})", again, f"int({unit})", again, "wrong"),
        },
    )


def span_retry(wrong, error, helper):
    return lines_of(
        wrong,
        {
            "count": (
                "for attempt in range(tries):",
                "for attempt in range(1, tries):",
                "range(1, tries)",
                "for attempt in range(1, tries):",
                "wrong",
            ),
            "call": (
                f"return {helper}()",
                f"result = {helper}()\n            if result:\n                return result",
                "if result:",
                f"result = {helper}()\n            if result:\n                return result",
                "wrong",
            ),
            "catch": (
                f"except {error} as problem:",
                "except Exception as problem:",
                "Exception",
                "except Exception as problem:",
                "wrong",
            ),
        },
    )


# ---------------------------------------------------------------- security


def sql_login(first, second, attack):
    people = {"first": (1, first), "second": (2, second)}
    tricks = {
        "or": (
            second,
            "' OR '1' = '1",
            "first",
            "AND binds tighter than OR, so the condition is true for every row, and the first by id comes back: it is not even the user whose name was typed.",
        ),
        "comment": (
            f"{second}' --",
            "x",
            "second",
            "Two hyphens begin a comment in SQL, so the test of the code is cut away, and the name alone is enough.",
        ),
        "first": (
            f"{first}' --",
            "x",
            "first",
            "Two hyphens begin a comment in SQL, so the test of the code is cut away, and the name alone is enough.",
        ),
        "id": (
            "x",
            "' OR id = 2 --",
            "second",
            "The condition is true for the row with this id, whatever name was typed, and the comment cuts off the rest.",
        ),
        "apostrophe": (
            "O'Neil",
            "1234",
            "error",
            "The apostrophe of the name ends the text too early, and what follows is not valid SQL: even an honest user finds the flaw.",
        ),
    }
    name, secret, result, why = tricks[attack]
    statement = f"SELECT id FROM users WHERE name = '{name}' AND code = '{secret}' ORDER BY id"
    answers = {"second": "a", "first": "b", "error": "d"}
    return {"answer": answers[result]}, {
        "call": f'login("{name}", "{secret}")',
        "one": f"`1`: user {people['first'][1]} is logged in",
        "two": f"`2`: user {people['second'][1]} is logged in",
        "statement": statement,
        "why": why,
    }


def shell_quotes(command, name, mark, word):
    if mark == "single":
        call = f"f\"{command} '{{name}}'\""
        texts = {
            "right": f"`{name}'; {word}; '`",
            "two": f'`{name}"; {word}; "`',
            "three": f"`{name}$({word})`",
            "marks": "single quotes",
            "why": f"Inside single quotes a POSIX shell treats everything as plain text, except the next single quote, which ends them: then `{word}` runs as a command of its own. The double quotes and the `$(…)` of the others are plain text there; `$(…)` would be replaced only without quotes or within double quotes.",
        }
    else:
        call = f"f'{command} \"{{name}}\"'"
        texts = {
            "right": f"`{name}$({word})`",
            "two": f"`{name}'; {word}; '`",
            "three": f"`{name} && {word}`",
            "marks": "double quotes",
            "why": f"Inside double quotes a POSIX shell still replaces `$(…)` by what the command in it prints, so `{word}` runs. Single quotes, semicolons and `&&` are plain text there.",
        }
    return {"answer": "c"}, {**texts, "call": call, "plain": f"`{name}; {word}`"}


def join_absolute(folder, name):
    return {"answer": "d"}, {"glued": folder + name, "slashes": f"{folder}/{name}"}


def prefix_check(folder, suffix, file, inside):
    last = folder.rsplit("/", 1)[1]
    return {"answer": "a"}, {
        "sibling": f"../{last}{suffix}/{file}",
        "outside": f"{folder}{suffix}/{file}",
        "around": f"{inside}/../../{last}/{file}",
    }


def span_reset(wrong, bits, size):
    old = f'f"{{random.getrandbits({bits}):x}}"'
    find = "row = db.execute(f\"SELECT id FROM users WHERE email = '{email}'\").fetchone()"
    log = 'logging.info("reset for user %s: %s", row[0], token)'
    fixed = 'KEY = b"vT7-kq2-Lw9x"'
    return lines_of(
        wrong,
        {
            "key": ('KEY = os.environ["PARTNER_KEY"].encode()', fixed, 'b"vT7-kq2-Lw9x"', fixed, "secret"),
            "find": (
                'row = db.execute("SELECT id FROM users WHERE email = ?", (email,)).fetchone()',
                find,
                "'{email}'",
                find,
                "injection",
            ),
            "token": (f"token = secrets.token_urlsafe({size})", f"token = {old}", old, f"token = {old}", "guess"),
            "log": ('logging.info("reset for user %s", row[0])', log, "token)", log, "secret"),
            "same": (
                "return hmac.compare_digest(right, signature)",
                "return right == signature",
                "right == signature",
                "return right == signature",
                "guess",
            ),
        },
    )


def span_share(wrong, folder, tool):
    inside = "if not path.startswith(FOLDER):"
    shell = f"os.system(f\"{tool} '{{path}}'\")"
    return lines_of(
        wrong,
        {
            "load": (
                "return json.loads(cookie)",
                "return pickle.loads(cookie)",
                "pickle.loads(cookie)",
                "return pickle.loads(cookie)",
                "run",
            ),
            "inside": (
                "if os.path.commonpath([path, FOLDER]) != FOLDER:",
                inside,
                "path.startswith(FOLDER)",
                inside,
                "path",
            ),
            "pack": (
                f"subprocess.run([{', '.join(chr(34) + part + chr(34) for part in tool.split())}, path], check=True)",
                shell,
                shell,
                shell,
                "run",
            ),
        },
        {"last": folder.rsplit("/", 1)[1]},
    )


# ---------------------------------------------------------------- judging


def surviving_change(child, youth, senior, cheap, full, less, gap):
    tests = {"child": child, "under": youth - 1, "youth": youth, "senior": senior}
    safe = {"child": child + 2, "under": youth - 3, "youth": youth + 4, "senior": senior + 3}
    ages = sorted({safe[name] if name == gap else age for name, age in tests.items()} | {child - 2})

    def fare(age, change=None):
        if age < child or (change == "child" and age == child):
            return 0
        if age < youth - (change == "under") or (change == "youth" and age == youth):
            return cheap
        if age > senior or (age == senior and change != "senior"):
            return less
        return full

    survivors = [name for name in tests if all(fare(age) == fare(age, name) for age in ages)]
    if survivors != [gap] or not distinct(cheap, full, less):
        return None
    letters = dict(zip(tests, "abcd", strict=True))
    missing = {"child": child, "under": youth - 1, "youth": youth, "senior": senior}[gap]
    return {"answer": letters[gap]}, {
        "tests": "\n".join(f"    assert fare({age}) == {fare(age)}" for age in ages),
        "under": youth - 1,
        "missing": missing,
        "changed": {
            "child": f"`age <= {child}`",
            "under": f"`age < {youth - 1}`",
            "youth": f"`age <= {youth}`",
            "senior": f"`age > {senior}`",
        }[gap],
    }
