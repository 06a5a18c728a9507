"""Help and appeals: questions and objections, who has to answer them, until when, and what was answered."""
