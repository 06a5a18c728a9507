"""Applications on the operator's side: taking them in, keeping CVs, and what is offered to whom."""
