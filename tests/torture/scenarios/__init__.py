"""The faults, a file for each part of the machine that they strike."""
