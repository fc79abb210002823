"""The benchmark: `python -m tests.bench [--json FILE] [--only NAME]`. Figures are ratios within one run."""
