"""The order of things: a run from the inbox to the outbox, and the judging of returns."""
