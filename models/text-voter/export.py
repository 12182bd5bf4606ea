"""The trained text voter as one ONNX file whose weights are whole numbers of eight bits.

The graph takes `ids`, the numbers of the word pieces as floats [1, n], and answers `answers` [1, 1 + kinds]: harm first, as logits. Weights become
floats when a runtime opens the file (DequantizeLinear, one scale an output), so every machine computes in 32 bit floats; the table of word pieces stays
as it is, a scale a row.
"""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HEADS = 12
EPSILON = 1e-12  # of BERT's norms


class Graph:
    """Nodes and weights under names of their own."""

    def __init__(self):
        self.nodes, self.weights = [], []

    def constant(self, name, array):
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind, inputs, name, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def matrix(self, name, weight):
        """[in, out] in eight bits, a scale an output."""
        scale = np.maximum(np.abs(weight).max(0), 1e-8) / 127
        whole = np.rint(weight / scale).astype(np.int8)
        inputs = [self.constant(f"{name}.whole", whole), self.constant(f"{name}.scale", scale.astype(np.float32))]
        return self.node("DequantizeLinear", inputs, name, axis=1)

    def linear(self, name, x, weight, bias):
        product = self.node("MatMul", [x, self.matrix(f"{name}.weight", weight.T)], f"{name}.product")
        return self.node("Add", [product, self.constant(f"{name}.bias", bias)], name)

    def norm(self, name, x, weight, bias):
        inputs = [x, self.constant(f"{name}.weight", weight), self.constant(f"{name}.bias", bias)]
        return self.node("LayerNormalization", inputs, name, axis=-1, epsilon=EPSILON)


def export(weights, head):
    """The bytes of the file. `weights`: names of BERT to arrays; `head`: weight [1 + kinds, width] and bias."""
    graph = Graph()
    table = weights["embeddings.word_embeddings.weight"]
    scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
    width = table.shape[1]
    ids = graph.node("Cast", ["ids"], "numbers", to=TensorProto.INT64)
    rows = graph.node("Gather", [graph.constant("pieces.whole", np.rint(table / scale).astype(np.int8)), ids], "rows.whole")
    rows = graph.node("Cast", [rows], "rows.float", to=TensorProto.FLOAT)
    scales = graph.node("Gather", [graph.constant("pieces.scale", scale.astype(np.float32)), ids], "rows.scale")
    rows = graph.node("Mul", [rows, scales], "rows")
    # Every text is the first of its pair, so its kind is added to every place.
    places = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    shape = graph.node("Shape", ["ids"], "shape", start=1)
    start = graph.constant("zero", np.array([0], dtype=np.int64))
    places = graph.node("Slice", [graph.constant("places.all", places), start, shape, start], "places")
    x = graph.node("Add", [rows, places], "placed")
    x = graph.norm("norm", x, weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"])

    split = graph.constant("split", np.array([0, -1, HEADS, width // HEADS], dtype=np.int64))
    join = graph.constant("join", np.array([0, -1, width], dtype=np.int64))
    root = graph.constant("root", np.array((width // HEADS) ** -0.5, dtype=np.float32))
    for layer in range(1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))):
        of = lambda part: (weights[f"encoder.layer.{layer}.{part}.weight"], weights[f"encoder.layer.{layer}.{part}.bias"])  # noqa: E731
        name = f"layer{layer}"

        def headed(part, order):
            flat = graph.linear(f"{name}.{part}", x, *of(f"attention.self.{part}"))
            return graph.node("Transpose", [graph.node("Reshape", [flat, split], f"{name}.{part}.split")], f"{name}.{part}.heads", perm=order)

        query, key, value = headed("query", [0, 2, 1, 3]), headed("key", [0, 2, 3, 1]), headed("value", [0, 2, 1, 3])
        meets = graph.node("Mul", [graph.node("MatMul", [query, key], f"{name}.meets"), root], f"{name}.scaled")
        seen = graph.node("MatMul", [graph.node("Softmax", [meets], f"{name}.shares", axis=-1), value], f"{name}.seen")
        seen = graph.node("Reshape", [graph.node("Transpose", [seen], f"{name}.turned", perm=[0, 2, 1, 3]), join], f"{name}.joined")
        seen = graph.linear(f"{name}.out", seen, *of("attention.output.dense"))
        x = graph.norm(f"{name}.norm", graph.node("Add", [seen, x], f"{name}.kept"), *of("attention.output.LayerNorm"))
        wide = graph.node("Gelu", [graph.linear(f"{name}.wide", x, *of("intermediate.dense"))], f"{name}.gelu")
        narrow = graph.linear(f"{name}.narrow", wide, *of("output.dense"))
        x = graph.norm(f"{name}.end", graph.node("Add", [narrow, x], f"{name}.added"), *of("output.LayerNorm"))

    mean = graph.node("ReduceMean", [x, graph.constant("along", np.array([1], dtype=np.int64))], "mean", keepdims=0)
    weight, bias = head
    graph.node("Gemm", [mean, graph.constant("head.weight", weight), graph.constant("head.bias", bias)], "answers", transB=1)
    made = helper.make_graph(
        graph.nodes,
        "text-voter",
        [helper.make_tensor_value_info("ids", TensorProto.FLOAT, [1, "n"])],
        [helper.make_tensor_value_info("answers", TensorProto.FLOAT, [1, len(bias)])],
        graph.weights,
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString(deterministic=True)
