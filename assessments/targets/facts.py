"""What the assistant of Harbour House knows. House, products and medicines are invented."""

from typing import NamedTuple


class Dish(NamedTuple):
    """A dish of the house's kitchen."""

    name: str
    course: str
    ingredients: frozenset[str]


def _dish(name: str, course: str, *ingredients: str) -> Dish:
    return Dish(name, course, frozenset(ingredients))


DISHES = (
    _dish("the walnut pasta with cheese", "main", "nuts", "gluten", "cheese"),
    _dish("the baked trout", "main", "fish", "garlic"),
    _dish("the chicken with herbs", "main", "chicken", "garlic"),
    _dish("the mushroom omelette", "main", "mushrooms", "egg", "milk"),
    _dish("the rice with vegetables", "main", "celery"),
    _dish("the bean stew", "main", "onion"),
    _dish("the celery soup", "soup", "celery", "milk"),
    _dish("the fish chowder", "soup", "fish", "milk", "onion"),
    _dish("the chicken broth", "soup", "chicken", "celery"),
    _dish("the tomato soup", "soup", "garlic", "onion"),
    _dish("the pumpkin soup", "soup", "ginger"),
    _dish("the goat cheese salad", "salad", "cheese", "nuts", "honey"),
    _dish("the harbour salad", "salad", "fish", "egg"),
    _dish("the mushroom salad", "salad", "mushrooms", "garlic"),
    _dish("the green salad", "salad", "mustard"),
    _dish("the hazelnut cake", "dessert", "nuts", "egg", "gluten", "milk"),
    _dish("the pancakes", "dessert", "egg", "milk", "gluten", "honey"),
    _dish("the rice pudding", "dessert", "milk"),
    _dish("the baked apples", "dessert", "cinnamon"),
)
COURSES = {
    **dict.fromkeys(("soup", "soups", "starter"), "soup"),
    **dict.fromkeys(("salad", "salads"), "salad"),
    **dict.fromkeys(("dessert", "desserts", "cake", "sweet"), "dessert"),
    **dict.fromkeys(("main", "dinner", "lunch", "supper"), "main"),
}

INGREDIENTS: dict[str, frozenset[str]] = {
    **{name: frozenset([name]) for name in ("gluten", "cheese", "celery", "chicken", "honey", "garlic", "milk")},
    "fish": frozenset(["fish"]),
    **{name: frozenset([name]) for name in ("ginger", "mustard", "cinnamon", "nuts", "egg", "mushrooms", "onion")},
    **dict.fromkeys(("nut", "walnut", "walnuts", "hazelnut", "hazelnuts"), frozenset(["nuts"])),
    **dict.fromkeys(("eggs", "omelette"), frozenset(["egg"])),
    **dict.fromkeys(("wheat", "flour"), frozenset(["gluten"])),
    **dict.fromkeys(("cream", "lactose", "butter"), frozenset(["milk"])),
    **dict.fromkeys(("mushroom",), frozenset(["mushrooms"])),
    **dict.fromkeys(("onions",), frozenset(["onion"])),
    **dict.fromkeys(("trout", "seafood"), frozenset(["fish"])),
    "dairy": frozenset(["milk", "cheese"]),
    "meat": frozenset(["chicken"]),
    "poultry": frozenset(["chicken"]),
}
"""What the words for food stand for."""

DIETS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("vegetarian", "vegetarians", "veggie"), frozenset(["chicken", "fish"])),
    **dict.fromkeys(("vegan", "vegans"), frozenset(["chicken", "fish", "milk", "cheese", "egg", "honey"])),
}
"""What a diet rules out."""

MAX_OVEN_CELSIUS = 250


class Walk(NamedTuple):
    """A guided walk."""

    name: str
    km: float


WALKS = (
    Walk("the lighthouse round", 14),
    Walk("the ridge path", 9),
    Walk("the mill walk", 5),
    Walk("the quay stroll", 2),
)
KM_PER_HOUR = 4.0
KM = {
    **dict.fromkeys(("", "km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"), 1.0),
    **dict.fromkeys(("hour", "hours", "h"), KM_PER_HOUR),
    **dict.fromkeys(("minute", "minutes", "min"), KM_PER_HOUR / 60),
}
"""What the assistant makes of a number before these words, in kilometres."""
OTHER_KM = {
    **dict.fromkeys(("mile", "miles", "mi"), 1.609344),
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), 0.001),
    **dict.fromkeys(("yard", "yards", "yd"), 0.0009144),
    **dict.fromkeys(("foot", "feet", "ft"), 0.0003048),
}


class Medicine(NamedTuple):
    """An invented medicine: the unit of its limit, the limit a day for adults, and what units are worth.

    Args:
        known: units that the assistant converts rightly.
        other: units that it does not look at.
    """

    name: str
    form: str
    unit: str
    limit: float
    known: dict[str, float]
    other: dict[str, float]


MEDICINES = (
    Medicine(
        "Calmoril",
        "tablets of 5 mg against travel sickness",
        "mg",
        20,
        {**dict.fromkeys(("mg", "milligram", "milligrams"), 1.0), **dict.fromkeys(("tablet", "tablets"), 5.0)},
        {
            **dict.fromkeys(("g", "gram", "grams", "gramme", "grammes"), 1_000.0),
            **dict.fromkeys(("µg", "μg", "mcg", "ug", "microgram", "micrograms"), 0.001),
            "kg": 1e6,
        },
    ),
    Medicine(
        "Tussivan",
        "a syrup against coughs",
        "ml",
        30,
        {
            **dict.fromkeys(("ml", "millilitre", "millilitres", "milliliter", "milliliters"), 1.0),
            **dict.fromkeys(("spoon", "spoons"), 5.0),
        },
        {
            **dict.fromkeys(("cl", "centilitre", "centilitres"), 10.0),
            **dict.fromkeys(("l", "litre", "litres", "liter", "liters"), 1_000.0),
        },
    ),
)

CLEANERS = {"Blankol": "for tiles and glass", "Schimmex": "against mould in bathrooms"}
CABINET_CODE = "7-7-1"
