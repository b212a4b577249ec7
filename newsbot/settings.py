"""Scrapy's settings: what every crawl shares, however it is started.

The user's own settings (`newsbot.toml`, environment) come in through `newsbot.config`; anything
may still be set for one run with `scrapy crawl -s NAME=VALUE`.
"""

import os
import sys
from pathlib import Path

from newsbot.config import load_config, scrapy_values

# Scrapy appends the project folder to sys.path, and scrapyd the project's egg, so that another installed
# package named `spiders` would win over ours. When we run from a checkout or an egg, ours comes first.
_project = Path(__file__).resolve().parent.parent
if (_project / "scrapy.cfg").is_file() or _project.is_file():
    sys.path[:] = [str(_project), *(entry for entry in sys.path if entry != str(_project))]

globals().update(scrapy_values(load_config()))

BOT_NAME = "newsbot"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"

NEWSBOT_DRY_RUN = False
NEWSBOT_NOW = os.environ.get("NEWSBOT_NOW")
NEWSBOT_EXTRACT_PROCESSES = 1 if (os.cpu_count() or 1) > 1 else 0

ITEM_PIPELINES = {
    "pipelines.archive.ArchivePipeline": 100,
    "pipelines.extract.ExtractPipeline": 200,
    "pipelines.validate.ValidatePipeline": 300,
    "pipelines.dedupe.DedupePipeline": 400,
    "pipelines.store.StorePipeline": 500,
}

# The newest first, as feeds and lists have them: what a run leaves undone is the oldest.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
SCHEDULER_DISK_QUEUE = "scrapy.squeues.PickleFifoDiskQueue"

# Scrapy starts this many tasks for the items of each response; ours have one.
CONCURRENT_ITEMS = 4

# Polite: we say who we are, ask robots.txt, and wait between requests to one site.
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "newsbot"
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY_JITTER = 0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0
NEWSBOT_PATIENCE = 60
EXTENSIONS = {
    "scrapy.extensions.throttle.AutoThrottle": None,
    "spiders.downloading.pace.Pace": 0,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "spiders.downloading.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "spiders.downloading.patience.PatientRetryMiddleware": 550,
}
COOKIES_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en,zh-CN;q=0.9,zh;q=0.8",
}

# Safe: bounded pages, verified certificates, only the web, no port of our own.
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
REDIRECT_MAX_TIMES = 8
METAREFRESH_MAXDELAY = 5
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# Complete: every answer reaches the pipelines, also 404 and 503, so that its page says why.
HTTPERROR_ALLOW_ALL = True
RETRY_GIVE_UP_LOG_LEVEL = "WARNING"
DEFAULT_DROPITEM_LOG_LEVEL = "DEBUG"

LOG_SHORT_NAMES = False
FEED_EXPORT_ENCODING = "utf-8"
HTTPCACHE_POLICY = "scrapy.extensions.httpcache.RFC2616Policy"
