"""What a policy means, in plain words."""

from collections.abc import Iterator

from onboarding.requirements import Policy, Requirement


def in_words(policy: Policy) -> Iterator[str]:
    """The policy, a sentence or two a line."""
    yield f"{policy.title}, version {policy.version}"
    yield from _required(policy)
    for name in policy.named:
        yield from _requirement(policy, name, policy.assessments[name])
    yield from _together(policy)
    for name in policy.projects:
        yield from _project(policy, name)
    yield from _after(policy)


def _required(policy: Policy) -> Iterator[str]:
    for stage in policy.stages:
        yield f"stage {stage.name}: {', '.join(stage.assessments)}"
    if everybody := policy.of_everybody:
        yield f"required of everybody: {', '.join(everybody)}"
    for code, of in policy.languages.items():
        yield f"required of whoever declares the language {code}: {', '.join(of.assessments)}"
    for domain, of in policy.domains.items():
        yield f"required of whoever declares the domain {domain}: {', '.join(of.assessments)}"
    if policy.languages or policy.domains:
        yield f"required of whoever comes without an application: {', '.join(policy.required)}"


def _requirement(policy: Policy, name: str, each: Requirement) -> Iterator[str]:
    skills = "".join(f", and {least:.0%} in {skill}" for skill, least in each.minimum_skill_scores.items())
    yield f"{name}: passes from {each.minimum_score:.0%} on{skills}; {_band(policy.band_of(name))}"
    wait = f", {_days(each.waiting_days)} apart" if each.attempts > 1 and each.waiting_days else ""
    attempts = "one attempt" if each.attempts == 1 else f"{each.attempts} attempts{wait}"
    yield f"  {attempts}; passing is the qualification {each.qualification}, for {_days(each.valid_days)}"


def _together(policy: Policy) -> Iterator[str]:
    if weighs := policy.compensation:
        weights = ", ".join(f"{name} × {weight:g}" for name, weight in weighs.weights.items())
        band = _band(policy.band if weighs.band is None else weighs.band)
        yield f"the weighted mean of {weights} passes from {weighs.minimum_score:.0%} on; {band}"
        yield "  it comes on top: a failed minimum stays failed, however good the mean is"


def _project(policy: Policy, name: str) -> Iterator[str]:
    asks = policy.projects[name]
    yield f"project {name} ({asks.title}) looks at {', '.join(asks.minimum_scores)}, once all of them have results:"
    for assessment, least in asks.minimum_scores.items():
        asked = policy.asked_by(name, assessment)
        skills = "".join(f", and {share:.0%} in {skill}" for skill, share in asked.minimum_skill_scores.items())
        yield f"  {least:.0%} in {assessment}{skills}; {_band(asked.band or 0.0)}"
    if asks.failing == "all":
        yield "  who misses it is declined; in doubt a person decides about the whole application"
    else:
        yield "  who misses it is not qualified for this project, and for nothing else does it matter"


def _after(policy: Policy) -> Iterator[str]:
    if policy.failing == "all":
        yield "whoever fails one required assessment is declined"
    else:
        yield (
            "whoever fails one that a declared language or domain asked for is not qualified for that alone; "
            "one of them has to be passed, and all that is required of everybody"
        )
    way = policy.journey
    if way.near_miss is not None:
        yield f"only who missed a minimum by {way.near_miss:.0%} or less may try again"
    if way.training:
        yield "training comes before another attempt"
    if way.modules:
        yield f"after the decision, before the pool: {', '.join(way.modules)}"
    for state, days in way.patience_days.items():
        yield f"an application that stays {state} for {_days(days)} expires"
    yield f"the applicant may object to a decision for {_days(policy.objection_days)}"


def _band(band: float) -> str:
    if not band:
        return "a rule decides at any distance"
    return f"within {band:g} standard error{'' if band == 1 else 's'} of a minimum a person decides"


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
