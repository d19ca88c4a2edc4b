"""What of the packages in the lock file is left out of the bundle, each part with its reason."""

from __future__ import annotations

import fnmatch
from typing import NamedTuple


class Part(NamedTuple):
    """Something that is left out.

    Attributes:
        name: what it is, as the table in docs/releasing.md has it.
        why: how we know that nothing needs it.
        modules: packages of Python, each with all inside it.
        files: patterns of paths in the bundle, with ``/``; matched without regard to case.
    """

    name: str
    why: str
    modules: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


# The distribution's packages of these are in linux.DEPENDS.
SYSTEM_LIBRARIES = (
    "libEGL",
    "libGL",
    "libGLX",
    "libX11",
    "libX11-xcb",
    "libXau",
    "libXdmcp",
    "libbsd",
    "libcap",
    "libdbus-1",
    "libexpat",
    "libfontconfig",
    "libfreetype",
    "libgcc_s",
    "libgcrypt",
    "libglib-2.0",
    "libgmodule-2.0",
    "libgobject-2.0",
    "libgpg-error",
    "libgthread-2.0",
    "liblz4",
    "libmd",
    "libpcre2-8",
    "libpng16",
    "libbrotlicommon",
    "libbrotlidec",
    "libstdc++",
    "libsystemd",
    "libuuid",
    "libwayland-client",
    "libwayland-cursor",
    "libwayland-egl",
    "libxcb",
    "libxkbcommon",
    "libz",
)
GTK_LIBRARIES = (
    "libatk-1.0",
    "libatk-bridge-2.0",
    "libatspi",
    "libblkid",
    "libcairo",
    "libcairo-gobject",
    "libcom_err",
    "libdatrie",
    "libepoxy",
    "libfribidi",
    "libgdk-3",
    "libgdk_pixbuf-2.0",
    "libgio-2.0",
    "libgraphite2",
    "libgssapi_krb5",
    "libgtk-3",
    "libharfbuzz",
    "libjpeg",
    "libk5crypto",
    "libkeyutils",
    "libkrb5",
    "libkrb5support",
    "libmount",
    "libpango-1.0",
    "libpangocairo-1.0",
    "libpangoft2-1.0",
    "libpixman-1",
    "libselinux",
    "libthai",
    "libtinfo",
    "libXcomposite",
    "libXcursor",
    "libXdamage",
    "libXext",
    "libXfixes",
    "libXi",
    "libXinerama",
    "libXrandr",
    "libXrender",
    "libreadline",
)

