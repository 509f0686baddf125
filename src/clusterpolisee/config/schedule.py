"""What begins by the clock. Hours are those of the instance (TIME_ZONE)."""

from datetime import timedelta

from clusterpolisee.shell.jobs.schedule import Every

SCHEDULE = (
    # Eurostat publishes at 11:00 and 23:00; tables say themselves how often they want to be asked.
    Every("refresh-tables", kind="evidence.refresh", every=timedelta(days=1), hour=4),
)
