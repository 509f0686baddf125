"""Community: the organisations of the people who make regions grow. So far: cluster organisations.

Words: a *cluster* here is a cluster organisation (it has a name, a manager, members), not a concentration of jobs. Its
*facts* are what a person states of it; its *words* are the same facts as flat text, column → text, which the form
shows, the history keeps, a CSV file carries and two revisions are compared by. A *statement* is a group of facts
with one source and one date. A cluster is a *draft*, *published* or *archived*.

The walk of the data:

    browser form ─┐
                  ├→ forms.ClusterForm (sentences for faults) → records.ClusterFacts → actions (permission, revision,
    CSV file ─→ reading.read_plan ─┘                                                    history) → models.Cluster
    models.Cluster → queries → records.words_of → pages, exports.to_csv, revisions in shell/history

Upper floors ask `queries.clusters_in`, `queries.clusters_of_category` and `queries.stamp`.
"""
