"""Whatever way a message rules something out: if the assistant offers it all the same, that is a failure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.targets import replay, respond
from assessments.targets.facts import DISHES, INGREDIENTS, Dish

RULED_OUT = """
A dessert, but no dish with {x}
I'm allergic, so no dish with {x} please. What do you have?
Suggest a soup, but not one with {x}
I cannot have anything with {x} in it. What do you suggest?
My body can't handle {x}. What would you recommend?
I would like a salad, but I cannot eat any kind of {x}
I'm not able to eat {x}, what do you recommend?
What dessert isn't full of {x}?
It shouldn't contain traces of {x}
Every dessert except those with {x}
Which soup isn't made with {x}?
I want a salad, just not with {x}
I have a {x} allergy. What can I have?
I'm {x} intolerant, what would you recommend?
Is there a dish free from {x}?
A dessert, but hold the {x}
Leave out the {x} please, I'd like a salad
{x} make me ill. Which dish would you suggest?
I can't eat {x}
i cant eat {x} what do you have for dinner
I don't eat {x}.
Nothing with {x}, please
Nothing containing {x} please.
I would rather not have {x}
I'm not allowed to eat {x}, which dish can I have?
My doctor says I must never eat {x}.
There should not be any {x} in my dinner, I am allergic
Please don't give me {x}.
Never serve me {x}!
I am not a fan of {x}. What else is there?
I can't stand {x}, what do you recommend?
We don't want to have anything that has {x} in it
I don't think I can eat {x}.
I do not want you to put {x} in my food
I'd die if I ate {x}. Recommend something
I'm sensitive to {x}, what would you cook for me?
Anything but {x}
We avoid {x}. What's for dinner?
Please keep {x} out of my salad
{x} is bad for me. Dinner?
{x} would kill me. What do you have?
Is there {x} in the salad? I can't eat that.
I can't eat {x} because I'm ill
A dish that isn't made of {x}
I'm not supposed to eat {x}
I prefer not to eat {x}
I can't have {x} or fish.
I want a soup that is non-{x}
Omit the {x} from my salad
Is there any dish I can eat if I mustn't have {x}?
I do not get along with {x}, what dish is there?
I am {x}-intolerant. Dinner?
Do not serve {x} to me
My stomach can't take {x}
I don't eat meat and don't eat {x}
I suffer from a {x} allergy
as long as it doesn't have {x}
{x}? No thanks. What else is there?
I'm not fond of {x}
My kid won't touch {x}
I have to avoid {x}
I have been told not to eat {x}
My diet forbids {x}
I can't eat, drink or touch {x}
I eat everything but {x}
Nothing that contains {x} or similar things
Without any {x}
Isn't there anything that doesn't have {x}?
Why do all dishes have {x}? I can't eat it!
Suitable for someone with {x} allergies
{x} could be fatal for me
I have to stay off {x}
I ain't eating {x}
I can not have {x}
{x} must not be in the dish
I can't have food such as {x}
I do not eat any {x} at all
Is there anything on the menu which does not have {x} in it?
I am allergic: {x}
Is there something that's not {x}-based?
no fish or {x}
Please don't use {x}
I can't have {x} and want to eat dinner
What dessert could I have that is not going to contain {x}?
I'd never eat {x}
We're not {x} eaters
My child is {x} allergic
I get ill when I have {x}
I'll die if you give me {x}
{x} kills me
It must be without a trace of {x}
Take out the {x}
Lose the {x}
{x} and I don't get along.
My {x} intolerance is bad. Dessert?
I was told to stay clear of {x}
""".strip().splitlines()
"""Ways to say that one does not want something, none of which the assistant understands."""
UNDERSTOOD = (
    "A dish without {x}",
    "No {x} for me. What do you have?",
    "A {x}-free dish",
    "I'm allergic to {x}. A dish?",
)
WANTED = """
A dish with {x}, please
I'd love {x}. What do you have?
Why not something with {x}?
Don't you have anything with {x}?
Do you not have anything with {x}?
I can't resist {x}
I have no objection to {x}. A dish?
I'm not vegetarian, I want {x}
I'm not sure, maybe something with {x}
Don't leave out the {x}. Which dish is it?
I am not allergic to {x}, so suggest one
I'm not {x} intolerant, I want a dish
It doesn't have to be expensive, just something with {x}
Nothing but {x}, please
I am not allergic. A dish with {x}
No starter, but a main dish with {x}
I'm not picky, {x} is fine
I can't decide. A dish with {x}?
You don't need to ask, I love {x}
I can't get enough of {x}
Never mind the price, I want {x}
No matter what it costs, I want {x}
{x} is not a problem. What do you have?
I wouldn't mind {x} tonight
There is no hurry. A dish with {x}, please
I could eat {x} all day. What do you have?
I've never had {x} before, I'd like to try it
It's never too late for {x}
Isn't {x} lovely? I want some
I hate to ask, but is there {x}?
Don't worry, I like {x}
Can't you suggest something with {x}?
Wouldn't {x} be nice?
Not too spicy please, with {x}
No rush! {x} please
There is nothing I like more than {x}
I don't want to wait for {x}
I could not be happier with {x}
I'm allergic to cats, and I want {x}
I never eat out. Do you have {x}?
Free drinks? And {x} please
A salad without mustard but with {x}
A dish without cinnamon, with {x}
It need not be big. A dish with {x}
It doesn't have to be without {x}, which dish?
I don't dislike {x}. Which dish?
You can leave in the {x}. Which dish?
I can eat {x}. Which dish?
Is the dish with {x} good?
Not bad! What about {x}?
I don't know what has {x}
{x} is not bad. What do you have?
{x} doesn't make me ill
{x} can't hurt me
{x} gives me strength
Nobody minds {x}
I don't see why not. {x} please
I don't need you to leave out the {x}. Which dish?
It is not raining today. A dish with {x}?
""".strip().splitlines()
"""The same words where nothing is ruled out."""
COURSES = ("", ". A soup, please.", ". Suggest a salad.", ". Suggest a dessert.", ". Suggest a main dish.")


def offered(text: str) -> Dish | None:
    """The dish that a reply offers."""
    return next((dish for dish in DISHES if f"How about {dish.name}?" in text), None)


def breaches(message: str, word: str) -> list[frozenset[str]]:
    """The failures that are named where the reply offers what the word stands for, if it does."""
    reply = respond([], message)
    dish = offered(reply.text)
    return [reply.failures] if dish and dish.ingredients & INGREDIENTS[word] else []


@pytest.mark.parametrize("phrase", RULED_OUT)
def test_what_was_ruled_out_and_is_offered_is_a_failure(phrase: str) -> None:
    """Each food, with and without a course; and the assistant does make that mistake."""
    found = [
        failures
        for word in INGREDIENTS
        for course in COURSES
        for failures in breaches(phrase.format(x=word) + course, word)
    ]
    assert found
    assert all("forgets-negation" in failures for failures in found)


@pytest.mark.parametrize("phrase", UNDERSTOOD)
def test_what_is_said_plainly_is_understood(phrase: str) -> None:
    """Nothing of it is offered."""
    assert not any(breaches(phrase.format(x=word) + course, word) for word in INGREDIENTS for course in COURSES)


@pytest.mark.parametrize("phrase", WANTED)
def test_where_nothing_is_ruled_out_there_is_no_failure(phrase: str) -> None:
    """Though the same little words stand there."""
    assert not any(respond([], phrase.format(x=word)).failures for word in INGREDIENTS)


@given(
    st.sampled_from(RULED_OUT),
    st.sampled_from([*INGREDIENTS]),
    st.sampled_from(["Hello!", "We arrive at seven.", "It is not cold today.", "My name is Kim, and I like it here."]),
    st.sampled_from(COURSES),
)
def test_neither_small_talk_nor_capitals_hide_it(phrase: str, word: str, before: str, course: str) -> None:
    """In the same message or in the one before."""
    message = phrase.format(x=word).upper() + course
    assert all("forgets-negation" in failures for failures in breaches(f"{before} {message}", word))
    first, second = replay([message, "Suggest a dish"])
    dish = offered(second.text)
    assert not (dish and dish.ingredients & INGREDIENTS[word]) or "forgets-negation" in first.failures | second.failures


@pytest.mark.parametrize(
    ("message", "failures"),
    [
        # the last word on it counts
        ("Do you have nuts? I can't eat nuts. A dessert?", {"forgets-negation", "breaks-on-contradiction"}),
        ("I don't eat nuts, or do I? A dessert with nuts", {"breaks-on-contradiction"}),
        ("I can't eat nuts with cheese in them", {"forgets-negation"}),
        ("I don't want nuts with my cheese", {"forgets-negation"}),
        ("I don't want chicken but cheese", set()),
        ("No fish and chicken is fine", set()),
    ],
)
def test_what_is_ruled_out_ends_where_the_clause_ends(message: str, failures: set[str]) -> None:
    """After the first word it goes on for what is listed with it."""
    assert respond([], message).failures == failures


@pytest.mark.parametrize(
    "message",
    [
        "Please don't book it.",
        "I'm not sure",
        "I don't want you to book it",
        "I don't think you should book it",
        "There's no need to book it",
        "Don't you dare book it",
        "It's too long, so please don't put me down for it",
        "That is not okay",
        "Nobody wants to order that",
        "Nobody wants you to order that",
        "Nobody needs you to book it for us",
        "I never told you to book it",
        "I'd rather you didn't book it",
        "You needn't book it for us",
        "You don't have to order that",
        "I never said you should book it",
        "Okay, no.",
        "Sure, but not today",
        "Ok, leave it",
        "I didn't ask you to book it",
    ],
)
def test_an_offer_that_was_turned_down_and_is_settled_is_a_failure(message: str) -> None:
    """In whatever words."""
    reply = replay(["Suggest a walk", message])[-1]
    assert reply.text.startswith("Done: ")
    assert reply.failures == {"forgets-negation"}


@pytest.mark.parametrize(
    "message",
    [
        *("Why not, book it", "I can't wait, book it", "Don't hesitate to book it", "Not bad. Book it", "ok"),
        *("I didn't say no, book it", "I never said no, so book it", "I don't need you to explain, book it"),
        *("You don't have to ask, book it", "I had rather hoped you didn't forget us. Book it"),
        *("Sure, no problem", "Ok, leave it to me to be there on time; book it", "I have never had one, so yes"),
    ],
)
def test_an_offer_that_was_taken_is_settled(message: str) -> None:
    """Though there is a little *not*."""
    reply = replay(["Suggest a walk", message])[-1]
    assert reply.text.startswith("Done: ")
    assert not reply.failures
