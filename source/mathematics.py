"""Gives the keys of the questions in mathematics.toml, and the numbers and steps that are drawn for them."""

from fractions import Fraction
from math import comb, floor, perm, sqrt


def number(value, places=4):
    """A number as people write it: a comma before thousands, no needless zeros, a real minus sign."""
    text = f"{abs(float(value)):,.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"−{text}" if value < 0 and text != "0" else text


def money(value):
    """Whole euros, or euros and cents."""
    return number(value) if Fraction(value).denominator == 1 else f"{float(value):,.2f}"


def term(value, name="", first=False):
    """A term of a sum with its sign, as in `x³ − 4x² + x`; nothing for 0."""
    if value == 0:
        return ""
    size = "" if abs(value) == 1 and name else number(abs(value))
    if first:
        return f"{'−' if value < 0 else ''}{size}{name}"
    return f" {'−' if value < 0 else '+'} {size}{name}"


def rounded(value, places):
    """Half away from zero, in exact arithmetic, as people round."""
    scaled = abs(Fraction(value)) * 10**places
    whole = floor(scaled + Fraction(1, 2))
    return float(Fraction(whole, 10**places)) * (-1 if value < 0 else 1)


def halfway(value, places):
    """Whether a value lies just between two rounded ones, so that people may round it either way."""
    return (Fraction(value) * 10**places * 2).denominator == 1 and (Fraction(value) * 10**places).denominator == 2


def far(right, *wrong, by):
    """Whether each wrong number is at least so far from the right one."""
    return all(abs(right - each) >= by for each in wrong)


# ---------------------------------------------------------------- percentages, rates, units


def tax_in_price(thing, net, rate):
    gross, tax = Fraction(net * (100 + rate), 100), Fraction(net * rate, 100)
    if gross.denominator != 1:
        return None
    return {"answer": float(tax)}, {
        "gross": number(gross),
        "net_text": number(net),
        "tax": number(tax),
        "wrong": money(gross * rate / 100),
        "factor": number(Fraction(100 + rate, 100)),
    }


def up_down(up, down):
    change = up - down - Fraction(up * down, 100)
    if up == down or abs(change) < 1:
        return None
    return {"answer": float(change)}, {
        "plus": number(1 + Fraction(up, 100)),
        "minus": number(1 - Fraction(down, 100)),
        "product": number((1 + Fraction(up, 100)) * (1 - Fraction(down, 100))),
        "change": number(change),
        "difference": number(up - down),
    }


def average_speed(there, back):
    right = Fraction(2 * there * back, there + back)
    mean = Fraction(there + back, 2)
    if halfway(right, 1) or not far(right, mean, by=1):
        return None
    answer = rounded(right, 1)
    return {"answer": answer}, {
        "right": number(answer),
        "mean": number(mean),
        "hours": f"1/{there} + 1/{back}",
    }


def two_pumps(first, second):
    right = Fraction(60 * first * second, first + second)
    if first == second or right.denominator != 1:
        return None
    if not far(right, Fraction(60 * (first + second), 4), Fraction(60 * (first + second), 2), by=3):
        return None
    return {"answer": int(right)}, {
        "right": number(right),
        "half": number(Fraction(60 * (first + second), 4)),
    }


def rain(depth, area):
    right = Fraction(str(area)) * depth * 10
    return {"answer": float(right)}, {
        "right": number(right),
        "square": number(Fraction(str(area)) * 10000),
        "metres": number(Fraction(depth, 1000)),
    }


def pipe(flow, hours, minutes):
    seconds = (hours * 60 + minutes) * 60
    right = Fraction(flow * seconds, 1000)
    wrong = Fraction(flow * 3600, 1000) * (hours + Fraction(minutes, 100))
    if not far(right, wrong, by=1):
        return None
    return {"answer": rounded(right, 1)}, {
        "right": number(right, 1),
        "seconds": number(seconds),
        "litres": number(flow * seconds),
        "wrong": number(wrong, 1),
        "decimal": f"{hours}.{minutes:02d}",
    }


def dilute(volume, strong, weak):
    if weak >= strong:
        return None
    right = Fraction(volume * (strong - weak), weak)
    wrong = Fraction(volume * (strong - weak), strong)
    if (right * 2).denominator != 1 or not far(right, wrong, volume, Fraction(volume * strong, weak), by=1):
        return None
    return {"answer": float(right)}, {
        "right": number(right),
        "pure": number(Fraction(volume * strong, 100)),
        "total": number(Fraction(volume * strong, weak)),
        "wrong": number(rounded(wrong, 2)),
    }


