"""For PyInstaller, in place of its own hook: PyTorch's libraries and bytecode, no headers, no tests."""

import sys
from pathlib import Path

from PyInstaller.utils.hooks import collect_dynamic_libs, get_package_paths

# These read their own source while they are imported: settings with comments, overloads for TorchScript.
WITH_SOURCE = (
    "torch._decomp.decompositions_for_jvp",
    "torch._export.config",
    "torch._functorch.config",
    "torch.compiler.config",
    "torch.distributed.config",
    "torch.functional",
    "torch.fx.experimental._config",
    "torch.nn.functional",
    "torch.nn.modules.rnn",
    "torch.utils.serialization.config",
)

binaries = collect_dynamic_libs("torch")
if sys.platform != "win32":  # looked for by `import torch`, though only worker processes would start it
    binaries += [(str(Path(get_package_paths("torch")[1], "bin", "torch_shm_manager")), "torch/bin")]
module_collection_mode = {"torch": "pyc", **dict.fromkeys(WITH_SOURCE, "py")}
