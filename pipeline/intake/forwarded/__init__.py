"""What another office forwarded, dropped into this one's inbox: a return a period, verified by its manifest.

``manifests`` finds the manifests, ``reading`` holds a workbook against its own, ``machine_sheet`` adds up what it
brings, ``totals`` counts its printed totals again, ``placing`` puts the versions of one office in their order, and
``doubles`` asks about who is counted twice.
"""
