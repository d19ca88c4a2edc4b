"""The portable archive: unpacked anywhere, it runs from there and installs nothing."""

from __future__ import annotations

import lzma
import tarfile
from pathlib import Path

from console import ROOT, say

from bundle import linux_system, linux_tree
from bundle.freeze import source_date
from engine import __version__

README = """\
Digit Dojo {version}

English: unpack this folder anywhere and start the program "digit-dojo" in it. Nothing is installed and
nothing is fetched. To remove it, delete the folder. Your documents stay where you saved them; settings and
untitled documents are in ~/.local/share/digit-dojo. "digit-dojo-engine --help" lists the commands that need
no window.

日本語: このフォルダーを好きな場所に展開し、中の「digit-dojo」を起動してください。
インストールもインターネット接続も要りません。削除するにはフォルダーを消すだけです。
ドキュメントは保存した場所に残り、設定と無題のドキュメントは ~/.local/share/digit-dojo にあります。
「digit-dojo-engine --help」で、ウィンドウなしで使うコマンドを一覧できます。

Debian packages that it needs; a desktop has them
必要な Debian パッケージ。通常のデスクトップには入っています
{depends}
fonts-noto-cjk (for Japanese / 日本語の表示に必要)

Licences / ライセンス: _internal/assets/licences
"""


def build(bundle: Path, target: Path) -> Path:
    """Pack the bundle as ``digit-dojo-VERSION-linux-ARCHITECTURE.tar.xz``; return the archive."""
    name = f"digit-dojo-{__version__}"
    package = target / f"{name}-linux-{linux_tree.architecture()}.tar.xz"
    say(f"Packing {package.name} ...")
    depends = "\n".join(linux_system.depends(bundle))
    extra = {
        "README.txt": README.format(version=__version__, depends=depends).encode(),
        "CHANGELOG.md": (ROOT / "CHANGELOG.md").read_bytes(),
        "LICENSE": (ROOT / "LICENSE").read_bytes(),
    }
    for file_name, data in extra.items():
        (bundle / file_name).write_bytes(data)
    try:
        linux_tree.set_dates_and_modes(bundle)
        with lzma.open(package, "wb", preset=9) as stream, tarfile.open(fileobj=stream, mode="w") as archive:
            for path in linux_system.files_of(bundle):
                archive.add(path, f"{name}/{path.relative_to(bundle)}", recursive=False, filter=_nobodys)
    finally:
        for file_name in extra:
            (bundle / file_name).unlink()
    return package


def _nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = source_date()
    return entry
