"""What is asked and what must hold: forms, offices, codes and rules. Imports nothing from the pipeline."""