WATER = {"mushrooms": (88, 94), "plums": (85, 88), "apricots": (85, 88), "tomatoes": (92, 95)}
"""How much of what is fresh is water, in per cent, from least to most."""


def drying(fruit, mass, wet, dry):
    least, most = WATER[fruit]
    if not least <= wet <= most:
        return None
    right = Fraction(mass * (100 - wet), 100 - dry)
    wrong = Fraction(mass * (100 - (wet - dry)), 100)
    solid = Fraction(mass * (100 - wet), 100)
    if (right * 10).denominator != 1 or not far(right, wrong, solid, by=1):
        return None
    return {"answer": float(right)}, {
        "right": number(right),
        "solid": number(solid),
        "share": number(100 - dry),
        "first": number(100 - wet),
        "drop": number(wet - dry),
        "wrong": number(wrong),
    }


# ---------------------------------------------------------------- algebra, geometry, whole numbers


def tickets(adult, child, sold, children):
    if child >= adult or children >= sold - 5 or 2 * children == sold:
        return None
    total = adult * (sold - children) + child * children
    return {"answer": children}, {
        "total": number(total),
        "all_adult": number(adult * sold),
        "gap": number(adult * sold - total),
        "each": number(adult - child),
        "others": number(sold - children),
    }


def rectangle(width, more):
    length = 2 * width + more
    if length == width * 3:
        return None
    return {"answer": width * length}, {
        "perimeter": number(2 * (width + length)),
        "half": number(width + length),
        "length": number(length),
        "area": number(width * length),
        "side": number(Fraction(2 * (width + length) - more, 3), 2),
    }


def cylinder_scale(wider, lower):
    wide, low = 1 + Fraction(wider, 100), 1 - Fraction(lower, 100)
    change = (wide * wide * low - 1) * 100
    once, added = (wide * low - 1) * 100, Fraction(2 * wider - lower)
    if abs(change) < 1 or not far(change, once, added, by=Fraction(1, 2)):
        return None
    return {"answer": float(change)}, {
        "wide": number(wide),
        "low": number(low),
        "product": number(wide * wide * low),
        "change": number(change),
        "once": number(once),
        "added": number(added),
    }


def triangle_area(ax, ay, bx, by, cx, cy):
    if len({ax, bx, cx}) < 3 or len({ay, by, cy}) < 3:
        return None
    double = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    box = (max(ax, bx, cx) - min(ax, bx, cx)) * (max(ay, by, cy) - min(ay, by, cy))
    if abs(double) < 16 or abs(double) == box:
        return None
    points = {"pa": (ax, ay), "pb": (bx, by), "pc": (cx, cy)}
    return {"answer": abs(double) / 2}, {
        **{name: f"({number(x)}, {number(y)})" for name, (x, y) in points.items()},
        "ab": f"({number(bx - ax)}, {number(by - ay)})",
        "ac": f"({number(cx - ax)}, {number(cy - ay)})",
        "double": number(double),
        "area": number(abs(double) / 2),
        "positive": number(abs(double)),
        "half_box": number(box / 2),
    }


def root_equation(root, shift):
    inside = root * root - root - shift
    if inside < 1 or root == shift + 1:
        return None
    return {"answer": shift + root}, {
        "inside": number(inside),
        "right": number(shift + root),
        "false": number(shift + 1 - root),
        "below": number(1 - root),
        "both": number(2 * shift + 1),
    }


def log_equation(base, high, low, shift):
    large, small = base**high, base**low
    apart = large - small - shift
    if high <= low or apart < 1 or large > 130 or large == shift:
        return None
    return {"answer": large - shift}, {
        "log": f"log{'₀₁₂₃₄₅'[base]}",
        "apart": number(apart),
        "sum": number(high + low),
        "power": number(base ** (high + low)),
        "right": number(large - shift),
        "false": number(-small - shift),
        "false_in": number(-small),
        "both": number(large - small - 2 * shift),
    }


def power_remainder(base, power, modulus):
    if base % modulus in (0, 1, modulus - 1):
        return None
    answer = pow(base, power, modulus)
    if answer in (0, 1, base % modulus, pow(base, power % modulus, modulus)):
        return None
    rest = power % (modulus - 1)
    return {"answer": answer}, {"minus": modulus - 1, "rest": rest, "right": answer}


