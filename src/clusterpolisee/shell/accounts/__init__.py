"""Accounts: who somebody is, which roles they hold, and what a role may do.

Vocabulary: a *user* is a person with an account; a *visitor* has none. A *role* is held over a *scope*: the platform, or
a part of it (a region with its subregions, a theme, a language…), as upper floors plug it in. A *permission* is a sentence in an app's table (`"evidence.cite": is_member`); *require* asks it inside
an action, *may* asks it for a page, *allow* and *public* declare it on a view.
"""
