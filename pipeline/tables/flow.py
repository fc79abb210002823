"""A flow of whole numbers through a network, each arc at its least or one more, at the least cost."""

from collections import defaultdict, deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Arc:
    """From one node to another: at least ``low``, where ``free`` one more, which then costs ``cost``."""

    start: Hashable
    end: Hashable
    low: int
    free: bool
    cost: int
    name: int | None = None


@dataclass
class _Edge:
    end: Hashable
    room: int
    cost: int
    back: "_Edge" = field(init=False, repr=False)


def least_cost(arcs: Sequence[Arc], source: Hashable, sink: Hashable) -> list[int]:
    """What flows through each arc. Raises ValueError where there is no such flow.

    What the least of all arcs leaves over or lacks at a node is brought along the free ones, one by one, each on the
    cheapest way (successive shortest paths).
    """
    network: dict[Hashable, list[_Edge]] = defaultdict(list)
    excess: dict[Hashable, int] = defaultdict(int)
    edges: list[_Edge | None] = []
    for arc in arcs:
        edge = _connect(network, arc.start, arc.end, 1, arc.cost) if arc.free else None
        if edge and arc.cost < 0:  # it begins with one more, so that no way gains by going round
            edge.room, edge.back.room = 0, 1
        begins = arc.low + bool(edge and not edge.room)
        excess[arc.end] += begins
        excess[arc.start] -= begins
        edges.append(edge)
    wanted = _connect_ends(network, excess, source, sink)
    for _ in range(wanted):
        _augment(network)
    return [arc.low + (edge is not None and edge.room == 0) for arc, edge in zip(arcs, edges, strict=True)]


def _connect_ends(
    network: dict[Hashable, list[_Edge]], excess: dict[Hashable, int], source: Hashable, sink: Hashable
) -> int:
    """Ends for what is left over and lacking; the sink flows back into the source. How much is to be brought."""
    ring = _connect(network, sink, source, _PLENTY, 0)
    ring.back.room = _PLENTY
    excess[source], excess[sink] = excess[source] + excess[sink], 0
    for node, much in list(excess.items()):
        if much > 0:
            _connect(network, _FROM, node, much, 0)
        elif much < 0:
            _connect(network, node, _TO, -much, 0)
    return sum(much for much in excess.values() if much > 0)


_FROM, _TO, _PLENTY = "from all", "to all", 1 << 60


def _connect(network: dict[Hashable, list[_Edge]], start: Hashable, end: Hashable, room: int, cost: int) -> _Edge:
    there, back = _Edge(end, room, cost), _Edge(start, 0, -cost)
    there.back, back.back = back, there
    network[start].append(there)
    network[end].append(back)
    return there


def _augment(network: dict[Hashable, list[_Edge]]) -> None:
    """One more along the cheapest way (Bellman and Ford, by a queue). Raises ValueError where there is none."""
    cost: dict[Hashable, int] = {_FROM: 0}
    through: dict[Hashable, _Edge] = {}
    waiting, queued = deque[Hashable]([_FROM]), set[Hashable]([_FROM])
    while waiting:
        node = waiting.popleft()
        queued.discard(node)
        for edge in network[node]:
            if edge.room and cost[node] + edge.cost < cost.get(edge.end, cost[node] + edge.cost + 1):
                cost[edge.end], through[edge.end] = cost[node] + edge.cost, edge
                if edge.end not in queued:
                    waiting.append(edge.end)
                    queued.add(edge.end)
    if _TO not in through:
        raise ValueError("no flow")
    at: Hashable = _TO
    while at != _FROM:
        edge = through[at]
        edge.room -= 1
        edge.back.room += 1
        at = edge.back.end
