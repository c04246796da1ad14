"""Runs a model's graph without planning it anew for each message.

Rasa hands the graph to dask, which works out the order of its components on each run and looks
for what could run at the same time; nothing can. That was an eighth of Rasa's time
(docs/performance.md). The order of a graph never changes, so it is worked out once here; what a
component gets and returns is the same.
"""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Any, Dict, List, Optional, Tuple

from rasa.core.processor import MessageProcessor
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphNode, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner

_Plan = List[Tuple[str, Tuple[str, ...]]]


class PlannedGraphRunner:
    """Runs the components of a runner of Rasa's in an order that is remembered by target."""

    def __init__(self, schema: GraphSchema, nodes: Dict[str, GraphNode]) -> None:
        self._schema, self._nodes = schema, nodes
        self._plans: Dict[Tuple[str, ...], _Plan] = {}

    def run(
        self, inputs: Optional[Dict[str, Any]] = None, targets: Optional[List[str]] = None
    ) -> Dict[str, Any]:
        """Return the targets' outputs by name; raises GraphRunError, as Rasa's own does."""
        wanted = tuple(targets or self._schema.target_names)
        done = {name: (name, value) for name, value in (inputs or {}).items()}
        if clash := set(done) & set(self._nodes):
            raise GraphRunError(f"inputs with the name of a component: {sorted(clash)}")
        try:
            for name, needs in self._plan(wanted):
                # What nobody provides goes by its name; the component says what it misses.
                done[name] = self._nodes[name](*(done.get(each, each) for each in needs))
        except RuntimeError as error:
            raise GraphRunError("Error running runner.") from error
        return dict(done[each] for each in wanted)

    def _plan(self, targets: Tuple[str, ...]) -> _Plan:
        """Return the components that `targets` need, each with what it takes, in order."""
        if targets not in self._plans:
            nodes = self._schema.minimal_graph_schema(list(targets)).nodes
            needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
            order = TopologicalSorter(needs).static_order()
            self._plans[targets] = [(name, needs[name]) for name in order if name in needs]
        return self._plans[targets]


def plan_once(processor: MessageProcessor) -> None:
    """Take dask out of the way of `processor`; does nothing where that is done."""
    runner = processor.graph_runner
    if isinstance(runner, DaskGraphRunner):
        processor.graph_runner = PlannedGraphRunner(
            runner._graph_schema, runner._instantiated_nodes
        )
