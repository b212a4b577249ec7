"""A small news site of our own, with invented companies, medicines and authorities.

with serve() as site:
    ... site.base_url ...
    site.edition = 2
"""

from tests.site.server import Site, serve

__all__ = ["Site", "serve"]
