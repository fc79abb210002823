"""How returns are processed: one module or folder a stage, in the order told by run.py."""
