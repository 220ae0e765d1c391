"""From facts to findings: cheap, runs again whenever registry, rules or reviewers change."""
