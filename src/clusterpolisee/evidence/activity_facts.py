"""What is known of an activity over many regions: who is specialised in it, where its jobs are. In no language yet.

Divisions of NACE (C14) have quotients and stars from the table of enterprises; groups of sections (B-E) have shares from
the labour force survey. A division also shows the years of the group it belongs to, since its own table has one year.
activity + selection → structure.specialisation | structure.many_regions → rows
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.classifications.models import Activity
from clusterpolisee.evidence import queries, structure
from clusterpolisee.evidence.figures import FigureRef
from clusterpolisee.evidence.models import DatasetVersion, Indicator
from clusterpolisee.evidence.no_comparison import why_no_comparison
from clusterpolisee.evidence.profile import EMPLOYMENT, ENTERPRISE_EMPLOYMENT
from clusterpolisee.evidence.selection import Selection
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region
from regional_analytics.codes import nace

LEAD_ROWS = 12


@dataclass(frozen=True)
class ActivityPlace:
    """One region in the activity. quotient and stars are None where the table has no divisions."""

    region: Region
    jobs: float | None
    share_percent: float | None
    quotient: float | None
    stars: structure.StarAward | None
    state: str
    flag: str
    ref: FigureRef

    def figure(self, measure: str) -> FigureRef:
        return replace(self.ref, measure=measure)

    @property
    def is_known(self) -> bool:
        return self.quotient is not None or (self.stars is None and self.share_percent is not None)


class ActivityFacts:
    """One activity over the regions selected. Everything is computed when it is asked for, once."""

    def __init__(self, activity: Activity, selection: Selection) -> None:
        self.activity = activity
        self.asked = selection
        indicators = queries.indicators_by_code()
        self._enterprises = indicators.get(ENTERPRISE_EMPLOYMENT)
        self._survey = indicators.get(EMPLOYMENT)

    @property
    def language(self) -> str:
        return get_language() or "en"

    @cached_property
    def _short_names(self) -> dict[str, str]:
        return classifications.short_names(self.language)

    @property
    def name(self) -> str:
        return self.activity_name(self.activity.code)

    @property
    def official_name(self) -> str:
        return classifications.label(self.activity.code, self.language)

    def activity_name(self, code: str) -> str:
        return self._short_names.get(code, code)

    # What the tables have

    @cached_property
    def enterprises(self) -> tuple[Indicator, DatasetVersion] | None:
        """The table with divisions, where it is loaded and has this one."""
        found = _loaded(self._enterprises)
        return found if found and self._specialisation_in(found) is not None else None

    @cached_property
    def why_no_comparison(self) -> SafeString | None:
        """What is missing where the table with divisions has this one in regions, but in no country."""
        found = _loaded(self._enterprises)
        if found is None or self.enterprises is not None:
            return None
        if self.activity.code not in structure.activities_of(found[1], found[0]):
            return None
        year = self.asked.year if self.asked.year in found[1].years else max(found[1].years)
        return why_no_comparison(found[1], found[0], year, level=2)

    @cached_property
    def survey(self) -> tuple[Indicator, DatasetVersion] | None:
        return _loaded(self._survey)

    @cached_property
    def years(self) -> tuple[int, ...]:
        if self.enterprises:
            return tuple(self.enterprises[1].years)
        return self.group_regions.known_years(self.group_regions.regions) if self.group_regions else ()

    @property
    def year(self) -> int | None:
        if self.asked.year in self.years:
            return self.asked.year
        return max(self.years) if self.years else None

    def _specialisation_in(self, found: tuple[Indicator, DatasetVersion]) -> structure.Specialisation | None:
        indicator, version = found
        year = self.asked.year if self.asked.year in version.years else max(version.years, default=None)
        if year is None:
            return None
        table = structure.specialisation(version, indicator, year, level=2)
        return table if table and self.activity.code in table.activities else None

    @cached_property
    def specialisation(self) -> structure.Specialisation | None:
        return self._specialisation_in(self.enterprises) if self.enterprises else None

    @property
    def vintage(self) -> int:
        return self.specialisation.nuts_vintage if self.specialisation else regions.current_vintage()

    @cached_property
    def selection(self) -> Selection:
        return replace(self.asked, vintage=self.vintage)

    # The group in the labour force survey

    @cached_property
    def group(self) -> str:
        """The group of sections the survey publishes that holds this activity; empty where there is none."""
        if self.survey is None:
            return ""
        known = structure.activities_of(self.survey[1], self.survey[0])
        code = self.activity.code
        return code if code in known else next((one for one in known if _holds(one, code)), "")

    @property
    def group_name(self) -> str:
        return self.activity_name(self.group)

    @cached_property
    def group_regions(self) -> structure.ManyRegions | None:
        if not self.group or self.survey is None:
            return None
        vintage = regions.current_vintage()
        codes = [place.code for place in replace(self.asked, vintage=vintage).shown]
        return structure.many_regions(self.survey[1], self.survey[0], self.group, codes, vintage)

    @cached_property
    def whole_regions(self) -> structure.ManyRegions | None:
        """All activities together, for shares."""
        if self.group_regions is None or self.survey is None:
            return None
        return structure.many_regions(
            self.survey[1],
            self.survey[0],
            structure.WHOLE,
            self.group_regions.regions,
            regions.current_vintage(),
        )

    # Rows

    @cached_property
    def rows(self) -> list[ActivityPlace]:
        found = self._division_rows() if self.specialisation else self._group_rows()
        return sorted(
            found,
            key=lambda row: (
                not row.is_known,
                -(row.quotient if self.specialisation else row.share_percent or 0) if row.is_known else 0,  # type: ignore[operator]
                row.region.code,
            ),
        )

    def _division_rows(self) -> list[ActivityPlace]:
        assert self.specialisation is not None and self.enterprises is not None
        table, indicator, rows = self.specialisation, self.enterprises[0], []
        for region in self.selection.shown:
            ref = FigureRef(
                "location-quotient", indicator.code, region.code, self.vintage, table.year, self.activity.code
            )
            place = table.place(region.code, self.activity.code)
            if place is None:
                rows.append(ActivityPlace(region, None, None, None, None, "not_published", "", ref))
                continue
            jobs, flag = table.cell(*place)
            rows.append(
                ActivityPlace(
                    region,
                    jobs,
                    table.share(*place),
                    table.quotient(*place),
                    table.star_award(*place),
                    table.state(*place),
                    flag,
                    ref,
                )
            )
        return rows

    def _group_rows(self) -> list[ActivityPlace]:
        if self.group_regions is None or self.whole_regions is None or self.survey is None or not self.year:
            return []
        cells, wholes, rows = self.group_regions.at(self.year), self.whole_regions.at(self.year), []
        for region in self.selection.shown:
            cell, whole = cells.get(region.code), wholes.get(region.code)
            ref = FigureRef("share", self.survey[0].code, region.code, self.vintage, self.year, self.group)
            share = structure.share_percent(cell.value if cell else None, whole.value if whole else None)
            rows.append(
                ActivityPlace(
                    region,
                    cell.value if cell else None,
                    share,
                    None,
                    None,
                    cell.state if cell else "not_published",
                    cell.flag if cell else "",
                    ref,
                )
            )
        return rows

    @property
    def known_rows(self) -> list[ActivityPlace]:
        return [row for row in self.rows if row.is_known]

    @property
    def lead_rows(self) -> list[ActivityPlace]:
        return self.known_rows[:LEAD_ROWS]

    @property
    def other_rows(self) -> list[ActivityPlace]:
        return self.rows[len(self.lead_rows) :]

    @property
    def version(self) -> DatasetVersion | None:
        if self.enterprises:
            return self.enterprises[1]
        return self.survey[1] if self.survey and self.group else None

    @cached_property
    def parts_of_it(self) -> list[Activity]:
        """The divisions of a section or group, to go on to."""
        code = self.activity.code
        return [one for one in classifications.activities(2) if one.code != code and _holds(code, one.code)]


def _loaded(indicator: Indicator | None) -> tuple[Indicator, DatasetVersion] | None:
    version = indicator.dataset.current if indicator else None
    return (indicator, version) if indicator and version and version.years else None


def _holds(group: str, code: str) -> bool:
    """Whether a group of sections, or a section, holds a division or section."""
    section = nace.parse(code).section if nace.exists(code) and not nace.is_aggregate(code) else ""
    if not section:
        return False
    if nace.is_aggregate(group):
        return section in nace.members(group)
    return group == section
