"""What the scripts of pages must not do, found by their text: listen to other windows, and keep or change objects by names
that come from outside. Comments are passed over. SAMPLES holds for each rule what it must find, and what it must not.
"""
import re

COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`\w/])//[^\n]*", re.S)
TYPED_ARRAY = r"(?:Big)?(?:Ui|I)nt\d+(?:Clamped)?Array|Float\d+Array"
MESSAGE = re.compile(r"([\w.$\]\)!?]*?)\b(onmessage(?:error)?|postMessage)\b")
RULES = (
    ("listens to messages of other windows", r"addEventListener\??\.?\(\s*[\"'`]message"),
    ("is a way for messages to other pages", r"\b(BroadcastChannel|MessageChannel|SharedWorker|MessagePort)\b"),
    ("reaches for a prototype", r"__proto__|\bprototype\b|[\"'`.]constructor\b|setPrototypeOf|__define[GS]etter__"),
    ("merges objects", r"\bObject\s*\.\s*(assign|definePropert(y|ies)|fromEntries)\b|\bReflect\s*\.\s*\w+|\.\.\.JSON\b"),
    ("goes through the names of an object", r"\bfor\s*\(\s*(?:const|let|var)\s+\w+\s+in\b"),
    ("makes a name of a value: use a Map", r"[{,]\s*\[[^\]\n]+\]\s*:"),
    ("is a table of names: use a Map", r"\}\s*\[(?![\s\]])|Record<string,[^=;]*>\s*=\s*\{"),
    ("sets what a form or an address names", r"\b(dataset|window|globalThis|self|document)\s*\["),
)
# "x[key] = …", "x[key] += …", "x[key]++", "delete x[key]"; not "==", not "=>".
WRITTEN = re.compile(r"(?:\bdelete\s+)?([\w$.!?\]\[]+?)\[((?:[^\[\]\n]|\[[^\[\]\n]*\])+)\]\s*(?:(?:[-+*/%&|^]|\*\*|<<|>>>?|\?\?|\|\||&&)?=(?![=>])|\+\+|--)")
DELETED = re.compile(r"\bdelete\s+[\w$.!?]+\[")


def faults(text):
    """Each fault as (line, what it does)."""
    bare = COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    line = lambda at: bare.count("\n", 0, at) + 1
    for what, pattern in RULES:
        for found in re.finditer(pattern, bare):
            yield line(found.start()), what
    # A worker that this script started, or this script itself where it is one.
    workers = set(re.findall(r"\bconst\s+(\w+)\s*=\s*new Worker\(", bare))
    if re.search(r"\bif \(typeof document === \"undefined\"\)", bare):
        workers.add("self")
    for found in MESSAGE.finditer(bare):
        if found[1].rstrip("?!.") not in workers or not found[1].endswith("."):
            yield line(found.start()), "passes messages with something else than a worker that it started"
    # Numbers alone name places of a typed array; whatever else is written there is passed over.
    arrays = set(re.findall(rf"\b(\w+)\s*(?::\s*(?:{TYPED_ARRAY})\b|=\s*new (?:{TYPED_ARRAY})\()", bare))
    for found in WRITTEN.finditer(bare):
        if found[1] not in arrays and not re.fullmatch(r"\d+", found[2].strip()):
            yield line(found.start()), "writes under a name that is computed: use a Map"
    for found in DELETED.finditer(bare):
        yield line(found.start()), "deletes under a name that is computed: use a Map"


# (script, whether something must be found in it)
SAMPLES = (
    ('window.addEventListener("message", (e) => show(e.data));', True),
    ("addEventListener('message', show);", True),
    ("window.onmessage = show;", True),
    ("onmessage = show;", True),
    ("self.onmessage = show;", True),
    ("parent.postMessage(form.value, \"*\");", True),
    ("window.opener?.postMessage(1);", True),
    ("frame.contentWindow!.postMessage(1);", True),
    ("postMessage(1);", True),
    ('new BroadcastChannel("x");', True),
    ("const worker = new Worker(script);\nworker.onmessage = show;\nworker.postMessage(1);", False),
    ("const worker = new Worker(script);\nworker.onmessage = show;\nparent.postMessage(1);", True),
    ('function work() { self.onmessage = show; self.postMessage(1); }\nif (typeof document === "undefined") work();', False),
    ("const seen = {};\nseen[event.data.name] = 1;", True),
    ("seen[name] ??= [];", True),
    ("count[name] += 1;", True),
    ("count[name]++;", True),
    ("seen[all[0]] = 1;", True),
    ("tree.a[name].b[key] = 1;", True),
    ("delete seen[name];", True),
    ("if (seen[name] === 1) go();", False),
    ("const one = all.map((x) => seen[x]);\nlist[0] = one;", False),
    ("const w = new Uint32Array(64);\nfor (let i = 0; i < 64; i += 1) w[i] = w[i - 1] + 1;", False),
    ("function f(w: Uint8Array): void { w[at] = 1; }", False),
    ("const w: number[] = [];\nw[at] = 1;", True),
    ("Object.assign(settings, JSON.parse(text));", True),
    ("const all = { ...JSON.parse(text) };", True),
    ("Object.fromEntries(new URLSearchParams(location.search));", True),
    ("Reflect.set(target, name, value);", True),
    ("for (const name in given) use(name);", True),
    ("const one = { [name]: value };", True),
    ("const step = { j: 1, k: -1 }[event.key];", True),
    ('const keys: Record<string, string> = { a: "agree" };', True),
    ("dataset[name];", True),
    ("object.__proto__.x = 1;", True),
    ('object["constructor"];', True),
    ("Array.prototype.map.call(x, f);", True),
    ("// window.onmessage, seen[name] = 1\nshow();", False),
    ('const home = "https://voices.example/";\nshow(home);', False),
    ("const keys = new Map([[\"a\", \"agree\"]]);\nconst vote = keys.get(event.key);", False),
    ("for (const [name, key] of policy.witnesses) there.set(name, key);", False),
)


def wrong_samples():
    """What of SAMPLES is judged otherwise than it says."""
    for text, wanted in SAMPLES:
        if bool(list(faults(text))) != wanted:
            yield ("not found: " if wanted else "found: ") + repr(text)
