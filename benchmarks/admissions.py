"""What the band is worth: simulated applicants of known ability go through the real commands, then errors are counted.

Run: .venv/bin/python benchmarks/admissions.py [--applicants N] [--seed N]. Everybody takes what the starter policy
requires for what they declare, and answers from their ability: a Rasch model, see onboarding/demo/answering.py.

The truth: a true score is the share of the points that somebody of this ability earns on average, over all items that
may be drawn and all ways of answering, and once somebody has read rightly what waits for a person. Truly qualified is
whom the same policy admits on true scores, every minimum for a skill included.

Decided is under the policy as it ships and with other bands, each in a copy of the workspace. As points that wait
for a person send people to review whatever the band, the same answers are decided about a second time, by the policy
without the assessments that have such questions.
"""

import argparse
import math
import platform
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, stdev

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.ability import Applicant, Place, is_qualified, people, places
from benchmarks.bands import changed
from benchmarks.errors import Errors, counted, rows
from benchmarks.taking import CORES, apply, hand_in, run, take_all
from grader.sandbox import Sandbox
from grader.store import Store
from grader.workspace import Workspace, find_workspace
from onboarding import records
from onboarding.policy import POLICY_FILE, read_policy
from onboarding.requirements import Policy

PEOPLES_FILES = ("intake", "bundles", "inbox", "submitted", "autograded", "applicants")


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print what something took by the clock, and what processors worked: the machine may have been busy otherwise."""
    started, before = time.monotonic(), worked()
    yield
    print(f"  {what}: {time.monotonic() - started:.0f} s, {worked() - before:.0f} s of work", flush=True)


def worked() -> float:
    """Processor seconds of this process and of all that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def decided(root: Path, text: str, everybody: Sequence[Applicant], tests: Mapping[str, Sequence[Place]]) -> Errors:
    """What `talentpool decide` says by this policy, in a copy of the workspace, held against the truth."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(*PEOPLES_FILES))
        (copy / POLICY_FILE).write_text(text, encoding="utf-8")
        run("decide", "--workspace", copy)
        store = Store(find_workspace(copy).database_url)
        verdicts = {decision.applicant_id: decision.verdict for decision in records.history(store)}
        store.close()
        policy = read_policy(copy)
    qualified = {someone.id: is_qualified(policy, someone, tests) for someone in everybody}
    return counted(policy.band, verdicts, qualified)


def measured(workspace: Workspace, policy: Policy) -> dict[str, list[Place]]:
    """What each item of what the policy names earns on average."""
    with Sandbox(workspace.engine) as sandbox:
        return {name: places(workspace.bank(name), sandbox) for name in policy.named}


def luck(root: Path, everybody: Sequence[Applicant], tests: Mapping[str, Sequence[Place]]) -> str:
    """What was earned less what was to be expected, on average over all answers of which nothing waits for a person.

    Far from 0, the truth that the decisions are held against would not be what the answers were drawn from.
    """
    ability = {someone.id: someone.ability for someone in everybody}
    asked = {(name, each.entry.item.id): each for name, slots in tests.items() for p in slots for each in p.questions}
    store = Store(find_workspace(root).database_url)
    sat = {result.submission_id: result for result in store.results()}
    differences = []
    for score in store.item_scores(sat):
        someone, name = sat[score.submission_id].applicant_id, sat[score.submission_id].assessment
        question = asked[name, score.item_id]
        if not question.entry.key.needs_review:
            differences.append(score.points / score.max_points - question.expected(ability[someone][name]))
    store.close()
    return f"{mean(differences):+.2%} ± {stdev(differences) / math.sqrt(len(differences)):.2%} of its points"


def waiting(tests: Mapping[str, Sequence[Place]]) -> list[str]:
    """The assessments in which points may wait for a person."""
    asked = {name: (question for place in slots for question in place.questions) for name, slots in tests.items()}
    return [name for name, questions in asked.items() if any(each.entry.key.needs_review for each in questions)]


def simulate(root: Path, count: int, seed: int) -> None:
    """The whole way once, then all decisions."""
    with timed("workspace and releases"):
        run("init", root)
        policy = read_policy(root)
        run("release", *policy.named, "--workspace", root)
    with timed("what each question earns whoever does not know it"):
        tests = measured(find_workspace(root), policy)
    everybody = people(count, policy, seed)
    with timed(f"to apply, be issued and answer ({sum(len(each.ability) for each in everybody):,} sittings)"):
        apply(root, everybody)
        paths = take_all(root, everybody, seed)
    with timed("intake"):
        hand_in(root, paths)
    with timed("grade"):
        print(f"  {run('grade', '--workspace', root).splitlines()[-1]}")
    print(f"  earned less expected, a question: {luck(root, everybody, tests)}")
    shipped = (root / POLICY_FILE).read_text(encoding="utf-8")
    for without in ([], waiting(tests)):
        texts = {band: changed(shipped, band=band, without=without) for band in {0.0, policy.band, 1.0}}
        texts |= {} if without else {policy.band: shipped}
        with timed(f"decide {len(texts)} times, and copy the workspace before each"):
            found = [decided(root, text, everybody, tests) for _, text in sorted(texts.items())]
        print(f"\n{policy.title}{', without ' + ', '.join(without) if without else ''}\n")
        print("\n".join(rows(found)))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--applicants", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(f"{platform.machine()}, {CORES} cores, Python {platform.python_version()}, Linux {platform.release()}")
    print(f"{given.applicants:,} applicants, seed {given.seed}")
    with tempfile.TemporaryDirectory() as folder, timed("all together"):
        simulate(Path(folder) / "pool", given.applicants, given.seed)


if __name__ == "__main__":
    main()
