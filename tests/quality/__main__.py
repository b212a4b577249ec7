"""`python -m tests.quality [--pages NAME ...]`: how every page is read now, and the figures beside their floors."""

from __future__ import annotations

import argparse

from tests.quality.floors import read_floors
from tests.quality.report import complaints, table
from tests.quality.scoring import score_page
from tests.quality.truth import read_truths


def main() -> None:
    """Prints the table; with names of pages (or parts of them), what is wrong with these, block by block."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument(
        "--pages", nargs="+", metavar="NAME", help="explain pages with these words in their names"
    )
    names = parser.parse_args().pages
    truths = read_truths()
    if names:
        chosen = [truth for truth in truths if any(name in truth.name for name in names)]
        print(complaints([score_page(truth) for truth in chosen]) or "nothing is wrong")
    else:
        print(table([score_page(truth) for truth in truths], read_floors()))


if __name__ == "__main__":
    main()
