"""An export of a log, read, changed and written again: what an attacker does who may even have the log's key."""
import base64
import hashlib
import json
import os
import subprocess
import tempfile

WIDTH = 256


def sha(data):
    return hashlib.sha256(data).digest()


def node(left, right):
    return sha(b"\1" + left + right)


def root(hashes):
    if not hashes:
        return sha(b"")
    if len(hashes) == 1:
        return hashes[0]
    k = 1 << (len(hashes) - 1).bit_length() - 1
    return node(root(hashes[:k]), root(hashes[k:]))


def number(n):
    digits = str(n)
    digits = "0" * (-len(digits) % 3) + digits
    groups = [digits[i:i + 3] for i in range(0, len(digits), 3)]
    return "/".join(["x" + g for g in groups[:-1]] + groups[-1:])


def bundle_name(folder, n, width):
    return f"{folder}/{number(n)}" + (f".p/{width}" if width < WIDTH else "")


class Log:
    """entries: a list of [leaf bytes, payload line without its line feed]"""

    def __init__(self, folder):
        self.checkpoint = open(f"{folder}/checkpoint", encoding="utf-8").read()
        self.key = open(f"{folder}/key", encoding="utf-8").read()
        self.origin, size = self.checkpoint.split("\n")[:2]
        self.entries = []
        for n in range((int(size) + WIDTH - 1) // WIDTH):
            width = min(WIDTH, int(size) - n * WIDTH)
            raw = open(f"{folder}/{bundle_name('tile/entries', n, width)}", "rb").read()
            lines = open(f"{folder}/{bundle_name('payloads', n, width)}", "rb").read().split(b"\n")
            for i in range(width):
                length = int.from_bytes(raw[:2], "big")
                self.entries.append([raw[2:2 + length], lines[i]])
                raw = raw[2 + length:]

    def renumber(self):
        for i, entry in enumerate(self.entries):
            line = json.loads(entry[1])
            line["index"] = i
            entry[1] = canonical(line)

    def write(self, folder, sign=None):
        """Bundles and tiles of the entries; the checkpoint as it was, or signed anew by sign(body)."""
        def put(name, content):
            os.makedirs(os.path.dirname(f"{folder}/{name}"), exist_ok=True)
            open(f"{folder}/{name}", "wb").write(content)
        size = len(self.entries)
        for n in range((size + WIDTH - 1) // WIDTH):
            part = self.entries[n * WIDTH:(n + 1) * WIDTH]
            put(bundle_name("tile/entries", n, len(part)), b"".join(len(e[0]).to_bytes(2, "big") + e[0] for e in part))
            put(bundle_name("payloads", n, len(part)), b"".join(e[1] + b"\n" for e in part))
        hashes = [sha(b"\0" + e[0]) for e in self.entries]
        whole, level = hashes, 0
        while hashes:
            for n in range((len(hashes) + WIDTH - 1) // WIDTH):
                part = hashes[n * WIDTH:(n + 1) * WIDTH]
                put(bundle_name(f"tile/{level}", n, len(part)), b"".join(part))
            hashes = [root(hashes[i:i + WIDTH]) for i in range(0, len(hashes) // WIDTH * WIDTH, WIDTH)]
            level += 1
        body = f"{self.origin}\n{size}\n{base64.b64encode(root(whole)).decode()}\n"
        put("checkpoint", (sign(body) if sign else self.checkpoint).encode())
        put("key", self.key.encode())


def canonical(value):
    """RFC 8785 for what these payloads hold: ASCII names, integers, text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def commit(payload, salt):
    import hmac
    return base64.b64encode(hmac.new(salt, payload, hashlib.sha256).digest()).decode()


def signer(name, seed):
    """Signs bodies as the log does, by OpenSSL's command line; returns (sign, key in its text form)."""
    der = bytes.fromhex("302e020100300506032b657004220420") + seed
    pem = f"-----BEGIN PRIVATE KEY-----\n{base64.b64encode(der).decode()}\n-----END PRIVATE KEY-----\n"
    public = subprocess.run(["openssl", "pkey", "-pubout", "-outform", "DER"], input=pem.encode(), capture_output=True, check=True).stdout[-32:]
    key_id = sha(name.encode() + b"\n\1" + public)[:4]

    def sign(body):
        with tempfile.TemporaryDirectory() as at:
            open(f"{at}/key", "w").write(pem)
            open(f"{at}/body", "w").write(body)
            made = subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", f"{at}/key", "-rawin", "-in", f"{at}/body"], capture_output=True, check=True).stdout
        return f"{body}\n— {name} {base64.b64encode(key_id + made).decode()}\n"
    return sign, f"{name}+{key_id.hex()}+{base64.b64encode(bytes([1]) + public).decode()}"


def seed_of(key_file):
    """From "PRIVATE+KEY+<origin>+<id>+<base64(01 || seed)>"."""
    return base64.b64decode(open(key_file, encoding="utf-8").read().strip().split("+", 4)[4])[1:]
