"""Generate ``router/wire/pb`` from the .proto files: ``python proto/generate.py [output directory]``.

A test proves that what is committed is what this generates.
"""

import re
import sys
from importlib.resources import files
from pathlib import Path

from grpc_tools import protoc

PROTO = Path(__file__).resolve().parent
PACKAGE = "router.wire.pb"
COMMITTED = PROTO.parent / "router" / "wire" / "pb"


def generate(output: Path) -> None:
    """Write the Python code of all messages below ``output``.

    protoc imports by the path below ``proto/``; the imports are turned into those of our package.

    Raises:
        RuntimeError: protoc found something wrong and has printed it.
    """
    sources = sorted(str(path.relative_to(PROTO)) for path in PROTO.glob("selat/**/*.proto"))
    output.mkdir(parents=True, exist_ok=True)
    well_known = files("grpc_tools") / "_proto"
    arguments = [
        "protoc", f"-I{PROTO}", f"-I{well_known}", f"--python_out={output}", f"--pyi_out={output}", *sources
    ]  # fmt: skip
    if protoc.main(arguments) != 0:
        raise RuntimeError("protoc failed")
    for path in output.glob("selat/**/*.py*"):
        code = re.sub(r"^from selat", f"from {PACKAGE}.selat", path.read_text(), flags=re.MULTILINE)
        path.write_text(code)
    for folder in (output, output / "selat", output / "selat" / "v1"):
        (folder / "__init__.py").write_text("")


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else COMMITTED)
