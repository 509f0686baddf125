"""How well scores foretell: back-tests of option lists, calibration, rankings."""

from regional_analytics.measures.prediction.at_risk import (
    NothingToTest,
    OneYearOnly,
)
from regional_analytics.measures.prediction.back_test import (
    BackTest,
    Factor,
    ListResult,
    back_test,
)
from regional_analytics.measures.prediction.calibration import (
    Calibration,
    Interval,
    calibration,
    wilson_interval,
)
from regional_analytics.measures.prediction.entry_probability import (
    EntryProbability,
    entry_probability,
)
from regional_analytics.measures.prediction.ranking import (
    RankingQuality,
    ranking_quality,
)
from regional_analytics.measures.prediction.validation import (
    BestF1,
    NotAProbability,
    average_precision,
    best_f1,
    brier_score,
    roc_auc,
)

__all__ = [
    "BackTest",
    "BestF1",
    "Calibration",
    "EntryProbability",
    "Factor",
    "Interval",
    "ListResult",
    "NotAProbability",
    "NothingToTest",
    "OneYearOnly",
    "RankingQuality",
    "average_precision",
    "back_test",
    "best_f1",
    "brier_score",
    "calibration",
    "entry_probability",
    "ranking_quality",
    "roc_auc",
    "wilson_interval",
]
