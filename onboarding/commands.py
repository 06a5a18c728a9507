"""Every command of the grader's and the admin's side: what `talentpool --help` says of it, and where its code is."""

from assessments.lazy import Command

COMMANDS = {
    "take": Command(
        "onboarding.cli",
        "Take an assessment on this machine: issue it if need be, and open it; what is handed in is taken in.",
    ),
    "learn": Command(
        "onboarding.learning.cli", "Go through an onboarding module: read, practise, go on when the answer is right."
    ),
    "submit": Command(
        "grader.intake_cli",
        "Hand in an assessment and print the receipt; outside a workspace, pack it to be sent back.",
    ),
    "build": Command("grader.authoring_cli", "Build the nbgrader instructor notebooks from the banks."),
    "preview": Command(
        "grader.authoring_cli",
        "Look at an assessment as applicants see it, and with one click at its keys; nothing is issued.",
    ),
    "gate": Command("grader.authoring_cli", "Check what must hold before a release."),
    "release": Command(
        "grader.authoring_cli",
        "Release assessments that pass the gate, through nbgrader; those for practice are left out.",
    ),
    "intake": Command("grader.intake_cli", "Take in what applicants on other machines handed in."),
    "scores": Command("grader.tables_cli", "Show or export the scores."),
    "catalogue": Command(
        "grader.tables_cli",
        "List every kind of work with what assesses it and how it is scored; outside a workspace, of what ships.",
    ),
    "report": Command("grader.report_cli", "Write an HTML report with score distributions."),
    "admin": Command("grader.report_cli", "Open the admin's notebook in JupyterLab."),
    "grade": Command(
        "grader.grade_cli", "Grade what was handed in: new, changed, or not gradable before for reasons of ours."
    ),
    "doctor": Command(
        "grader.grade_cli", "Say what this machine offers for grading, what is missing, and what to do about it."
    ),
    "practice": Command(
        "grader.practice_cli", "Practise: every question has an explanation, and nothing is recorded or graded."
    ),
    "solve": Command(
        "grader.solving_cli", "Have a second person solve every item of a bank without its key, and compare."
    ),
    "reports": Command(
        "grader.tables_cli", "List the problems that applicants reported about items, the newest first."
    ),
    "init": Command("onboarding.workspace_cli", "Create a workspace."),
    "issue": Command("onboarding.cli", "Issue an assessment to an applicant on another machine: the clock starts now."),
    "decide": Command(
        "onboarding.deciding_cli", "Apply the policy to everybody, or record one person's decision about an applicant."
    ),
    "explain": Command("onboarding.deciding_cli", "Print everything that led to a decision."),
    "demo": Command("onboarding.workspace_cli", "Run the whole way once on simulated applicants."),
    "formgrader": Command("grader.review_cli", "Serve nbgrader's formgrader for this course, on this machine."),
    "feedback": Command("grader.review_cli", "Write the pages that tell applicants their scores and comments."),
    "applicants": Command("onboarding.applicants_cli", "Register applicants."),
    "notices": Command("onboarding.notices.cli", "Messages to applicants: list, read and send them."),
    "help": Command("onboarding.help.cli", "Questions of applicants: who answers them, and until when."),
    "appeal": Command("onboarding.help.cli", "Objections to decisions."),
    "pool": Command("onboarding.pool.cli", "List and search the talent pool."),
    "policy": Command("onboarding.policy_cli", "What the policy means, and what a change of it would mean."),
    "audit": Command("onboarding.audit_cli", "Whether the record of decisions is whole."),
    "badge": Command("onboarding.pool.badges.cli", "Issue, check and revoke badges for qualifications."),
    "privacy": Command("onboarding.privacy.cli", "Personal data: export, erase, keep no longer than needed."),
    "modules": Command("onboarding.learning.modules_cli", "Onboarding modules: list them, take in what came back."),
    "status": Command(
        "onboarding.journey.cli",
        "Where somebody stands: what is done, what comes next, who has to do it, results with reasons.",
    ),
    "way": Command("onboarding.journey.cli", "People's ways from application to pool."),
}
