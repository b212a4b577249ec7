"""What happens to a page: one file per step, thin coats over `newsbot`."""
