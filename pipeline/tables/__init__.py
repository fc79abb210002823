"""What is counted: facts, roll-up, comparison with last year, revisions, assessment, explain."""
