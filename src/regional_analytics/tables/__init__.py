"""The shapes everyone speaks: tidy observations, and the Panel made of them."""

from regional_analytics.tables.observations import OBSERVATION_SCHEMA, STATES, StateEnum, state_expression

__all__ = ["OBSERVATION_SCHEMA", "STATES", "StateEnum", "state_expression"]
