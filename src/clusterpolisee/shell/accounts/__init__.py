"""Accounts: who somebody is, which roles they hold, and what a role may do.

Vocabulary: a *user* is a person with an account; a *visitor* has none. A *role* is held in a *scope* (for now always
the platform). A *permission* is a sentence in an app's table (`"evidence.cite": is_member`); *require* asks it inside
an action, *may* asks it for a page, *allow* and *public* declare it on a view.
"""
