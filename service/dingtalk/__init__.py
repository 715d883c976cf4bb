"""The door to DingTalk: what it sends us over HTTP is let in, answered, or turned away."""
