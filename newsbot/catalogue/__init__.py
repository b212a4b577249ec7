"""The sources: those that newsbot brings along and those of the user."""

from __future__ import annotations

from newsbot.catalogue.editing import add_source, set_enabled, set_selectors, slug_for, source_text
from newsbot.catalogue.loading import Catalogue, check_file, load_catalogue, similar_names
from newsbot.catalogue.loose import country_of, guess_spider, kind_of, source_for_urls
from newsbot.catalogue.source import (
    COUNTRY_ZONES,
    FIELDS,
    SPIDERS,
    FieldError,
    Kind,
    Source,
    make_source,
    project_spiders,
    usual_hosts,
)

__all__ = [
    "COUNTRY_ZONES",
    "FIELDS",
    "SPIDERS",
    "Catalogue",
    "FieldError",
    "Kind",
    "Source",
    "add_source",
    "check_file",
    "country_of",
    "guess_spider",
    "kind_of",
    "load_catalogue",
    "make_source",
    "project_spiders",
    "set_enabled",
    "set_selectors",
    "similar_names",
    "slug_for",
    "source_for_urls",
    "source_text",
    "usual_hosts",
]
