"""Writes what train_model.py trained: an ONNX graph with 8-bit weights, and the spaCy pipeline around it.

The graph is built node by node rather than traced, for it to be what the training rounded, and nothing else: dynamic 8-bit products with a
scale for each window and each output, 8-bit embeddings with a scale for each piece, all else in 32 bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import spacy
from onnx import TensorProto, checker, helper, numpy_helper
from train_model_net import EPSILON, HEADS, LAYERS, WIDTH, Net, weight_scale

from disambig.ner import MOST_PIECES, TAGS, Recogniser

if TYPE_CHECKING:
    from pathlib import Path

    from onnx import NodeProto
    from tokenizers import Tokenizer
    from torch import Tensor

MICROSOFT = "com.microsoft"  # onnxruntime's own operators
OPSET, IR_VERSION = 20, 9  # what onnxruntime 1.17 reads


class Graph:
    """Nodes and constants, as they are added."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: dict[str, np.ndarray] = {}

    def constant(self, name: str, value: np.ndarray | Tensor) -> str:
        """Its name."""
        self.constants[name] = value if isinstance(value, np.ndarray) else value.detach().numpy()
        return name

    def add(self, operator: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: float) -> str:
        """The name of the node's output; of the first one, where it has several: they end in _0, _1, …."""
        name = f"{operator}_{len(self.nodes)}"
        names = [name] if outputs == 1 else [f"{name}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, name=name, domain=domain, **attributes))
        return names[0]


def _weights(graph: Graph, name: str, weight: Tensor) -> tuple[str, str, str]:
    scale = weight_scale(weight)
    rounded = (weight / scale[:, None]).round().clamp(-127, 127).T.contiguous().detach().numpy().astype(np.int8)
    return (
        graph.constant(name, rounded),
        graph.constant(f"{name}.scale", scale),
        graph.constant(f"{name}.zero", np.zeros(len(weight), dtype=np.int8)),
    )


def _linear(graph: Graph, x: str, name: str, state: dict[str, Tensor]) -> str:
    weight, scale, zero = _weights(graph, f"{name}.weight", state[f"{name}.weight"])
    bias = graph.constant(f"{name}.bias", state[f"{name}.bias"])
    return graph.add("DynamicQuantizeMatMul", x, weight, scale, zero, bias, domain=MICROSOFT)


def _attention(graph: Graph, x: str, name: str, state: dict[str, Tensor]) -> str:
    weight, scale, zero = _weights(graph, f"{name}.weight", state[f"{name}.weight"])
    bias = graph.constant(f"{name}.bias", state[f"{name}.bias"])
    rounded = graph.add("DynamicQuantizeLinear", x, outputs=3)
    stem = rounded[:-1]
    return graph.add("QAttention", rounded, weight, bias, f"{stem}1", scale, "", f"{stem}2", zero, domain=MICROSOFT, num_heads=HEADS)


def _norm(graph: Graph, x: str, name: str, state: dict[str, Tensor]) -> str:
    """Layer norm in its parts: onnxruntime's own is six times slower on the CPUs measured."""
    axis = graph.constant("axis", np.array([-1], dtype=np.int64))
    centred = graph.add("Sub", x, graph.add("ReduceMean", x, axis, keepdims=1))
    spread = graph.add("ReduceMean", graph.add("Mul", centred, centred), axis, keepdims=1)
    spread = graph.add("Sqrt", graph.add("Add", spread, graph.constant("epsilon", np.array(EPSILON, dtype=np.float32))))
    scaled = graph.add("Mul", graph.add("Div", centred, spread), graph.constant(f"{name}.weight", state[f"{name}.weight"]))
    return graph.add("Add", scaled, graph.constant(f"{name}.bias", state[f"{name}.bias"]))


def _embed(graph: Graph, state: dict[str, Tensor]) -> str:
    words = state["words.weight"]
    scale = words.abs().amax(1).clamp(min=1e-8) / 127
    graph.constant("words", (words / scale[:, None]).round().numpy().astype(np.int8))
    graph.constant("words.scale", scale[:, None])
    word = graph.add(
        "Mul", graph.add("Cast", graph.add("Gather", "words", "pieces"), to=TensorProto.FLOAT), graph.add("Gather", "words.scale", "pieces")
    )
    graph.constant("places", state["places.weight"][:MOST_PIECES])
    graph.constant("nought", np.array([0], dtype=np.int64))
    place = graph.add("Slice", "places", "nought", graph.add("Shape", "pieces"), "nought")
    shape = graph.add("Gather", graph.constant("written", state["shapes.weight"]), "shapes")
    x = _norm(graph, graph.add("Add", graph.add("Add", word, place), shape), "norm", state)
    return graph.add("Unsqueeze", x, "nought")


def build(net: Net) -> bytes:
    """The network as ONNX: pieces, shapes, kept, heads in; scores of shape (heads, TAGS) out; one window."""
    graph, state = Graph(), {name: value.detach() for name, value in net.state_dict().items()}
    x = _embed(graph, state)
    for number in range(LAYERS):
        name = f"layers.{number}"
        if number == net.all_layers:
            x = graph.add("Gather", x, "kept", axis=1)
        seen = _linear(graph, _attention(graph, x, f"{name}.attend_in", state), f"{name}.attend_out", state)
        x = _norm(graph, graph.add("Add", x, seen), f"{name}.attend_norm", state)
        inner = graph.add("Gelu", _linear(graph, x, f"{name}.inner_in", state), domain=MICROSOFT)
        x = _norm(graph, graph.add("Add", x, _linear(graph, inner, f"{name}.inner_out", state)), f"{name}.inner_norm", state)
    if net.all_layers >= LAYERS:
        x = graph.add("Gather", x, "kept", axis=1)
    x = graph.add("Squeeze", graph.add("Gather", x, "heads", axis=1), "nought")
    scores = graph.add("MatMul", x, graph.constant("head.weight", state["head.weight"].T.contiguous()))
    scores = graph.add("Add", scores, graph.constant("head.bias", state["head.bias"]))
    graph.nodes.append(helper.make_node("Identity", [scores], ["scores"]))
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, [name]) for name in ("pieces", "shapes", "kept", "heads")]
    output = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["heads", len(TAGS)])
    constants = [numpy_helper.from_array(np.ascontiguousarray(value), name) for name, value in graph.constants.items()]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "names", inputs, [output], constants),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=IR_VERSION,
        producer_name="disambig",
    )
    checker.check_model(model)
    assert len(state["words.weight"][0]) == WIDTH
    return model.SerializeToString()


def files_of(net: Net, tokenizer: Tokenizer) -> dict[str, bytes]:
    """The files of the component, by name."""
    return {"model.onnx": build(net), "tokenizer.json": tokenizer.to_str().encode()}


def write_pipeline(net: Net, tokenizer: Tokenizer, out: Path) -> None:
    """The spaCy pipeline, into the folder *out*."""
    nlp = spacy.blank("en")
    nlp.add_pipe("disambig_sentences", name="sentences")
    recogniser = nlp.add_pipe("disambig_ner", name="ner")
    assert isinstance(recogniser, Recogniser)
    recogniser.load(files_of(net, tokenizer))
    nlp.meta |= {
        "name": "disambig_names",
        "version": "1.0.0",
        "description": "Finds people, organisations and places in English news text; fine-tuned from all-MiniLM-L6-v2.",
        "license": "Apache-2.0 (base) and CC BY-SA 4.0 (text it learnt from); see README.md",
        "author": "The disambig developers",
        "spacy_version": ">=3.7.0,<4.0.0",
    }
    nlp.to_disk(out)
