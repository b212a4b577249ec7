"""How well whole pages of our own are read: truths, scores, floors that only rise, and pages broken on purpose."""
