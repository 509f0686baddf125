"""Vendor fonts and the interactive picture code into shell/ui. For developers; users need neither node nor this.

    cd scripts/vendor && npm install --omit=dev && python build.py [node_modules]

Needs fonttools and brotli (pip install fonttools brotli) for the TrueType fonts that downloads are drawn with.
Writes static/ui/fonts/*.woff2, fonts/*.ttf, static/ui/vendor/vega-bundle.js and vendor.toml.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "src/clusterpolisee/shell/ui"
HERE = Path(__file__).resolve().parent
SUBSETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek")
FONTS = {
    "sofia-sans": ("@fontsource-variable/sofia-sans", "Sofia Sans", "1 1000"),
    "source-serif-4": ("@fontsource-variable/source-serif-4", "Source Serif 4", "200 900"),
}


def main() -> None:
    modules = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "node_modules"
    vendored = []
    faces = []
    for name, (package, family, weights) in FONTS.items():
        css = (modules / package / "index.css").read_text()
        for subset in SUBSETS:
            file = f"{name}-{subset}-wght-normal.woff2"
            copy(modules / package / "files" / file, UI / "static/ui/fonts" / file)
            faces.append(face(family, weights, file, unicode_range(css, f"{name}-{subset}-wght-normal")))
            vendored.append((f"static/ui/fonts/{file}", package, version(modules, package), "OFL-1.1"))
        copy(modules / package / "LICENSE", UI / "static/ui/fonts" / f"LICENSE-{name}.txt")
    (UI / "static/ui/css/fonts.css").write_text("\n".join(faces) + "\n")
    for weight in (400, 700):
        target = UI / "fonts" / f"SofiaSans-{weight}.ttf"
        truetype(modules / FONTS["sofia-sans"][0] / "files", weight, target)
        vendored.append((f"fonts/{target.name}", FONTS["sofia-sans"][0], version(modules, FONTS["sofia-sans"][0]), "OFL-1.1"))
    bundle(modules, UI / "static/ui/vendor/vega-bundle.js")
    for package in ("vega", "vega-lite", "vega-interpreter"):
        vendored.append(("static/ui/vendor/vega-bundle.js", package, version(modules, package), "BSD-3-Clause"))
    record(vendored)


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
    merged["head"].macStyle = 1 if weight == 700 else 0
    merged.save(target)
    for part in parts:
        part.unlink()


def bundle(modules: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    command = [
        str(modules / ".bin/esbuild"), str(HERE / "vega-bundle.js"), "--bundle", "--minify", "--format=esm",
        "--target=es2022", "--legal-comments=none", f"--outfile={target}",
    ]  # fmt: skip
    subprocess.run(command, check=True, env={"NODE_PATH": str(modules), "PATH": "/usr/bin:/bin:/usr/local/bin"})


def record(vendored: list[tuple[str, str, str, str]]) -> None:
    lines = ["# What was not written here, made by scripts/vendor/build.py.", ""]
    for file, package, number, licence in vendored:
        digest = hashlib.sha256((UI / file).read_bytes()).hexdigest()
        lines += ["[[vendored]]", f'file = "shell/ui/{file}"', f'package = "{package}"', f'version = "{number}"', f'licence = "{licence}"', f'sha256 = "{digest}"', ""]
    (ROOT / "vendor.toml").write_text("\n".join(lines))


if __name__ == "__main__":
    main()
