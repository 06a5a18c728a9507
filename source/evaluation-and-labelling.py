"""Draws the templates of evaluation-and-labelling: figures to be checked, charts and a plan."""

# ---------------------------------------------------------------------------- q01: three figures, one of them wrong


def cafes(case, a1, a2, wrong):
    north, south, about = map(int, case.split("+"))
    total = north + south
    share, average, plain = 100 * north / total, (north * a1 + south * a2) / total, (a1 + a2) / 2
    wrong_share = 100 * north / south
    texts = {
        "north": north,
        "south": south,
        "total": total,
        "about": about,
        "off": _off(about, total),
        "share": f"{wrong_share if wrong == 'share' else share:.0f}",
        "average": _short(plain if wrong == "average" else average),
        "right_share": _short(share),
        "right_average": _short(average),
        "plain": _short(plain),
        "what": "the share" if wrong == "share" else "the average",
    }
    answer = share if wrong == "share" else average
    return {"answer": round(answer, 2), "absolute_tolerance": 0.011}, texts


def ride(case, wrong):
    way, up, down, about = map(int, case.split("/"))
    t1, t2, total = 60 * way // up, 60 * way // down, 2 * way
    minutes, plain = t1 + t2, (up + down) / 2
    speed, wrong_minutes = 60 * total / minutes, 60 * total / plain
    if wrong_minutes % 1:
        return None
    texts = {
        "way": way,
        "up": up,
        "down": down,
        "about": about,
        "total": total,
        "off": _off(about, total),
        "t1": t1,
        "t2": t2,
        "minutes": minutes,
        "time": _clock(int(wrong_minutes) if wrong == "time" else minutes),
        "speed": _short(plain if wrong == "speed" else speed),
        "right_speed": _short(speed),
        "plain": _short(plain),
        "wrong_minutes": int(wrong_minutes),
        "what": f"the {wrong}",
    }
    return {"answer": minutes if wrong == "time" else speed, "absolute_tolerance": 0.001}, texts


