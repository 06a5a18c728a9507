"""Charts of score tables."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

BINS = np.linspace(0, 1, 21)
COLOUR = "#3b6ea5"


def distributions(scores: pd.DataFrame) -> Figure:
    """A histogram of scores (0…100 %) for each assessment, side by side."""
    assessments = sorted(scores["assessment"].unique())
    figure, axes = plt.subplots(
        1, max(1, len(assessments)), figsize=(4.2 * max(1, len(assessments)), 3), sharey=True, squeeze=False
    )
    for axis, assessment in zip(axes[0], assessments, strict=False):
        values = scores.loc[scores["assessment"] == assessment, "score"].dropna()
        axis.hist(values, bins=BINS, color=COLOUR, edgecolor="white")
        axis.set(title=f"{assessment} (n = {len(values)})", xlabel="score", xlim=(0, 1))
        axis.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
        axis.spines[["top", "right"]].set_visible(False)
    axes[0][0].set_ylabel("applicants")
    figure.tight_layout()
    return figure
