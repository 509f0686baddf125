"""Who may do what with evidence."""

from clusterpolisee.shell.accounts.permissions import everyone, is_analyst, is_member

PERMISSIONS = {
    "evidence.read": everyone,
    "evidence.cite": is_member,
    "evidence.import": is_analyst,
    "evidence.fetch": is_analyst,
    "evidence.accept": is_analyst,
    "evidence.roll_back": is_analyst,
}
