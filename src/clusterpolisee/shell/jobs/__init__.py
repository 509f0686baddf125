"""Jobs: work in the background that people can watch, stop and take up again.

Vocabulary: a *job* is one piece of background work with a page of its own; its *kind* says what is done, an app plugs
kinds in (`kinds.py`). The *queue* is a table of the database (django-tasks); a *worker* takes jobs from it, one at a
time; the *keeper* starts the worker beside the server and ends with it. The *schedule* says which jobs begin by the clock.

The walk of a job:

1. `actions.start_job` writes the row (queued) and, once that is stored, its ticket into the queue.
2. A worker (`worker.py`) takes the ticket; `running.run` claims the row, beats its heart, and calls the kind's function.
3. The function says how far it is through `Running`: each saying is also the moment at which a wish to stop is heard.
4. Done, failed with a sentence, stopped, or waiting until a time: the row says which; `views.py` shows it meanwhile.
5. A worker that is killed leaves a row whose heart has stopped: `running.find_lost` says so, `actions.resume_job` goes on.
"""
