"""Questions: records in, frozen values out; the only place where sealed text is opened."""
