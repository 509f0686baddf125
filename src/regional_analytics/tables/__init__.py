"""The shapes everyone speaks: tidy observations, and the Panel made of them."""

from regional_analytics.tables.building import DuplicatedCells
from regional_analytics.tables.cube import NoSuchLabel, TimeSeries
from regional_analytics.tables.observations import OBSERVATION_SCHEMA, STATES, StateEnum, state_expression
from regional_analytics.tables.panel import Panel

__all__ = [
    "OBSERVATION_SCHEMA",
    "STATES",
    "DuplicatedCells",
    "NoSuchLabel",
    "Panel",
    "StateEnum",
    "TimeSeries",
    "state_expression",
]
