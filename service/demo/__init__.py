"""Everything in one process on an invented school, to be tried in a browser."""

from service.demo.run import Demo, run_demo

__all__ = ["Demo", "run_demo"]
