"""An edition's rules over everything that was ever sent, before they are switched on. Writes nothing."""

from pipeline.desk.backtest.backtest import Backtest, backtest
from pipeline.desk.backtest.telling import told

__all__ = ["Backtest", "backtest", "told"]
