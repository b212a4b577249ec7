"""Only for `scrapyd-deploy`, which runs `setup.py bdist_egg`; pip and build read pyproject.toml and leave this alone.

The egg is built from a copy: nothing is left beside the sources, and setuptools before 77, which cannot read our
pyproject.toml, does not come across it.
"""

import os
import shutil
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

from setuptools import find_packages, setup

project = Path(__file__).resolve().parent
about = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
facts = about["project"]

with TemporaryDirectory(prefix="newsbot-egg-") as folder:
    for package in about["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        shutil.copytree(
            project / package, Path(folder, package), ignore=shutil.ignore_patterns("__pycache__")
        )
    os.chdir(folder)
    setup(
        name=facts["name"],
        version=facts["version"],
        packages=find_packages(),
        package_data={"": ["*"]},
        entry_points={"scrapy": [f"settings = {facts['entry-points']['scrapy']['settings']}"]},
    )
    os.chdir(project)
