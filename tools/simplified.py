"""Makes src/text/simplified.cc out of OpenCC's dictionaries of single characters (libopencc1.1, libopencc-data; Apache-2.0).

    python3 tools/simplified.py          writes it
    python3 tools/simplified.py --check  says whether it is as these dictionaries would make it

The tokens of kept indexes hang on the table: another one asks for another text::token_version.
"""
import ctypes
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TARGET = os.path.join(ROOT, "src/text/simplified.cc")
# Forms of Taiwan and Hong Kong that t2s leaves alone; 著 is 着 in most of its uses, and a text has one fold.
VARIANTS = "著着 衞卫 枱台 敍叙 簷檐 粧妆 糭粽 痺痹 鯰鲇 衹只"


def converter(opencc, name):
    handle = opencc.opencc_open(name)
    return lambda c: ctypes.string_at(opencc.opencc_convert_utf8(handle, c.encode(), len(c.encode()))).decode()


def pairs():
    opencc = ctypes.CDLL("libopencc.so.1.1")
    opencc.opencc_open.restype = opencc.opencc_convert_utf8.restype = ctypes.c_void_p
    opencc.opencc_open.argtypes = [ctypes.c_char_p]
    opencc.opencc_convert_utf8.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]
    simplified = converter(opencc, b"t2s.json")
    found = {}
    for block in (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x323B0)):
        for c in map(chr, block):
            if (to := simplified(c)) != c:
                found[c] = to
    found.update({pair[0]: pair[1] for pair in VARIANTS.split()})
    for c in list(found):
        seen = {c}
        while found[c] in found and found[found[c]] not in seen:
            found[c] = found[found[c]]
        if found[c] == c:
            del found[c]
    assert all(len(to) == 1 and to not in found for to in found.values())
    return [c + to for c, to in sorted(found.items())]


def source():
    all_pairs = pairs()
    lines = ["// Made by tools/simplified.py out of OpenCC's dictionaries of single characters (Apache-2.0); do not edit.",
             '#include "characters.h"', "", "namespace text {", "", "// clang-format off", "const std::string_view simplified_pairs ="]
    lines += ['    "' + "".join(all_pairs[i:i + 36]) + '"' for i in range(0, len(all_pairs), 36)]
    lines[-1] += ";"
    return "\n".join([*lines, "// clang-format on", "", "}  // namespace text", ""])


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(0 if open(TARGET, encoding="utf-8").read() == source() else "src/text/simplified.cc is not as tools/simplified.py makes it")
    open(TARGET, "w", encoding="utf-8").write(source())
