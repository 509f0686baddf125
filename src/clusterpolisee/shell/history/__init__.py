"""History: who did what to which thing, and when. The one door through which the platform remembers.

Vocabulary: an *event* is one remembered deed. It has an *actor* (a person, or nobody: the platform itself), a *verb*
in the past tense ("imported", "cited"), a *thing* (the record it was done to) and *details*.

    from clusterpolisee.shell.history.recorder import record      # write, inside the deed's own transaction
    from clusterpolisee.shell.history.queries import events_of   # read, newest first

Events are only ever added. Removing an account empties the reference and keeps the name.
"""
