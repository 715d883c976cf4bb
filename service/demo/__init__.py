"""A small invented school to try Zoufang with, or one's own from three lists."""
