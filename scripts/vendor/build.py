"""Vendor fonts and the interactive picture code into shell/ui. For developers; users need neither node nor this.

    cd scripts/vendor && npm install --omit=dev && python build.py [node_modules]

Needs fonttools and brotli (pip install fonttools brotli) for the TrueType fonts that downloads are drawn with.
Writes static/ui/fonts/*.woff2, fonts/*.ttf, static/ui/vendor/vega-bundle.js and vendor.toml.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import build_css

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "src/clusterpolisee/shell/ui"
HERE = Path(__file__).resolve().parent
SUBSETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek")
PACKAGE = re.compile(r"node_modules/((?:@[^/]+/)?[^/]+)/(?!.*node_modules/)")
FONTS = {
    "sofia-sans": ("@fontsource-variable/sofia-sans", "Sofia Sans", "1 1000"),
    "source-serif-4": ("@fontsource-variable/source-serif-4", "Source Serif 4", "200 900"),
}


class Vendored(NamedTuple):
    """One file of ours, and one package in it."""

    file: str
    package: str
    version: str
    licence: str


def main() -> None:
    modules = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "node_modules"
    vendored = [*fonts(modules), *bundle(modules, UI / "static/ui/vendor/vega-bundle.js")]
    record(vendored)
    build_css.BUILT.write_text(build_css.together(), encoding="utf-8")


def fonts(modules: Path) -> list[Vendored]:
    """Both families for the pages, and the sans in two weights for pictures drawn on the server."""
    vendored, faces = [], []
    for name, (package, family, weights) in FONTS.items():
        css = (modules / package / "index.css").read_text()
        for subset in SUBSETS:
            file = f"{name}-{subset}-wght-normal.woff2"
            copy(modules / package / "files" / file, UI / "static/ui/fonts" / file)
            faces.append(face(family, weights, file, unicode_range(css, f"{name}-{subset}-wght-normal")))
            vendored.append(
                Vendored(f"static/ui/fonts/{file}", package, version(modules, package), "OFL-1.1")
            )
        copy(modules / package / "LICENSE", UI / "static/ui/fonts" / f"LICENSE-{name}.txt")
    (UI / "css/10-fonts.css").write_text("\n".join(faces) + "\n")
    sans = FONTS["sofia-sans"][0]
    for weight in (400, 700):
        target = UI / "fonts" / f"SofiaSans-{weight}.ttf"
        truetype(modules / sans / "files", weight, target)
        vendored.append(Vendored(f"fonts/{target.name}", sans, version(modules, sans), "OFL-1.1"))
    return vendored


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def version(modules: Path, package: str) -> str:
    return str(json.loads((modules / package / "package.json").read_text())["version"])


def unicode_range(css: str, name: str) -> str:
    block = css.split(f"/* {name} */", 1)[1]
    found = re.search(r"unicode-range:\s*([^;]+);", block)
    if found is None:
        sys.exit(f"{name} has no unicode-range")
    return found[1]


def face(family: str, weights: str, file: str, covers: str) -> str:
    return (
        f"@font-face{{font-family:'{family}';font-style:normal;font-display:swap;font-weight:{weights};"
        f"src:url(../fonts/{file}) format('woff2');unicode-range:{covers}}}"
    )


def truetype(files: Path, weight: int, target: Path) -> None:
    """One static font with all subsets, for drawing pictures on the server."""
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    parts = []
    for subset in SUBSETS:
        font = TTFont(files / f"sofia-sans-{subset}-wght-normal.woff2")
        instance = instantiateVariableFont(font, {"wght": weight})
        instance.flavor = None
        for table in ("GSUB", "GPOS", "GDEF", "STAT"):
            if table in instance:
                del instance[table]
        part = target.with_suffix(f".{subset}.part")
        part.parent.mkdir(parents=True, exist_ok=True)
        instance.save(part)
        parts.append(part)
    merged = Merger().merge([str(part) for part in parts])
    for record_ in merged["name"].names:
        if record_.nameID in (1, 16):
            record_.string = "Sofia Sans"
        if record_.nameID in (2, 17):
            record_.string = "Bold" if weight == 700 else "Regular"
    merged["OS/2"].usWeightClass = weight
    # The same fonts give the same bytes on every day.
    merged["head"].created = merged["head"].modified = font["head"].modified
    merged.recalcTimestamp = False
    merged["head"].macStyle = 1 if weight == 700 else 0
    merged.save(target)
    for part in parts:
        part.unlink()


def bundle(modules: Path, target: Path) -> list[Vendored]:
    """Vega and what it stands on in one file, with the licence of every package that is in it beside it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    inputs = target.with_suffix(".json")
    command = [
        str(modules / ".bin/esbuild"), str(HERE / "vega-bundle.js"), "--bundle", "--minify", "--format=esm",
        "--target=es2022", "--legal-comments=none", f"--outfile={target}", f"--metafile={inputs}",
    ]  # fmt: skip
    subprocess.run(command, check=True, env={"NODE_PATH": str(modules), "PATH": os.environ["PATH"]})
    output = next(iter(json.loads(inputs.read_text())["outputs"].values()))
    inputs.unlink()
    # Only what is in the output: much of what was read was shaken off.
    used = {name for name, share in output["inputs"].items() if share["bytesInOutput"]}
    packages = sorted({found[1] for name in used if (found := PACKAGE.search(name))})
    notices = [f"{package}\n\n{licence_text(modules / package)}" for package in packages]
    target.with_name("LICENSES-vega-bundle.txt").write_text(f"\n\n{'-' * 70}\n\n".join(notices) + "\n")
    file = target.relative_to(UI).as_posix()
    return [
        Vendored(file, package, version(modules, package), licence(modules, package)) for package in packages
    ]


def licence(modules: Path, package: str) -> str:
    return str(json.loads((modules / package / "package.json").read_text())["license"])


def licence_text(folder: Path) -> str:
    found = sorted(folder.glob("LICEN[SC]E*"))
    if not found:
        sys.exit(f"{folder.name} comes without the text of its licence; look at it before vendoring it.")
    return found[0].read_text().strip()


def record(vendored: list[Vendored]) -> None:
    lines = ["# What was not written here, made by scripts/vendor/build.py.", ""]
    for one in vendored:
        digest = hashlib.sha256((UI / one.file).read_bytes()).hexdigest()
        lines += [
            "[[vendored]]",
            f'file = "src/clusterpolisee/shell/ui/{one.file}"',
            f'package = "{one.package}"',
            f'version = "{one.version}"',
            f'licence = "{one.licence}"',
            f'sha256 = "{digest}"',
            "",
        ]
    (ROOT / "vendor.toml").write_text("\n".join(lines))


if __name__ == "__main__":
    main()