def remainders(moduli, one, two, three):
    first, second, third = map(int, moduli.split())
    if one >= first or two >= second or three >= third or one == two == three:
        return None
    product = first * second * third
    found = next(n for n in range(1, product + 1) if (n % first, n % second, n % third) == (one, two, three))
    pair = next(n for n in range(1, product) if (n % second, n % third) == (two, three))
    if found < 50:
        return None
    return {"answer": found}, {
        "first": first,
        "second": second,
        "third": third,
        "product": product,
        "pair": pair,
        "pair_product": second * third,
        "pair_rest": pair % first,
        "right": found,
    }


# ---------------------------------------------------------------- chance and data


def weighted_mean(small, low, large, high):
    right = Fraction(small * low + large * high, small + large)
    plain = Fraction(low + high, 2)
    if low == high or halfway(right, 1) or not far(right, plain, by=1):
        return None
    answer = rounded(right, 1)
    return {"answer": answer}, {
        "right": number(answer),
        "plain": number(plain),
        "sum": number(small * low + large * high),
        "count": small + large,
    }


def corrected_mean(count, mean, tens, ones):
    typed, meant = 10 * tens + ones, 10 * ones + tens
    if tens == ones or ones == 0 or tens == 0:
        return None
    right = mean + Fraction(meant - typed, count)
    back = mean - Fraction(meant - typed, count)
    if halfway(right, 2) or not far(right, back, by=Fraction(1, 2)):
        return None
    return {"answer": rounded(right, 2)}, {
        "typed": typed,
        "meant": meant,
        "total": number(count * mean),
        "new_total": number(count * mean + meant - typed),
        "right": number(rounded(right, 2)),
        "change": number(meant - typed),
    }


def committee(first, second, size):
    right = comb(first + second, size) - comb(first, size) - comb(second, size)
    wrong = first * second * comb(first + second - 2, size - 2)
    if size > min(first, second) or right == wrong:
        return None
    return {"answer": right}, {
        "people": first + second,
        "all": number(comb(first + second, size)),
        "only_first": number(comb(first, size)),
        "only_second": number(comb(second, size)),
        "right": number(right),
        "wrong": number(wrong),
        "rest": size - 2,
        "left": first + second - 2,
    }


def repeated_symbol(symbols, length):
    if length >= symbols:
        return None
    right = symbols**length - perm(symbols, length)
    wrong = comb(length, 2) * symbols ** (length - 1)
    if wrong in (right, symbols**length):
        return None
    return {"answer": right}, {
        "all": number(symbols**length),
        "different": number(perm(symbols, length)),
        "right": number(right),
        "factors": " · ".join(str(symbols - place) for place in range(length)),
        "wrong": number(wrong),
        "pairs": comb(length, 2),
    }


def at_least_one(parts, percent):
    right = (1 - (1 - Fraction(percent, 100)) ** parts) * 100
    if not far(right, parts * percent, by=2):
        return None
    answer = rounded(right, 1)
    return {"answer": answer}, {
        "right": f"{answer:.1f}",
        "well": number(1 - Fraction(percent, 100)),
        "none": f"{100 - answer:.1f}",
        "added": number(parts * percent),
    }


def two_colours(red, blue):
    both = red + blue
    right = Fraction(200 * red * blue, both * (both - 1))
    replaced = Fraction(200 * red * blue, both * both)
    if red == blue or not far(right, replaced, right / 2, 50, by=1):
        return None
    answer = rounded(right, 1)
    return {"answer": answer}, {
        "right": f"{answer:.1f}",
        "replaced": f"{rounded(replaced, 1):.1f}",
        "single": f"{rounded(right / 2, 1):.1f}",
        "all": both,
        "fewer": both - 1,
    }


def test_positive(ill, found, spared):
    true = Fraction(ill * found, 100)
    false = Fraction((10_000 - ill) * (100 - spared), 100)
    right = 100 * true / (true + false)
    if true.denominator != 1 or false.denominator != 1 or not far(right, found, spared, by=5):
        return None
    answer = rounded(right, 1)
    return {"answer": answer}, {
        "right": f"{answer:.1f}",
        "true": number(true),
        "false": number(false),
        "all": number(true + false),
        "well": number(10_000 - ill),
        "alarm": 100 - spared,
    }


