"""Measures: arrays in, arrays out. Unknown cells are masked; nothing is rounded; no input is written into."""

from regional_analytics.measures import (
    change,
    complexity,
    concentration,
    options,
    partners,
    prediction,
    relations,
    similarity,
    specialisation,
    uncertainty,
)
from regional_analytics.measures.change import *  # noqa: F403
from regional_analytics.measures.complexity import *  # noqa: F403
from regional_analytics.measures.concentration import *  # noqa: F403
from regional_analytics.measures.grouping import (
    GroupTotal,
    group_total,
)
from regional_analytics.measures.inputs import (
    NegativeEmployment,
    NotFinite,
    RefusedInput,
    WrongShape,
)
from regional_analytics.measures.options import *  # noqa: F403
from regional_analytics.measures.partners import *  # noqa: F403
from regional_analytics.measures.prediction import *  # noqa: F403
from regional_analytics.measures.presence import (
    Core,
    NotAPresence,
    NothingLeft,
    core,
    diversity,
    presence,
    ubiquity,
)
from regional_analytics.measures.relations import *  # noqa: F403
from regional_analytics.measures.similarity import *  # noqa: F403
from regional_analytics.measures.specialisation import *  # noqa: F403
from regional_analytics.measures.standing import (
    Standing,
    UnknownValue,
    standing,
)
from regional_analytics.measures.uncertainty import *  # noqa: F403

__all__ = [
    "Core",
    "GroupTotal",
    "NegativeEmployment",
    "NotAPresence",
    "NotFinite",
    "NothingLeft",
    "RefusedInput",
    "Standing",
    "UnknownValue",
    "WrongShape",
    "core",
    "diversity",
    "group_total",
    "presence",
    "standing",
    "ubiquity",
    *change.__all__,
    *complexity.__all__,
    *concentration.__all__,
    *options.__all__,
    *partners.__all__,
    *prediction.__all__,
    *relations.__all__,
    *similarity.__all__,
    *specialisation.__all__,
    *uncertainty.__all__,
]
