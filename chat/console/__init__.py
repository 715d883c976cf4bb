"""The console: a chat in the browser, where one may be anybody and try everything."""
