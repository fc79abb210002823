"""What holds: rules within a return, reconciliation, plausibility, slips."""
