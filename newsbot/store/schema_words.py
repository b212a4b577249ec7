"""What tables and columns hold, in words, for `docs/schema.md`."""

from __future__ import annotations

INTRODUCTION = """# The database

One SQLite file; every table is STRICT. This page is generated (`make docs`) from the schema and tested
against it. Times are UTC in ISO 8601 (`2026-11-22T10:00:00Z`) unless said otherwise; lists are JSON arrays;
unknown is null. Read with `newsbot sql`, `sqlite3`, `sqlite-utils` or Datasette; start from the view
`articles_latest`, and find words through `article_text_fts`:

    select a.id, a.title from article_text_fts f join articles_latest a on a.id = f.rowid
     where article_text_fts match '"stem cell"' order by rank

Chinese is indexed character by character, so that a word is a phrase: `match '"干 细 胞"'`.
"""

TABLES = {
    "articles_latest": "View: one row for each article with the fields of its latest version. Where to start.",
    "sources": "The publishers that were crawled.",
    "sites": "The sites that pages came from: a host, or what identifies a site when a file names no host.",
    "site_facts": "What a site's footers state about it. These belong to the site, never to an article.",
    "site_pieces": "What a site's pages show: pieces of text in their places, and on how many pages each was seen."
    " What recurs is furniture. A piece that 60 pages no longer had is forgotten.",
    "runs": "Every crawl and import, with its counts and how it ended.",
    "pages": "Every address that was fetched or tried, with what is needed to ask only for changes, and, when"
    " it is no article, the reason.",
    "aliases": "Other addresses that lead to a page, by redirect.",
    "fetches": "Every response that was kept, with its place in the WARC files.",
    "stories": "Groups of articles that tell the same. Each article is in exactly one.",
    "articles": "The clean records: one row for each address. What an article says stands in its versions.",
    "versions": "What an article said, each time it said something new. Older versions are kept.",
    "article_text": "The latest title and body of each article as the full-text index sees them: compatibility"
    " forms, each CJK character apart. `article_text_fts` is the index (FTS5, unicode61).",
}

COLUMNS = {
    "id": "number of the row",
    "url": "address without fragment, tracking and session parameters",
    "source": "the publisher we crawled it from; null for imports and single pages",
    "site_id": "the site it stands on",
    "host": "host name, with the port if it is an unusual one; null for files",
    "title": "headline, without the site's name",
    "published": "ISO 8601: a time with its own offset, or a date; null when the page gives none",
    "published_text": "the publisher's own words for it",
    "published_zone": "`stated` or `assumed`; null for a date without a time",
    "credited_source": "the outlet that the page credits (来源, Source:)",
    "authors": "names, JSON",
    "editors": "names, JSON",
    "category": "path from the breadcrumb without Home, JSON",
    "language": "primary language tag: en, zh",
    "publisher": "the publisher's name",
    "lead_image": "address of the leading picture",
    "body": "text, one block a line",
    "sort_time": "publication time in UTC for sorting and filters; when first seen if there is no date",
    "first_seen": "when we first had it",
    "last_seen": "when we last found it unchanged or changed",
    "story_id": "the story it belongs to",
    "copy_of": "the first article with the same text; null for that first one",
    "version": "number of the latest version, from 1",
    "version_id": "the latest version",
    "fingerprint": "16 bytes that are equal for equal texts",
    "name": "short name, as in the sources files",
    "kind": "regulator, trade press, newswire, company, ...",
    "site_facts.kind": "company, icp, icp_licence, police, drug_information_licence, other_licence, phone, fax, email,"
    " address, postcode",
    "country": "ISO 3166 code",
    "first_used": "when it was first crawled",
    "key": "host, or `icp:`, `company:`, `email:` and the fact that identifies the site",
    "value": "as stated",
    "sites.learnt": "how many of its pages its memory was made from",
    "pages.learnt": "1 if its site's memory counts it, else 0",
    "print": "64-bit fingerprint of text and place",
    "pages": "on how many pages with different articles it was seen",
    "alike": "on how many more that were like an earlier one",
    "first": "the site's page, counted from 1, that had it first",
    "last": "the site's page that had it last",
    "place": "the innermost elements round it; null while it was seen once",
    "text": "how it begins; null while it was seen once",
    "command": "crawl or import",
    "spider": "how the source was walked",
    "pid": "process",
    "machine": "host name of the machine it ran on",
    "started": "when it began",
    "finished": "when it ended; null while it goes on",
    "outcome": "ok, limited, nothing found, unreachable, stopped, failed, crashed",
    "detail": "more about the outcome",
    "counts": "pages by outcome, JSON object",
    "role": "article, list, feed or sitemap",
    "first_fetched": "when its first answer came",
    "last_fetched": "when its last answer with a body came",
    "last_checked": "when it was last asked for",
    "status": "HTTP status of the last answer",
    "failures": "failures in a row",
    "etag": "for the next conditional request",
    "last_modified": "for the next conditional request",
    "listed_for": "for lists read to their end: digest of the source's definition they were read for",
    "pages.context": "what the feed or list said of it (see fetches.context), JSON",
    "fetch_id": "the response",
    "refusal": "why it is no article; null if it is one, or a list",
    "refusal_detail": "the evidence",
    "page_id": "the page",
    "run_id": "the run",
    "fetches.url": "address after redirects, as it was",
    "fetched": "when",
    "content_type": "as the server said",
    "size": "bytes of the body",
    "digest": "16-byte BLAKE2b of the body",
    "warc_file": "file in the `-warc` folder beside the database",
    "warc_offset": "byte where the record starts",
    "context": "what besides the bytes decided how it was read (zone, hints from the feed), JSON",
    "created": "when",
    "article_id": "the article",
    "number": "1 for the first version",
    "seen": "when this version was first seen",
    "kinds": "one character a line of the body: p paragraph, 1-6 heading, l list item, t table row, q quote,"
    " c caption, k code",
    "sections": "one character a line of the body: b news, a about the company, f forward-looking statements, s safety"
    " information, c contacts; null when all is news",
    "dateline": "place and date as printed before the first words",
    "wire": "newswire or agency named in the dateline",
    "correction": "what the publisher says it has put right",
    "links": "addresses that the body links to, JSON",
    "origins": "for each field where it came from, JSON object",
    "removed": "what was stripped, JSON pairs of rule and text",
    "encoding": "character encoding that was used",
    "extractor": "version of the extraction rules",
    "article_text.title": "title, folded",
    "article_text.body": "body, folded",
}
