"""The shapes everyone speaks: tidy observations, and the Panel made of them."""

from regional_analytics.tables.observations import OBSERVATION_SCHEMA, STATES, StateEnum, state_expression
from regional_analytics.tables.panel import DuplicatedCells, NoSuchLabel, Panel

__all__ = [
    "OBSERVATION_SCHEMA",
    "STATES",
    "DuplicatedCells",
    "NoSuchLabel",
    "Panel",
    "StateEnum",
    "state_expression",
]
