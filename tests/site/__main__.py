"""Serve the site by hand: python -m tests.site --port 8000 --edition 1"""

from __future__ import annotations

import argparse
import threading

from tests.site.content import sections
from tests.site.server import serve


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.site", description="Serve the test news site.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--edition", type=int, choices=(1, 2), default=1)
    options = parser.parse_args()
    with serve(edition=options.edition, port=options.port) as site:
        print(f"Edition {site.edition} at {site.base_url}/ (Ctrl-C ends it)", flush=True)
        for section in sections().values():
            print(f"  {site.base_url}{section.root:16} {section.name}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