PARTS = (
    Part(
        "torch: compiler, ONNX, tools",
        "loaded by torch.compile, torch.export and torch.onnx alone, which the engine never calls",
        modules=(
            "torch._dynamo",
            "torch._inductor",
            "torch._numpy",
            "torch.onnx",
            "torch.ao.ns",
            "torch.ao.pruning",
            "torch.utils.benchmark",
            "torch.utils.bottleneck",
            "torch.utils.jit",
            "torch.utils.model_dump",
            "torch.utils.tensorboard",
            "torch.utils.viz",
            "torch.fx.experimental.symbolic_shapes",
            "torch.fx.experimental.validator",
            "caffe2",
            "expecttest",
            "fsspec",
            "functorch",
            "jinja2",
            "markupsafe",
            "mpmath",
            "networkx",
            "pandas",
            "scipy",
            "sympy",
            "tensorboard",
        ),
    ),
    Part(
        "torch: training on many machines",
        "the engine trains in one process; what `import torch` itself loads of it stays",
        modules=(
            "torch.distributed._composable",
            "torch.distributed._local_tensor",
            "torch.distributed._shard",
            "torch.distributed._sharded_tensor",
            "torch.distributed._sharding_spec",
            "torch.distributed._tensor",
            "torch.distributed._tools",
            "torch.distributed.benchmarks",
            "torch.distributed.checkpoint",
            "torch.distributed.elastic",
            "torch.distributed.fsdp",
            "torch.distributed.launcher",
            "torch.distributed.nn",
            "torch.distributed.optim",
            "torch.distributed.pipelining",
            "torch.distributed.tensor",
        ),
    ),
    Part(
        "torch: its own tests",
        "`import torch` loads two of these modules, which stay; the others test operators",
        modules=(
            "torch.testing._internal.codegen",
            "torch.testing._internal.common_cuda",
            "torch.testing._internal.common_device_type",
            "torch.testing._internal.common_methods_invocations",
            "torch.testing._internal.common_modules",
            "torch.testing._internal.common_quantized",
            "torch.testing._internal.common_utils",
            "torch.testing._internal.composite_compliance",
            "torch.testing._internal.custom_op_db",
            "torch.testing._internal.distributed",
            "torch.testing._internal.hop_db",
            "torch.testing._internal.inductor_utils",
            "torch.testing._internal.opinfo",
            "torch.testing._internal.optests",
            "torch.testing._internal.triton_utils",
        ),
        files=(
            "torch/lib/*aoti_custom_ops*",
            "torch/lib/*torchbind_test*",
            "torch/lib/*backend_with_compiler*",
            "torch/lib/*jitbackend_test*",
        ),
    ),
    Part(
        "torchvision",
        "nothing imports it yet (docs/decisions.md, 4)",
        modules=("torchvision",),
    ),
    Part(
        "tools for developing",
        "they are in the environment, not in the program",
        modules=(
            "Cython",
            "IPython",
            "_distutils_hack",
            "_pytest",
            "distutils",
            "ensurepip",
            "hypothesis",
            "idlelib",
            "lib2to3",
            "mypy",
            "numpy.distutils",
            "numpy.f2py",
            "pip",
            "pkg_resources",
            "pydoc_data",
            "pygments",
            "pytest",
            "readline",  # GNU's, under the GPL; and nobody types here
            "rich",
            "setuptools",
            "tkinter",
            "turtle",
            "xmlrpc",
        ),
        files=("*.dist-info/*",),  # the licences are collected apart
    ),
    Part(
        "network",
        "neither engine nor gui imports ssl, http or urllib.request; nothing is fetched",
        modules=("ssl", "_ssl", "_hashlib", "PySide6.QtNetwork"),
        files=(
            "*/plugins/tls/*",
            "*/plugins/networkinformation/*",
            "*qt6network*",
            "*/qtnetwork*",
        ),
    ),
    Part(
        "pyqtgraph: what draws no curve",
        "gui/widgets/curves.py uses PlotWidget alone",
        modules=("pyqtgraph.examples", "pyqtgraph.jupyter", "pyqtgraph.opengl", "OpenGL", "matplotlib"),
    ),
    Part(
        "Qt: other displays, devices, languages",
        "a desktop has X11 or Wayland; the window speaks English and Japanese; pictures are read by Pillow",
        modules=("PySide6.QtDBus",),
        files=(
            "*/plugins/egldeviceintegrations/*",
            "*/plugins/generic/*",
            "*/plugins/platforms/*eglfs*",
            "*/plugins/platforms/*linuxfb*",
            "*/plugins/platforms/*minimal*",
            "*/plugins/platforms/*vkkhr*",
            "*/plugins/platforms/*vnc*",
            "*/plugins/platforms/*direct2d*",
            "*/plugins/imageformats/*icns*",
            "*/plugins/imageformats/*tga*",
            "*/plugins/imageformats/*tiff*",
            "*/plugins/imageformats/*wbmp*",
            "*/plugins/imageformats/*pdf*",
            "*/plugins/printsupport/*",
            "*qt6eglfs*",
            "*/translations/qt_*",
            "*/translations/qtbase_[!ej]*",
            "*/translations/qtbase_e[!n]*",
        ),
    ),
    Part(
        "Windows: OpenGL in software",
        "widgets are painted without OpenGL",
        files=("*opengl32sw.dll", "*d3dcompiler_*.dll"),
    ),
    Part(
        "Linux: libraries that every desktop has",
        "the package depends on them; the system's own fit its fonts, display and drivers",
        files=tuple(f"{stem}.so*" for stem in SYSTEM_LIBRARIES),
    ),
    Part(
        "Linux: GTK",
        "Qt's GNOME theme loads the system's where GNOME runs, and does without elsewhere",
        files=tuple(f"{stem}.so*" for stem in GTK_LIBRARIES),
    ),
)


def left_out(path: str) -> Part | None:
    """Return the part that ``path``, relative to the bundle, belongs to; None for what stays."""
    plain = path.replace("\\", "/").lower()
    for part in PARTS:
        if any(fnmatch.fnmatchcase(plain, pattern.lower()) for pattern in part.files):
            return part
    return None


def modules() -> list[str]:
    """Return the packages of Python that are left out."""
    return [module for part in PARTS for module in part.modules]
