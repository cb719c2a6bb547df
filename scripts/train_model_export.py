"""Writes networks as ONNX graphs with 8-bit weights: what train_model.py trained, with the spaCy pipeline around it; and the encoder.

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
    from collections.abc import Sequence
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


def _embed(graph: Graph, state: dict[str, Tensor], *, cased: bool) -> str:
    """The vectors of the pieces at their places; of a network that reads how words are written, *cased*, with that."""
    words = state["words.weight"]
    scale = words.abs().amax(1).clamp(min=1e-8) / 127
    graph.constant("words", (words / scale[:, None]).round().numpy().astype(np.int8))
    graph.constant("words.scale", scale[:, None])
    x = graph.add(
        "Mul", graph.add("Cast", graph.add("Gather", "words", "pieces"), to=TensorProto.FLOAT), graph.add("Gather", "words.scale", "pieces")
    )
    graph.constant("places", state["places.weight"][:MOST_PIECES])
    graph.constant("nought", np.array([0], dtype=np.int64))
    x = graph.add("Add", x, graph.add("Slice", "places", "nought", graph.add("Shape", "pieces"), "nought"))
    if cased:
        x = graph.add("Add", x, graph.add("Gather", graph.constant("written", state["shapes.weight"]), "shapes"))
    return graph.add("Unsqueeze", _norm(graph, x, "norm", state), "nought")


def _layer(graph: Graph, x: str, name: str, state: dict[str, Tensor]) -> str:
    seen = _linear(graph, _attention(graph, x, f"{name}.attend_in", state), f"{name}.attend_out", state)
    x = _norm(graph, graph.add("Add", x, seen), f"{name}.attend_norm", state)
    inner = graph.add("Gelu", _linear(graph, x, f"{name}.inner_in", state), domain=MICROSOFT)
    return _norm(graph, graph.add("Add", x, _linear(graph, inner, f"{name}.inner_out", state)), f"{name}.inner_norm", state)


def build(net: Net) -> bytes:
    """The network as ONNX: pieces, shapes, kept, heads in; scores of shape (heads, TAGS) out; one window."""
    graph, state = Graph(), _state(net)
    x = _embed(graph, state, cased=True)
    for number in range(LAYERS):
        if number == net.all_layers:
            x = graph.add("Gather", x, "kept", axis=1)
        x = _layer(graph, x, f"layers.{number}", state)
    if net.all_layers >= LAYERS:
        x = graph.add("Gather", x, "kept", axis=1)
    x = graph.add("Squeeze", graph.add("Gather", x, "heads", axis=1), "nought")
    scores = graph.add("MatMul", x, graph.constant("head.weight", state["head.weight"].T.contiguous()))
    scores = graph.add("Add", scores, graph.constant("head.bias", state["head.bias"]))
    return _serialised(graph, ("pieces", "shapes", "kept", "heads"), scores, ("scores", ["heads", len(TAGS)]))


def build_encoder(net: Net) -> bytes:
    """The base of the network as ONNX, untuned: the pieces of one text with its two marks in; (WIDTH,), the mean of what it makes, out."""
    graph, state = Graph(), _state(net)
    x = _embed(graph, state, cased=False)
    for number in range(LAYERS):
        x = _layer(graph, x, f"layers.{number}", state)
    both = graph.constant("both", np.array([0, 1], dtype=np.int64))
    return _serialised(graph, ("pieces",), graph.add("ReduceMean", x, both, keepdims=0), ("vector", [WIDTH]))


def _state(net: Net) -> dict[str, Tensor]:
    return {name: value.detach() for name, value in net.state_dict().items()}


def _serialised(graph: Graph, inputs: Sequence[str], made: str, output: tuple[str, list[str | int]]) -> bytes:
    """A model that takes *inputs*, lists of whole numbers, and gives what the node *made* gives, as *output*: name and shape."""
    name, shape = output
    graph.nodes.append(helper.make_node("Identity", [made], [name]))
    given = [helper.make_tensor_value_info(name, TensorProto.INT64, [name]) for name in inputs]
    constants = [numpy_helper.from_array(np.ascontiguousarray(value), name) for name, value in graph.constants.items()]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "names", given, [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)], constants),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=IR_VERSION,
        producer_name="disambig",
    )
    checker.check_model(model)
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
