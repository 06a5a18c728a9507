"""From person to pool: applicants, policy, decisions with reasons, the talent pool."""
