"""The API: how programs read the platform. This package is its frame; what can be read is brought by the apps.

    door            every request comes through it: method, language, reader, budget, errors, headers for other sites
    → parameters    unknown, doubled and unusable parameters become one problem that names them
    → resource      an app's operations: each says who may read, what it answers, in which formats, with which errors
    → answers       the bytes with their ETag; nothing is read again for somebody who has the same bytes already
    → problems      what went wrong, as RFC 9457 asks: a kind with an address, a sentence, the parameters

Vocabulary: a *resource* is a group of operations on one kind of thing; an *operation* is one address with its parameters;
a *reader* is whoever asks, known by a *token* or else by address; a *budget* is how often a reader may still ask this
minute; a *problem* is an answer that is an error.
"""