def coat(price, p1, p2, wrong):
    sale = price * (100 - p1) // 100
    right_pay, wrong_pay = sale * (100 - p2) / 100, price * (100 - p1 - p2) / 100
    saved = 100 * (price - right_pay) / price
    about = next((n for n in range(10 * (sale // 10 + 1), sale + 30, 10) if 1.5 < 100 * (n - sale) / sale < 4.8), None)
    if about is None or price * (100 - p1) % 100:
        return None
    texts = {
        "sale": sale,
        "about": about,
        "off": _off(about, sale),
        "pay": f"{wrong_pay if wrong == 'pay' else right_pay:.2f}",
        "saved": _short(p1 + p2 if wrong == "saved" else saved),
        "right_pay": f"{right_pay:.2f}",
        "right_saved": _short(saved),
        "sum": p1 + p2,
        "wrong_pay": f"{wrong_pay:.2f}",
        "what": "what is paid" if wrong == "pay" else "the saving",
    }
    return {"answer": round(right_pay if wrong == "pay" else saved, 2), "absolute_tolerance": 0.006}, texts


def _off(named, true):
    return f"{100 * abs(named - true) / true:.1f}"


def _short(number):
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _clock(minutes):
    hours, rest = divmod(minutes, 60)
    hour = f"{hours} hour{'s' * (hours > 1)}"
    if not rest:
        return f"exactly {hour}"
    return f"{hour} and {rest} minutes"


# ---------------------------------------------------------------------------- q03: charts and a plan

FONT = 'font-family="sans-serif" font-size="13" fill="#222"'


def visits(base, rise, right):
    """Visits from Monday to Friday; `right` says which of two captions is the right one."""
    second, fourth = base + rise, base + 2 * rise + 2
    last = round(1.93 * base) if right == "double" else round(1.14 * fourth)
    values = [base, second, second, fourth, last]
    total = sum(values)
    about = _about(total, 0.03, 0.045) if right == "total" else _about(total, 0.08, 0.11)
    if (
        about is None
        or (right == "total" and last / base > 1.8)
        or (right == "double" and not 1.905 < last / base < 1.96)
    ):
        return None
    bottom = (base - 15) // 20 * 20
    step = 20 if right == "double" else 10
    top = last // step * step + step

    def y(value):
        return 235 - 195 * (value - bottom) / (top - bottom)

    grid = [_line(60, y(v), 440, y(v)) + _text(52, y(v) + 4, v, "end") for v in range(bottom, top + 1, step)]
    days = ("Mon", "Tue", "Wed", "Thu", "Fri")
    bars = [
        f'<rect x="{80 + 73 * n}" y="{y(v):.1f}" width="46" height="{235 - y(v):.1f}" fill="#2f6f9f"/>'
        + _text(103 + 73 * n, y(v) - 6, v, weight="bold")
        + _text(103 + 73 * n, 254, days[n])
        for n, v in enumerate(values)
    ]
    title = _text(250, 20, "Visits to the advice centre in one week")
    jump = "Thursday to Friday" if right == "total" else "Monday to Thursday"
    before, after = (fourth, last) if right == "total" else (base, fourth)
    texts = {
        "svg": _svg(460, 265, title, *grid, *bars),
        **{f"v{n}": v for n, v in enumerate(values, start=1)},
        "bottom": bottom,
        "top": top,
        "total": total,
        "about": about,
        "off": _off(about, total),
        "jump": jump,
        "percent": f"{100 * (after - before) / before:.1f}",
        "ratio": f"{last / base:.2f}",
        "nearly": (
            'less than 5 % below 2, so "nearly twice" holds'
            if right == "double"
            else "far from twice, although its bar is drawn several times as high"
        ),
        "sum": 'so "about" holds' if right == "total" else 'more than the 5 % that "about" allows',
    }
    return {"answer": "c" if right == "total" else "b"}, texts


def calls(start, fall, back, off):
    """The share of calls answered quickly, read off grid lines ten apart."""
    values = [start, start - 6, start - 6 + back, start - 6 + back - fall, start - 2 * fall]
    read = values[3] + off
    low = min(values) // 10 * 10 - 10
    if values[3] % 5 == 0 or sorted(values[2:], reverse=True) != values[2:] or values[3] - values[4] < 4:
        return None
    if not 0.6 < values[4] / values[0] < 0.85 or read % 10 == 0:
        return None

    def y(value):
        return 235 - 195 * (value - low) / (100 - low)

    xs = [95 + 80 * n for n in range(5)]
    months = ("January", "February", "March", "April", "May")
    grid = [_line(60, y(v), 440, y(v)) + _text(52, y(v) + 4, v, "end") for v in range(low, 101, 10)]
    path = " ".join(f"{x},{y(v):.1f}" for x, v in zip(xs, values, strict=True))
    line = f'<polyline points="{path}" fill="none" stroke="#2f6f9f" stroke-width="3"/>'
    dots = [f'<circle cx="{x}" cy="{y(v):.1f}" r="5" fill="#2f6f9f"/>' for x, v in zip(xs, values, strict=True)]
    names = [_text(x, 254, month) for x, month in zip(xs, months, strict=True)]
    title = _text(250, 20, "Calls answered within a minute, in % of all calls")
    texts = {
        "svg": _svg(470, 265, title, *grid, line, *dots, *names),
        **{f"v{n}": v for n, v in enumerate(values, start=1)},
        "low": low,
        "read": read,
        "off": abs(off),
        "percent": f"{100 * values[4] / values[0]:.0f}",
    }
    return {"answer": "d"}, texts


ROOMS = ("Office", "Kitchen", "Archive", "Entrance", "Workshop", "Store")
WAYS = {"right": (1, 0), "left": (-1, 0)}


def plan(shift, turn, arrow):
    """Six rooms, and an arrow for north that does not point up."""
    rooms = [ROOMS[(shift + (turn * n)) % 6] for n in range(6)]
    place = {name: (n % 3, n // 3) for n, name in enumerate(rooms)}
    north = WAYS[arrow]
    east = (-north[1], north[0])
    sides = {"north": north, "south": (-north[0], -north[1]), "east": east, "west": (-east[0], -east[1])}
    as_if = {"north": (0, -1), "south": (0, 1), "east": (1, 0), "west": (-1, 0)}
    pairs = [
        (a, b, (place[a][0] - place[b][0], place[a][1] - place[b][1]))
        for a in rooms
        for b in rooms
        if abs(place[a][0] - place[b][0]) + abs(place[a][1] - place[b][1]) == 1
    ]

    def pick(number, name_of):
        """A pair of neighbours, with the side that `name_of` gives to the way between them."""
        a, b, way = pairs[number % len(pairs)]
        return f"The {a.lower()} lies directly to the {name_of(way)} of the {b.lower()}."

    def true(way):
        return next(name for name, there in sides.items() if there == way)

    def upright(way):
        return next(name for name, there in as_if.items() if there == way)

    opposite = {"north": "south", "south": "north", "east": "west", "west": "east"}
    across = [n for n, (_, _, way) in enumerate(pairs) if true(way) in ("east", "west")]
    along = [n for n, (_, _, way) in enumerate(pairs) if true(way) in ("north", "south")]
    # a falls to north = up, c reads the arrow the wrong way round, d has north right and takes east for west
    chosen = (along[shift % len(along)], across[shift % len(across)])
    first = next(
        n for n in range(shift, shift + 40) if upright(pairs[n % len(pairs)][2]) != true(pairs[n % len(pairs)][2])
    )
    third = next(n for n in along[::-1] if n not in (first % len(pairs), chosen[0]))
    fourth = next(n for n in across[::-1] if n not in (first % len(pairs), chosen[1]))
    right = chosen[0] if turn == 1 else chosen[1]
    if len({first % len(pairs), third, fourth, right}) < 4:
        return None
    options = {
        "o1": pick(first, upright),
        "o2": pick(right, true),
        "o3": pick(third, lambda way: opposite[true(way)]),
        "o4": pick(fourth, lambda way: opposite[true(way)]),
    }
    if len(set(options.values())) < 4:
        return None
    boxes = [
        f'<rect x="{20 + 125 * col}" y="{20 + 95 * row}" width="125" height="95" fill="#eef3f7" stroke="#333" stroke-width="2"/>'
        + _text(82 + 125 * col, 72 + 95 * row, name)
        for name, (col, row) in place.items()
    ]
    dx, dy = north
    tip, tail = (485 + 34 * dx, 115 + 34 * dy), (485 - 34 * dx, 115 - 34 * dy)
    head = " ".join(
        f"{x:g},{y:g}"
        for x, y in (
            (tip[0] + 10 * dx, tip[1] + 10 * dy),
            (tip[0] - 4 * dx + 7 * dy, tip[1] - 4 * dy + 7 * dx),
            (tip[0] - 4 * dx - 7 * dy, tip[1] - 4 * dy - 7 * dx),
        )
    )
    letter = (tip[0] + 22 * dx, tip[1] + 22 * dy + 5)
    compass = (
        _line(*tail, *tip, "#b03a2e", 3)
        + f'<polygon points="{head}" fill="#b03a2e"/>'
        + _text(*letter, "N", weight="bold")
    )
    top, bottom = ", ".join(rooms[:3]), ", ".join(rooms[3:])
    points = {"right": "to the right", "left": "to the left"}[arrow]
    sides_text = {way: name for name, way in sides.items()}
    texts = {
        **options,
        "svg": _svg(570, 230, *boxes, compass),
        "upper": top,
        "lower": bottom,
        "points": points,
        "up_is": sides_text[(0, -1)],
        "right_is": sides_text[(1, 0)],
        "down_is": sides_text[(0, 1)],
        "left_is": sides_text[(-1, 0)],
    }
    return {"answer": "b"}, texts


def _about(total, least, most):
    """A round number above `total` that is off by a share between `least` and `most`."""
    return next((n for n in range(total // 10 * 10, 2 * total, 10) if least < (n - total) / total < most), None)


def _svg(width, height, *parts):
    inside = "".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><rect width="{width}" height="{height}" fill="white"/>{inside}</svg>'


def _text(x, y, text, anchor="middle", weight="normal"):
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-weight="{weight}" {FONT}>{text}</text>'


def _line(x1, y1, x2, y2, colour="#ccc", width=1):
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{colour}" stroke-width="{width}"/>'
