"""Who may do what with jobs. A kind of job asks for its own permission besides."""

import rules

from clusterpolisee.shell.accounts.permissions import is_analyst, is_member


@rules.predicate
def has_started_it(actor: object, job: object) -> bool:
    starter = getattr(job, "started_by_id", None)
    return starter is not None and starter == getattr(actor, "pk", None)


PERMISSIONS = {
    "jobs.follow": is_member,  # pages of jobs at all; which ones, the next lines say
    "jobs.list": is_analyst,
    "jobs.see": is_analyst | has_started_it,
    "jobs.stop": is_analyst | has_started_it,
    "jobs.resume": is_analyst | has_started_it,
}
