"""Who may do what with classifications."""

from clusterpolisee.shell.accounts.permissions import is_analyst

PERMISSIONS = {"classifications.edit_categories": is_analyst}
