"""The ground floor: what every app stands on and none of them owns.

ui (page frame, components, styles), accounts (people, roles, permissions), languages (which languages,
how a text is picked), history (who did what), exports (how a table leaves the house), api (how programs read the platform).
"""
