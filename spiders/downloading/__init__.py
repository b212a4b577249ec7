"""Between a spider and a site: manners, and other ways of fetching."""
