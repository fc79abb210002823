"""The demonstration year: a whole inbox built from an office's demo.toml, with faults planted and listed."""

from pipeline.desk.demo.build import build_demo
from pipeline.desk.demo.compare import compare
from pipeline.desk.demo.plan import Plan, read_plan

__all__ = ["Plan", "build_demo", "compare", "read_plan"]
