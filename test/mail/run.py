"""Mails as they are sent, each read by huiyin-mail and by Python's own reader of mail: subject, sender, date, text and files
must be the same. What neither can say of them, or what is ours alone, stands beside each mail.
"""
import email
import email.policy
import os
import struct
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the sources stay as they are
import corpus

PROGRAM = os.path.join(os.environ.get("HUIYIN_PROGRAMS", "build/release/bin"), "huiyin-mail")
PARTS = ("id", "subject", "from", "name", "date", "language", "sort", "cut", "text", "answers")
SORTS = ("person", "automatic", "bulk", "bounce")
FATES = ("taken", "too_large", "too_many", "other_kind")
failed = 0


def say(faults, name):
    global failed
    print(("not ok " if faults else "ok ") + "mail: " + name)
    for fault in faults:
        print("    " + fault[:400])
    failed += bool(faults)


def read(raw):
    """What huiyin-mail says of these bytes; its exit code when it says nothing."""
    with tempfile.TemporaryFile() as file:
        file.write(raw)
        file.seek(0)
        done = subprocess.run([PROGRAM], stdin=file, capture_output=True, env={}, timeout=120)
    if done.returncode:
        return done.returncode
    parts, out = [], done.stdout
    while out:
        (length,) = struct.unpack(">I", out[:4])
        parts.append(out[4:4 + length])
        out = out[4 + length:]
    said = dict(zip(PARTS, (part.decode("utf-8", "replace") for part in parts)))
    said["sort"] = SORTS[int(said["sort"])]
    said["raw"] = done.stdout
    said["files"] = [(parts[i].decode("utf-8", "replace"), FATES[int(parts[i + 1])], int(parts[i + 2]), parts[i + 3])
                     for i in range(len(PARTS), len(parts), 4)]
    return said


def words(text):
    return text.split()


def second_opinion(raw):
    message = email.message_from_bytes(raw, policy=email.policy.default)
    body = message.get_body(("plain",))
    sender = message["From"].addresses[0] if message["From"] else None
    date = message["Date"].datetime if message["Date"] else None
    try:
        text = body.get_content() if body else None
    except LookupError:  # of a charset that it does not know
        text = None
    return {
        "subject": str(message["Subject"] or ""),
        "from": sender.addr_spec if sender else "",
        "name": sender.display_name if sender else "",
        "date": str(int(date.timestamp())) if date else "",
        "text": text,
        "files": [(part.get_filename() or "", part.get_payload(decode=True)) for part in message.walk()
                  if not part.is_multipart() and part.get_content_disposition() == "attachment"],
    }


def faults(mail):
    said = read(mail.raw)
    if isinstance(said, int):
        return [] if said == mail.ours.get("exit") else [f"it ended with {said}"]
    if "exit" in mail.ours:
        return ["it was read"]
    found = []
    other = second_opinion(mail.raw)
    for field in ("subject", "from", "name", "date"):
        wanted = mail.ours.get(field, other[field])
        if words(said[field]) != words(wanted):
            found.append(f"{field}: {said[field]!r}, not {wanted!r}")
    for field in ("id", "language", "sort", "cut", "answers"):
        if field in mail.ours and said[field] != mail.ours[field]:
            found.append(f"{field}: {said[field]!r}, not {mail.ours[field]!r}")
    text = mail.ours.get("text", other["text"])
    if text is not None and words(said["text"]) != words(text):
        found.append(f"text: {said['text']!r}, not {text!r}")
    if "lines" in mail.ours and said["text"].replace("\r\n", "\n").strip() != mail.ours["lines"]:
        found.append(f"lines: {said['text']!r}, not {mail.ours['lines']!r}")
    if "files" in mail.ours:
        if [file[:3] for file in said["files"]] != mail.ours["files"]:
            found.append(f"files: {[file[:3] for file in said['files']]}, not {mail.ours['files']}")
    else:
        if [(name, content) for name, fate, size, content in said["files"] if fate == "taken"] != other["files"]:
            found.append(f"files: {[file[:3] for file in said['files']]}, not {[f[0] for f in other['files']]}")
    for trace in corpus.MACHINES:
        if trace in said["raw"]:
            found.append(f"{trace.decode()} is in what it says")
    return found


seen = 0
for mail in corpus.mails():
    say(faults(mail), mail.name)
    seen += 1
say([] if seen >= 30 else [f"only {seen} mails"], f"{seen} mails were tried")
sys.exit(1 if failed else 0)