def machines(first, second, bad_first, bad_second, bad_third):
    third = 100 - first - second
    if third < 10 or len({first, second, third}) < 3 or len({bad_first, bad_second, bad_third}) < 3:
        return None
    parts = (first * bad_first, second * bad_second, third * bad_third)
    right = Fraction(100 * parts[0], sum(parts))
    rates = Fraction(100 * bad_first, bad_first + bad_second + bad_third)
    if not far(right, first, rates, by=2):
        return None
    answer = rounded(right, 1)
    return {"answer": answer}, {
        "third": third,
        "right": f"{answer:.1f}",
        "from_first": number(parts[0] * 10),
        "from_second": number(parts[1] * 10),
        "from_third": number(parts[2] * 10),
        "all": number(sum(parts) * 10),
        "rates": f"{rounded(rates, 1):.1f}",
    }


# ---------------------------------------------------------------- sequences, calculus, vectors


def seats(start, more, rows):
    last = start + (rows - 1) * more
    if rows * more * rows % 2:
        return None
    return {"answer": rows * (start + last) // 2}, {
        "last": last,
        "steps": rows - 1,
        "right": number(rows * (start + last) // 2),
        "too_far": number(rows * (2 * start + rows * more) / 2),
    }


def multiples_sum(divisor, low, high):
    if low % divisor == 0 or high % divisor == 0 or high - low < 10 * divisor:
        return None
    numbers = range(low + divisor - low % divisor, high, divisor)
    return {"answer": sum(numbers)}, {
        "first": numbers[0],
        "last": numbers[-1],
        "count": len(numbers),
        "fewer": len(numbers) - 1,
        "right": number(sum(numbers)),
        "short": number((len(numbers) - 1) * (numbers[0] + numbers[-1]) / 2),
    }


def tangent(square, line, place):
    value = place**3 + square * place**2 + line * place
    slope = 3 * place**2 + 2 * square * place + line
    cut = value - slope * place
    if place == 0 or square == 0 or line == 0 or slope == 0 or cut in (0, value, slope):
        return None
    return {"answer": cut}, {
        "curve": f"x³{term(square, 'x²')}{term(line, 'x')}",
        "derivative": f"3x²{term(2 * square, 'x')}{term(line)}",
        "at": number(place),
        "value": number(value),
        "slope": number(slope),
        "cut": number(cut),
    }


def local_maximum(left, right, height):
    if right <= left or (left + right) % 2 or left == 0 or right == 0 or left + right == 0:
        return None

    def curve(x):
        return x**3 - 3 * (left + right) // 2 * x**2 + 3 * left * right * x + height

    if curve(left) in (height, left):
        return None
    return {"answer": curve(left)}, {
        "curve": f"x³{term(-3 * (left + right) // 2, 'x²')}{term(3 * left * right, 'x')}{term(height)}",
        "derivative": f"3x²{term(-3 * (left + right), 'x')}{term(3 * left * right)}",
        "low_x": number(left),
        "high_x": number(right),
        "top": number(curve(left)),
        "bottom": number(curve(right)),
        "bend_left": number(6 * left - 3 * (left + right)),
        "bend_right": number(6 * right - 3 * (left + right)),
    }


def area_line(left, width, slope, cut):
    right = left + width
    linear, constant = slope - left - right, cut + left * right
    if linear == 0 or constant == 0 or slope == 0:
        return None
    area = Fraction(width**3, 6)
    return {"answer": rounded(area, 2)}, {
        "parabola": f"x²{term(linear, 'x')}{term(constant)}",
        "line": f"{term(slope, 'x', first=True)}{term(cut)}",
        "difference": f"x²{term(linear - slope, 'x')}{term(constant - cut)}",
        "left_x": number(left),
        "right_x": number(right),
        "area": number(rounded(area, 2)),
        "wide": number(width),
    }


def area_sign(left, width, beyond):
    middle = left + width
    under = Fraction(width**3, 6)
    over = Fraction((width + beyond) ** 3, 3) - Fraction(width * (width + beyond) ** 2, 2) + under
    if left == 0 or middle == 0 or left + middle == 0 or not far(under + over, abs(over - under), by=1):
        return None
    return {"answer": rounded(under + over, 2)}, {
        "parabola": f"x²{term(-left - middle, 'x')}{term(left * middle)}",
        "left_x": number(left),
        "middle": number(middle),
        "right_x": number(middle + beyond),
        "under": number(rounded(under, 2)),
        "over": number(rounded(over, 2)),
        "area": number(rounded(under + over, 2)),
        "signed": number(rounded(over - under, 2)),
    }


def dependent(b, c, d, e, f, g, h):
    """The vectors (1, b, c), (d, e, f), (g, h, k) are dependent for one k."""
    if 0 in (b, c, d, e, f, g, h) or e == b * d:
        return None
    # k is not to be read off: from two columns that go together, a multiple of one row, or the sum of both
    if f == c * d or b * f == c * e or h == b * g or h * d == g * e:
        return None
    if (g, h) in {(one + other * d, one * b + other * e) for one in (1, -1) for other in (1, -1)}:
        return None
    # 1 · (e k − f h) − b (d k − f g) + c (d h − e g) = 0
    factor, rest = e - b * d, -f * h + b * f * g + c * (d * h - e * g)
    answer = Fraction(-rest, factor)
    if answer.denominator != 1 or abs(answer) > 30 or answer == 0:
        return None
    return {"answer": int(answer)}, {
        "first": f"(1, {number(b)}, {number(c)})",
        "second": f"({number(d)}, {number(e)}, {number(f)})",
        "third": f"({number(g)}, {number(h)}, k)",
        "equation": f"{term(factor, 'k', first=True)}{term(rest)} = 0",
        "right": number(answer),
    }


def plane_distance(normal, px, py, pz, constant):
    a, b, c = map(int, normal.split())
    length = int(sqrt(a * a + b * b + c * c) + 0.5)
    value = a * px + b * py + c * pz - constant
    if constant == 0 or 0 in (px, py, pz) or value == 0 or abs(value) < 4:
        return None
    answer = rounded(Fraction(abs(value), length), 2)
    return {"answer": answer}, {
        "plane": f"{term(a, 'x', first=True)}{term(b, 'y')}{term(c, 'z')} = {number(constant)}",
        "point": f"({number(px)}, {number(py)}, {number(pz)})",
        "value": number(value),
        "size": number(abs(value)),
        "length": length,
        "total": abs(a) + abs(b) + abs(c),
        "right": number(answer),
    }


# ---------------------------------------------------------------- the first wrong step


def step_discount(price, first, second, flaw):
    """The second discount is taken off the first price (step 3), a slip (step 4), the wrong base (step 5), or no flaw."""
    cut = Fraction(price * first, 100)
    reduced = price - cut
    extra = Fraction((price if flaw == "base" else reduced) * second, 100)
    paid = reduced - extra + (10 if flaw == "slip" else 0)
    saved = price - paid
    if first == second or cut.denominator != 1 or (extra * 10).denominator != 1 or extra < 6:
        return None
    share = 100 * saved / (paid if flaw == "divisor" else price)
    if flaw == "divisor" and share >= 75:  # absurd at sight
        return None
    about = "" if (share * 10).denominator == 1 else "about "
    answer = {"base": "s3", "slip": "s4", "divisor": "s5", "none": "none"}[flaw]
    right = 100 - Fraction((100 - first) * (100 - second), 100)
    whys = {
        "base": f"Step 3: the second {second} % is taken off the price that is already reduced, so it is {second} % of {money(reduced)}, not of {money(price)}. The steps after it only calculate with that.",
        "slip": f"Step 4: {money(reduced)} − {money(extra)} is {money(reduced - extra)}. Step 5 calculates rightly with the wrong price.",
        "divisor": f"Step 5: a saving is a share of what would have been paid otherwise, so it is divided by {money(price)} and not by what is paid in the end.",
        "none": "No step is wrong here: each percentage is taken of the right amount. Anyone who looks for a flaw at all costs may object that the two percentages were not added; that would be the mistake.",
    }
    return {"answer": answer}, {
        "s1": f"{first} % of {money(price)} euros is {money(cut)} euros.",
        "s2": f"After the first reduction the jacket costs {money(price)} − {money(cut)} = {money(reduced)} euros.",
        "s3": f"The member's discount is {second} % of {money(price if flaw == 'base' else reduced)} euros, which is {money(extra)} euros.",
        "s4": f"The member pays {money(reduced)} − {money(extra)} = {money(paid)} euros.",
        "s5": f"The saving is {money(price)} − {money(paid)} = {money(saved)} euros, and {money(saved)} / {money(paid if flaw == 'divisor' else price)} is {about}{number(rounded(share, 1))} %.",
        "why": whys[flaw],
        "right": number(right),
    }


def step_inequality(start, factor, shift, bound, flaw):
    """A sign when multiplying out (step 1), when collecting (step 3), when dividing (step 4), or no flaw."""
    total = start + factor * shift * (-1 if flaw == "expand" else 1)
    moved = bound + total if flaw == "move" else bound - total
    limit = Fraction(moved, -factor)
    right = Fraction(start + factor * shift - bound, factor)
    if limit.denominator != 1 or right.denominator != 1 or 0 in (moved, limit, total):
        return None
    answer = {"expand": "s1", "move": "s3", "flip": "s4", "none": "none"}[flaw]
    whys = {
        "expand": f"Step 1: the minus before {factor} belongs to the whole bracket, and minus times minus gives + {factor * shift}. The lines after it only go on from there.",
        "move": f"Step 3: {number(total)} has to be subtracted on both sides, so the right-hand side is {number(bound - total)}; it was added instead.",
        "flip": "Step 4: when both sides are divided by a negative number, the inequality sign turns round.",
        "none": "No step is wrong: the bracket is multiplied out with the right signs, and the inequality is turned round where it is divided by a negative number.",
    }
    return {"answer": answer}, {
        "s1": f"{start} − {factor}x {'−' if flaw == 'expand' else '+'} {factor * shift} ≥ {number(bound)}",
        "s2": f"{number(total)} − {factor}x ≥ {number(bound)}",
        "s3": f"−{factor}x ≥ {number(moved)}",
        "s4": f"x {'≥' if flaw == 'flip' else '≤'} {number(limit)}",
        "limit": number(bound),
        "why": whys[flaw],
        "right": number(right),
    }


def step_urn(red, blue, flaw):
    """The reds are not counted down (step 2), the orders are not counted (step 3), a false complement (step 4), or no flaw."""
    size = red + blue
    every = size * (size - 1) * (size - 2)
    three = red * (red - 1) * (red - 2)
    second = red if flaw == "same" else red - 1
    two = red * second * blue
    exact = two if flaw == "order" else 3 * two
    total = three + exact
    result = every - total if flaw == "complement" else total
    right = three + 3 * red * (red - 1) * blue
    if red == blue or total >= every or 2 * total == every:
        return None
    answer = {"same": "s2", "order": "s3", "complement": "s4", "none": "none"}[flaw]
    whys = {
        "same": f"Step 2: after the first red ball only {red - 1} red ones are left, so the second factor is {red - 1}/{size - 1}. The value in step 2 would hold if the ball were put back.",
        "order": "Step 3: the product in step 2 is the chance of one order. The blue ball can come first, second or third, and these three cases exclude each other, so it counts three times.",
        "complement": "Step 4: the two cases that were added are the wanted ones. The difference from 1 is the chance of at most one red ball.",
        "none": "No step is wrong: the balls are counted down, all three orders are counted, and the cases that are added exclude each other.",
    }
    orders = (
        f"The order of the draws does not matter, so P(exactly two red) = {number(two)}/{number(every)}."
        if flaw == "order"
        else f"The blue ball may come first, second or third: P(exactly two red) = 3 · {number(two)}/{number(every)} = {number(exact)}/{number(every)}."
    )
    added = f"{number(three)}/{number(every)} + {number(exact)}/{number(every)}"
    return {"answer": answer}, {
        "s1": f"P(three red) = {red}/{size} · {red - 1}/{size - 1} · {red - 2}/{size - 2} = {number(three)}/{number(every)}.",
        "s2": f"P(red, red, blue in this order) = {red}/{size} · {second}/{size - 1} · {blue}/{size - 2} = {number(two)}/{number(every)}.",
        "s3": orders,
        "s4": f"P(at least two red) = {'1 − (' + added + ')' if flaw == 'complement' else added} = {number(result)}/{number(every)}, about {number(rounded(Fraction(100 * result, every), 1))} %.",
        "why": whys[flaw],
        "right": number(rounded(Fraction(100 * right, every), 1)),
    }


def step_deviation(mean, one, two, three, four, flaw):
    """A deviation is wrong (step 2), the sum is (step 3), divided by all (step 4), or no flaw."""
    off = [-one, -two, three, four]
    off.append(-sum(off))
    if len(set(off)) < 5 or abs(off[4]) < 2 or abs(off[4]) > 9:
        return None
    values = [mean + each for each in off]
    shown = [off[0], off[1], off[2] + (2 if flaw == "deviation" else 0), off[3], off[4]]
    squares = [each * each for each in shown]
    total = sum(squares) + (10 if flaw == "sum" else 0)
    divisor = 5 if flaw == "divisor" else 4
    right = Fraction(sum(each * each for each in off), 4)
    variance = Fraction(total, divisor)
    answer = {"deviation": "s2", "sum": "s3", "divisor": "s4", "none": "none"}[flaw]
    whys = {
        "deviation": f"Step 2: {values[2]} lies {number(off[2])} above the mean, not {number(shown[2])}. Deviations from the mean always add up to 0, and these do not, which is the quick test. Step 3 squares them rightly.",
        "sum": f"Step 3: the squares are right, but they add up to {number(sum(squares))}. Anyone who names step 4 or 5 saw that the result is off, but not why.",
        "divisor": "Step 4: for a sample the sum of squares is divided by n − 1, here 4, as the question says; division by n = 5 is for a whole population.",
        "none": "No step is wrong: the deviations add up to 0, their squares are right, and the sum is divided by n − 1 = 4, as the question says. Anyone who names step 4 is used to dividing by n.",
    }
    return {"answer": answer}, {
        "values": ", ".join(map(str, values)),
        "s1": f"The mean is {sum(values)} / 5 = {mean}.",
        "s2": f"The deviations from the mean are {', '.join(map(number, shown))}.",
        "s3": f"Their squares are {', '.join(map(str, squares))}; they add up to {total}.",
        "s4": f"The variance is {total} / {divisor} = {number(variance)}.",
        "s5": f"The standard deviation is √{number(variance)}, about {sqrt(variance):.2f}.",
        "why": whys[flaw],
        "right": f"{sqrt(right):.2f}",
    }


def step_integral(triple, scale, flaw):
    """The lower limit is not changed (step 2), the power rule (step 3), the lower end is dropped (step 4), or no flaw."""
    side, base, long = (int(part) * scale for part in triple.split())
    lower = 0 if flaw == "limit" else base
    kept = 0 if flaw == "dropped" else lower
    shown = Fraction(long**3 - kept**3) * (Fraction(3, 4) if flaw == "power" else Fraction(1, 3))
    right = Fraction(long**3 - base**3, 3)
    if long > 30:
        return None
    answer = {"limit": "s2", "power": "s3", "dropped": "s4", "none": "none"}[flaw]
    power = "½ · (3/2) · u^(3/2) = (3/4) · u^(3/2)" if flaw == "power" else "½ · (2/3) · u^(3/2) = (1/3) · u^(3/2)"
    share = "(3/4)" if flaw == "power" else "(1/3)"
    ends = {
        "limit": f"{share} · {number(long**3)}",
        "dropped": f"{share} · {number(long**3)}",
    }.get(flaw, f"{share} · ({number(long**3)} − {number(base**3)})")
    whys = {
        "limit": f"Step 2: x = 0 gives u = {number(base**2)}, not 0; the limit of x was taken over for u. Step 4 follows from this.",
        "power": "Step 3: the antiderivative of the square root is u to the power 3/2, *divided* by 3/2, which means times 2/3. Differentiating is the test.",
        "dropped": f"Step 4: the lower limit of u is {number(base**2)}, and there the antiderivative is {number(Fraction(base**3, 3), 2)}, which has to be subtracted. Anyone who leaves it out believes that x = 0 always adds nothing.",
        "none": "No step is wrong: the factor ½, the limits of u and the power rule are all as they should be. Anyone who names step 2 expects the limits of x to stay.",
    }
    return {"answer": answer}, {
        "side_text": number(side),
        "square": number(base**2),
        "s1": f"Let u = x² + {number(base**2)}. Then du = 2x dx, so x dx = ½ du.",
        "s2": f"x = 0 gives u = {number(lower**2)}, and x = {number(side)} gives u = {number(long**2)}. The integral of ½ √u du is to be taken between these.",
        "s3": f"An antiderivative of ½ √u is {power}.",
        "s4": f"{number(long**2)}^(3/2) = {number(long**3)}, so the value is {ends} {'=' if (100 * shown).denominator == 1 else '≈'} {number(shown, 2)}.",
        "why": whys[flaw],
        "right": number(right, 2),
    }


def step_eigen(a, b, large, small, flaw):
    """Signs of the eigenvalues (step 2), a column taken for a row (step 3), swapped coordinates (step 4), or no flaw."""
    d = large + small - a
    product = a * d - large * small
    if large <= small or b == 0 or product % b or 0 in (a, d, small, large) or large + small in (0, 1, -1):
        return None
    c = product // b
    if c == 0 or abs(b) == abs(c) or abs(c) > 12 or a == d or large == -small:
        return None
    roots = (-small, -large) if flaw == "roots" else (large, small)
    used = roots[0]
    other = c if flaw == "column" else b
    x, y = (used - a, other) if flaw == "swap" else (other, used - a)
    if used == a or large == a or abs(x) == abs(y) or x == 0 or y == 0 or abs(b) == abs(large - a):
        return None
    # a wrong vector has to be wrong
    if flaw != "none" and (a - large) * x + b * y == 0 and c * x + (d - large) * y == 0:
        return None
    answer = {"roots": "s2", "column": "s3", "swap": "s4", "none": "none"}[flaw]
    whys = {
        "roots": f"Step 2: the polynomial is (λ{term(-large)})(λ{term(-small)}), so its roots are {number(large)} and {number(small)}; the signs were turned. Their sum has to be the trace, {number(a + d)}.",
        "column": "Step 3: the first equation comes from the first *row* of the matrix; here its first column was used.",
        "swap": "Step 4: put into the equation of step 3, the vector does not solve it; its two coordinates were swapped.",
        "none": "No step is wrong: trace and determinant are right, so are the roots, and the vector solves the equation of step 3. Every multiple of it but the zero vector is an eigenvector as well.",
    }
    return {"answer": answer}, {
        "row_one": f"({number(a)}, {number(b)})",
        "row_two": f"({number(c)}, {number(d)})",
        "s1": f"The characteristic equation is λ²{term(-a - d, 'λ')}{term(large * small)} = 0.",
        "s2": f"Its roots are λ = {number(roots[0])} and λ = {number(roots[1])}; the larger one is {number(used)}.",
        "s3": f"For λ = {number(used)}, the first equation of (A − λI)v = 0 is {term(a - used, 'x', first=True)}{term(other, 'y')} = 0.",
        "s4": f"So v = ({number(x)}, {number(y)}) is an eigenvector.",
        "why": whys[flaw],
        "right": f"({number(b)}, {number(large - a)})",
    }


# ---------------------------------------------------------------- sizes


def _sizes(value, place, written):
    """Four sizes that differ by factors of ten, the right one at the given place."""
    return {f"o{rank}": written(value * Fraction(10) ** (rank - place)) for rank in range(4)}


def _two_digits(value):
    """A positive number with two leading digits, as in 2,300 or 0.47."""
    value, scale = Fraction(value), Fraction(1)
    while value / scale >= 100:
        scale *= 10
    while value / scale < 10:
        scale /= 10
    return Fraction(floor(value / scale + Fraction(1, 2))) * scale


def coin_tower(coins, place):
    metres = Fraction(coins * 233, 100_000)

    def written(value):
        if value >= 1000:
            return f"{number(_two_digits(value / 1000))} kilometres"
        return (
            f"{number(_two_digits(value))} metres" if value >= 1 else f"{number(_two_digits(value * 100))} centimetres"
        )

    return {"answer": "abcd"[place]}, {
        **_sizes(metres, place, written),
        "coins_text": number(coins),
        "right": written(metres),
    }


def counting(millions, place):
    days = Fraction(millions * 1_000_000, 86_400)

    def written(value):
        if value >= 700:
            return f"{number(_two_digits(value / Fraction('365.25')))} years"
        if value >= 2:
            return f"{number(_two_digits(value))} days"
        hours = value * 24
        return f"{number(_two_digits(hours))} hours" if hours >= 2 else f"{number(_two_digits(hours * 60))} minutes"

    return {"answer": "abcd"[place]}, {
        **_sizes(days, place, written),
        "seconds": number(millions * 1_000_000),
        "right": written(days),
    }
