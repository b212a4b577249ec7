"""Where articles come from: one file per way of walking a source. Spiders hand on pages and clean nothing."""
