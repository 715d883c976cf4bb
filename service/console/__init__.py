"""The console page and its API: everything tried out in a browser, on this machine alone."""
