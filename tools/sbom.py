"""Writes what Huiyin is made of as a CycloneDX 1.5 document: the libraries of Debian that the programs are linked with or
hold in themselves, what bin/setup installs besides to run and to build them, and the packages of package-lock.json.

    python3 tools/sbom.py [FOLDER of the programs] > huiyin.cdx.json

The versions are those of this machine. Without a time and a random number, so that the same machine writes the same bytes.
"""
import base64
import json
import os
import re
import subprocess
import sys
import urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAMS = ("huiyin", "huiyin-photo", "huiyin-pdf", "huiyin-mail", "huiyin-witness", "huiyin-verify")
# Headers alone: nothing is linked, and an update wants another build.
COMPILED_IN = ("libboost-dev", "libcli11-dev", "libkainjow-mustache-dev", "libtomlplusplus-dev")
RUN = ("bubblewrap", "ca-certificates", "poppler-data")


def lines(*command):
    return subprocess.run(command, text=True, capture_output=True).stdout.splitlines()


def from_setup():
    """The packages of bin/setup without those of its tests."""
    text = open(os.path.join(ROOT, "bin/setup"), encoding="utf-8").read()
    return re.search(r"^packages=\((.*?)\)", text, re.M | re.S)[1].split() + re.findall(r"packages\+=\(([a-z]\S*)\)", text)


def linked(folder):
    """The packages whose libraries the programs load."""
    files = set()
    for program in PROGRAMS:
        for line in lines("ldd", os.path.join(folder, program)):
            found = re.search(r"(?:=>\s*|^\s*)(/\S+)", line)
            if found:
                # /lib is /usr/lib; the list of a package may name either.
                real = os.path.realpath(found[1])
                files |= {found[1], real, re.sub(r"^/usr", "", real)}
    names = set()
    for line in lines("dpkg-query", "-S", *sorted(files)) if files else []:
        names |= {one.split(":")[0].strip() for one in line.rsplit(": ", 1)[0].split(",") if not line.startswith("diversion")}
    return names


def debian(use_of):
    shown = lines("dpkg-query", "-W", "-f", "${Package}\t${Version}\t${Architecture}\t${db:Status-Abbrev}\n", *sorted(use_of))
    for name, version, arch, status in (line.split("\t") for line in shown):
        if status.strip() != "ii":
            continue
        use = use_of[name]
        purl = f"pkg:deb/debian/{urllib.parse.quote(name)}@{urllib.parse.quote(version, safe='')}?arch={arch}"
        yield {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl,
               "scope": "excluded" if use == "build" else "required", "properties": [{"name": "huiyin:use", "value": use}]}


def npm():
    """They build and test the scripts of pages; none of them is in what is served but what esbuild copies of our own."""
    packages = json.load(open(os.path.join(ROOT, "package-lock.json"), encoding="utf-8"))["packages"]
    for place, one in sorted(packages.items()):
        if not place or one.get("link"):
            continue
        name = place.rsplit("node_modules/", 1)[1]
        purl = f"pkg:npm/{urllib.parse.quote(name, safe='/')}@{urllib.parse.quote(one['version'], safe='')}"
        component = {"type": "library", "bom-ref": f"{place} {purl}", "name": name, "version": one["version"], "purl": purl,
                     "scope": "excluded", "properties": [{"name": "huiyin:use", "value": "build"}]}
        if one.get("license"):
            component["licenses"] = [{"expression": one["license"]}]
        hashes = [part.split("-", 1) for part in one.get("integrity", "").split()]
        if hashes:
            component["hashes"] = [{"alg": alg.upper().replace("SHA", "SHA-"), "content": base64.b64decode(text).hex()} for alg, text in hashes]
        yield component


def document(folder):
    version = re.search(r'version = "([^"]+)"', open(os.path.join(ROOT, "src/server/version.h"), encoding="utf-8").read())[1]
    use_of = {name: "compiled in" if name in COMPILED_IN else "run" if name in RUN else "build" for name in from_setup()}
    use_of.update({name: "linked" for name in linked(folder)})
    components = [*debian(use_of), *npm()]
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "huiyin", "name": "huiyin", "version": version,
                                   "licenses": [{"license": {"id": "AGPL-3.0-or-later"}}]}},
        "components": components,
        "dependencies": [{"ref": "huiyin", "dependsOn": [c["bom-ref"] for c in components if c["scope"] == "required"]}],
    }


def faults(bom, folder):
    """What is wrong with a document that document() made."""
    refs = [c["bom-ref"] for c in bom["components"]]
    yield from (f"{ref} stands twice" for ref in sorted(set(refs)) if refs.count(ref) > 1)
    yield from (f"{ref} is no component" for d in bom["dependencies"] for ref in d["dependsOn"] if ref not in refs)
    for c in bom["components"]:
        if not re.fullmatch(r"pkg:(deb/debian/(?:[a-z0-9.-]|%2B)+@[^@?/]+\?arch=\w+|npm/(%40[\w.-]+/)?[\w.-]+@[\w.%+-]+)", c["purl"]):
            yield f"{c['purl']} is no package URL"
        for one in c.get("hashes", ()):
            if len(one["content"]) != {"SHA-512": 128, "SHA-1": 40, "SHA-256": 64, "SHA-384": 96}.get(one["alg"]):
                yield f"{c['name']}: {one['alg']} has another length"
    named = {c["name"]: {p["value"] for p in c["properties"]} for c in bom["components"] if c["purl"].startswith("pkg:deb")}
    yield from (f"{name}, which bin/setup installs, is missing" for name in from_setup()
                if name not in named and name not in ("nodejs", "npm"))  # where they came in another way
    yield from (f"{name} is not compiled in" for name in COMPILED_IN if named.get(name) != {"compiled in"})
    # What ldd names of each program, asked in another way: the libraries that stand in the program itself.
    for program in PROGRAMS:
        wanted = re.findall(r"\(NEEDED\)[^[]*\[([^]]+)\]", "\n".join(lines("readelf", "-d", os.path.join(folder, program))))
        if not wanted:
            yield f"{program} is not there, or links nothing"
        shipped = set()
        for name, uses in named.items():
            if uses == {"linked"}:
                shipped |= {os.path.basename(file) for file in package_files(name)}
        yield from (f"{program}: {library} is of no package that is named" for library in wanted if library not in shipped)
    places = json.load(open(os.path.join(ROOT, "package-lock.json"), encoding="utf-8"))["packages"]
    of_npm = sum(c["purl"].startswith("pkg:npm") for c in bom["components"])
    if of_npm != sum(bool(place) and not one.get("link") for place, one in places.items()):
        yield f"{of_npm} packages of npm, package-lock.json has others"


def package_files(name, kept={}):
    if name not in kept:
        kept[name] = lines("dpkg-query", "-L", name)
    return kept[name]


if __name__ == "__main__":
    json.dump(document(sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "build/release/bin")), sys.stdout, indent=1)
    print()
