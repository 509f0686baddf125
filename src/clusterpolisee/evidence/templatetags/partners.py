"""How the templates of the partners tab write what is known of a partner."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.evidence.partners.facts import Partner, Why
from clusterpolisee.evidence.partners.page import Carrier, Organisations, RegionPartnersPage
from clusterpolisee.shell.languages import format_number

register = template.Library()


@register.filter
def percent_number(share: float | None) -> str:
    """42.3 for a share of 0.423: for columns whose heading says %."""
    return "" if share is None else format_number(100 * share, decimals=1)


@register.filter
def reasons_on(why: Why, page: RegionPartnersPage) -> list[SafeString]:
    return page.reasons_of(why)


@register.filter
def offer_on(why: Why, page: RegionPartnersPage) -> SafeString:
    return page.offer_of(why)


@register.filter
def carriers_on(why: Why, page: RegionPartnersPage) -> list[Carrier]:
    return page.carriers(why)


@register.simple_tag
def rest_of(page: RegionPartnersPage, why: Why) -> tuple[int, float]:
    return page.others(why)


@register.simple_tag
def activity_of(page: RegionPartnersPage, code: str) -> str:
    return page.activity_name(code)


@register.simple_tag
def partner_name(page: RegionPartnersPage, code: str) -> str:
    return page.names.get(code, code)


@register.simple_tag
def partner_link(page: RegionPartnersPage, code: str) -> SafeString:
    return page.link_to(code)


@register.simple_tag
def partner_numbers(page: RegionPartnersPage, partner: Partner) -> SafeString:
    return page.numbers_of(partner)


@register.simple_tag
def partner_organisations(page: RegionPartnersPage, code: str) -> Organisations | None:
    return page.organisations.get(code)


@register.simple_tag
def partner_ways(page: RegionPartnersPage, code: str) -> SafeString:
    """Where to go on from here."""
    ways = [
        (page.address_of(code), _("The region's page")),
        (page.comparison(code), _("Compare both")),
        (page.partners_of(code), _("Partners of this region")),
    ]
    return format_html_join(
        " · ", "{}", ((format_html('<a href="{}">{}</a>', way, name),) for way, name in ways if way)
    )
