"""Who stands at the counter: the command and its words, check, blank forms, forwarding, backtest, demonstration."""
