"""The mails of run.py: by Python's own writer of mail where it can, by hand where mail is wrong or odd."""
import base64
import email.message
import email.policy
import quopri
from dataclasses import dataclass, field

# Machines that a mail passed: none may be in what is handed over.
MACHINES = (b"203.0.113.77", b"2001:db8::77", b"laptop.lan", b"mx.example.org", b"192.0.2.5", b"Thunderlook")
RECEIVED = (
    b"Received: from laptop.lan (laptop.lan [203.0.113.77]) by mx.example.org with ESMTPSA; Fri, 27 Nov 2026 08:00:00 +0800\n"
    b"Received: from [192.0.2.5] ([2001:db8::77]) by mx.example.org; Fri, 27 Nov 2026 08:00:00 +0800\n"
    b"X-Originating-IP: [203.0.113.77]\nX-Mailer: Thunderlook 9 on laptop.lan\n")
HEAD = (RECEIVED + b"Message-ID: <one@example.net>\nDate: Fri, 27 Nov 2026 08:00:00 +0800\n"
        b"From: Ming Li <ming@example.net>\nTo: voices@example.com\nMIME-Version: 1.0\n")
SIMPLIFIED = "我们小区门口的路灯坏了三个星期,晚上老人出门很危险,请尽快修理。"
TRADITIONAL = "我們社區門口的路燈壞了三個星期,晚上老人出門很危險,請儘快修理。"
ENGLISH = "The street lamp in front of our house has been broken for three weeks."
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 20


@dataclass
class Mail:
    name: str
    raw: bytes
    ours: dict = field(default_factory=dict)


def made(text, charset="utf-8", transfer="base64", subject="Lamp", **more):
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["Message-ID"] = "<one@example.net>"
    message["Date"] = "Fri, 27 Nov 2026 08:00:00 +0800"
    message["From"] = more.get("sender", "李明 <ming@example.net>")
    message["Subject"] = subject
    message.set_content(text, charset=charset, cte=transfer)
    return message


def raw_text(charset, text, transfer="base64", label=None, header=b"Subject: Lamp\n"):
    content = text if isinstance(text, bytes) else text.encode(charset)
    body = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}[transfer](content)
    kind = f'text/plain; charset="{charset if label is None else label}"' if label != "" else "text/plain"
    return HEAD + header + f"Content-Type: {kind}\nContent-Transfer-Encoding: {transfer}\n\n".encode() + body


def charsets():
    for charset, text, language in (("gb18030", SIMPLIFIED, "zh-Hans"), ("gbk", SIMPLIFIED, "zh-Hans"), ("gb2312", SIMPLIFIED, "zh-Hans"),
                                    ("big5", TRADITIONAL, "zh-Hant"), ("utf-8", TRADITIONAL, "zh-Hant"), ("utf-16", SIMPLIFIED, "zh-Hans"),
                                    ("utf-7", SIMPLIFIED, "zh-Hans"), ("us-ascii", ENGLISH, "en"), ("iso-8859-15", "Straße für 5 €", ""),
                                    ("windows-1252", "“Straße” – 5 €", ""), ("koi8-r", "Фонарь не горит", ""),
                                    ("iso-2022-jp", "街灯が壊れています", ""), ("euc-kr", "가로등이 고장 났습니다", "")):
        for transfer in ("base64", "quoted-printable"):
            yield Mail(f"{charset} in {transfer}", raw_text(charset, text, transfer), {"language": language})
    # What mail says and what it does are two things: here the second opinion has none.
    rare = "请问朱镕基路的路灯何时修理?㐂"
    yield Mail("GBK that calls itself GB2312", raw_text("gb2312", rare.encode("gb18030")), {"text": rare, "language": "zh-Hans"})
    yield Mail("UTF-8 that calls itself ASCII", raw_text("us-ascii", SIMPLIFIED.encode()), {"text": SIMPLIFIED})
    yield Mail("GBK that says nothing", raw_text("gbk", SIMPLIFIED, "8bit", label=""), {"text": SIMPLIFIED})
    yield Mail("UTF-8 that says nothing", raw_text("utf-8", SIMPLIFIED, "8bit", label=""), {"text": SIMPLIFIED})
    yield Mail("a charset that nobody knows", raw_text("utf-8", SIMPLIFIED, label="x-nobody"), {"text": SIMPLIFIED})
    yield Mail("a charset with a slash in it", raw_text("utf-8", ENGLISH, label="utf-8//IGNORE"), {"text": ENGLISH})
    yield Mail("bytes that mean nothing", raw_text("utf-8", b"It is \xff\xfe dark."), {"text": "It is \u00ff\u00fe dark."})


def headers():
    yield Mail("RFC 2047, base64 and quoted", made(ENGLISH, subject="路灯坏了 – since May: " + "很长的标题" * 30).as_bytes())
    for word, name in ((b"=?gb18030?B?" + base64.b64encode("路灯坏了".encode("gb18030")) + b"?=", "GB18030"),
                       (b"=?big5?Q?" + quopri.encodestring("路燈壞了".encode("big5"), header=True) + b"?=", "Big5")):
        yield Mail(f"a subject in {name}", HEAD + b"Subject: " + word + b"\n\n" + ENGLISH.encode())
    gb2312 = b"Subject: =?gb2312?B?" + base64.b64encode("朱镕基路".encode("gbk")) + b"?=\n\n"
    yield Mail("a subject in GBK that calls itself GB2312", HEAD + gb2312 + ENGLISH.encode(), {"subject": "朱镕基路"})
    half = base64.b64encode("路灯".encode()[:4]) + b"?=\n =?utf-8?B?" + base64.b64encode("路灯".encode()[4:])
    yield Mail("a character in two words", HEAD + b"Subject: =?utf-8?B?" + half + b"?=\n\n" + ENGLISH.encode(), {"subject": "路灯"})
    yield Mail("a subject in raw GBK", HEAD + b"Subject: " + "路灯坏了".encode("gbk") + b"\n\n" + ENGLISH.encode(), {"subject": "路灯坏了"})
    yield Mail("a subject in raw UTF-8", HEAD + b"Subject: " + "路灯坏了".encode() + b"\n\n" + ENGLISH.encode(), {"subject": "路灯坏了"})
    yield Mail("no subject, no date, no sender", RECEIVED + b"To: a@example.com\n\n" + ENGLISH.encode(), {"id": ""})
    yield Mail("a date that is none", HEAD.replace(b"Fri, 27 Nov 2026 08:00:00 +0800\nFrom", b"yesterday\nFrom") + b"\n" + ENGLISH.encode(), {"date": ""})
    for number, wanted in ((b"<a.1@host.example.net>", "a.1@host.example.net"), (b"<1@[192.0.2.5]>", ""), (b"<192.0.2.5.1@example.net>", ""),
                           (b"nonsense", ""), (b"<a b@example.net>", "")):
        yield Mail(f"the id {number.decode()}", HEAD.replace(b"<one@example.net>", number) + b"Subject: x\n\n" + ENGLISH.encode(), {"id": wanted})
    tag = b"Content-Language: zh-TW, en\nSubject: x\n\n"
    yield Mail("a language that it names", HEAD + tag + ENGLISH.encode(), {"language": "zh-Hant"})
    for line, sort in ((b"Auto-Submitted: auto-replied (vacation)", "automatic"), (b"Auto-Submitted: No", "person"), (b"Precedence: Bulk", "bulk"),
                       (b"List-Id: <news.example.net>", "bulk"), (b"Return-Path: <>", "bounce"), (b"Return-Path: <ming@example.net>", "person"),
                       (b"Content-Type: multipart/report; report-type=delivery-status; boundary=b", "bounce"), (b"X-Autoreply: yes", "automatic")):
        yield Mail(line.decode(), HEAD + line + b"\nSubject: x\n\n" + ENGLISH.encode(), {"sort": sort, "text": None, "files": []})


def html():
    def one(name, page, lines):
        return Mail("HTML: " + name, HEAD + b"Subject: x\nContent-Type: text/html; charset=utf-8\n\n" + page.encode(),
                    {"text": None} if lines is None else {"text": None, "lines": lines})
    yield one("what is no tag", "1 < 2 and 3 > 2 & <3 a<b", "1 < 2 and 3 > 2 & <3 a<b")
    yield one("signs in attributes", "<a href='x>y' title=\"a>b'c\">z</a> <IMG SRC=x>w", "z w")
    yield one("a comment that does not end", "a <!-- b <b>c</b>", "a c")
    yield one("a script that does not end", "a <script> b", "a b")
    yield one("a quotation mark that does not end", "a <b title=\"c>d</b> e", "a d e")
    yield one("a tag in a tag", "a <scr<script>b</script>ipt>c", "a bipt>c")
    yield one("references", "&lt;b&gt; &#20320;&#x597D; &#0;&#xD800;&#x110000;&nosuch;&amp &#1; &quot;", '<b> 你好 &#xD800;&#x110000;&nosuch;&amp "')
    yield one("lines", "<h1>A</h1>b<br/>c<br><br><br>d<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>e", "A\n\nb\nc\n\nd\n\n1 2\n3\n\ne")
    # Whoever reads these in more than linear time does not end.
    for piece in ("<a \"", "<a '\">", "<script>", "<!--", "<style>x</styl", "&amp", "<", "</", "<p><p>"):
        yield one(f"{piece} half a million times", piece * 500_000, None)


def answers():
    ours, others = b"huiyin-17.0123456789abcdef01234567@voices.example.org", b"x.1@laptop.lan"
    text = b"Subject: Re: x\n\nThank you.\n"
    yield Mail("an answer to a letter of ours", HEAD + b"In-Reply-To: <" + ours + b">\n" + text, {"answers": ours.decode().split("@")[0]})
    yield Mail("an answer in a long thread", HEAD + b"References: <" + others + b">\n <" + ours + b">\n\t<" + others + b">\n" + text, {"answers": ours.decode().split("@")[0]})
    yield Mail("an answer to others", HEAD + b"In-Reply-To: <" + others + b">\nReferences: <" + others + b">\n" + text, {"answers": ""})
    yield Mail("an id of ours that names a machine", HEAD + b"In-Reply-To: <huiyin-1.a@[203.0.113.77]>\nReferences: <huiyin-203.0.113.77@x>\n" + text, {"answers": "huiyin-1.a"})
    yield Mail("a thread of thousands", HEAD + b"References: " + b"\n ".join([b"<" + ours + b">"] * 5000) + b"\n" + text, {"answers": " ".join([ours.decode().split("@")[0]] * 28)})


def forms():
    page = ("<html><head><meta charset=gbk><title>No</title><style>p { color: red }</style></head><body><p>路灯&nbsp;坏了&#x3002;<br>"
            "5 &lt; 6 &amp; 7</p><!-- no --><script>no()</script><div>一</div><div>二</div><ul><li>三</li></ul>a <b>b</b>\n c</body></html>")
    seen = "路灯 坏了。\n5 < 6 & 7\n\n一\n二\n三\na b c"
    only = HEAD + b"Subject: x\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(page.encode("gbk"))
    yield Mail("HTML alone, which names its charset", only, {"text": None, "lines": seen, "language": "zh-Hans"})
    yield from html()
    both = made("The plain text.\n")
    both.add_alternative("<p>The other form.</p>", subtype="html")
    yield Mail("plain text beside HTML", both.as_bytes())
    empty = made("\n")
    empty.add_alternative("<p>The only text.</p>", subtype="html")
    yield Mail("an empty plain text beside HTML", empty.as_bytes(), {"text": "The only text."})
    for name in ("plan.pdf", "路灯 平面图.pdf", "a" * 150 + ".pdf", '../../etc/"passwd".pdf'):
        files = made("See the files.\n")
        files.add_attachment(PDF, maintype="application", subtype="pdf", filename=name)
        files.add_attachment(JPEG, maintype="image", subtype="jpeg", filename="photo.jpg")
        yield Mail(f"files, one called {name[:30]}", files.as_bytes())
    words = b" ".join(b"=?gb2312?B?" + base64.b64encode(piece.encode("gbk")) + b"?=" for piece in ("朱镕基路的", "路灯.pdf"))
    part = b"Content-Type: application/pdf; name=\"" + words + b"\"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n"
    named = HEAD + b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n" + part + base64.encodebytes(PDF) + b"--b--\n"
    yield Mail("a file whose name is in encoded words", named, {"files": [("朱镕基路的路灯.pdf", "taken", len(PDF))]})
    other = made("See.\n")
    other.add_attachment(b"MZ" + bytes(100), maintype="image", subtype="jpeg", filename="photo.jpg")
    other.add_attachment(b"x" * 100, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    other.add_attachment("BEGIN:VCARD", filename="card.vcf")
    wanted = [("photo.jpg", "other_kind", 102), ("winmail.dat", "other_kind", 100), ("card.vcf", "other_kind", 13)]
    yield Mail("files of other kinds", other.as_bytes(), {"files": wanted})
    forwarded = made("See below.\n")
    forwarded.add_attachment(email.message_from_bytes(HEAD + b"\nNot mine.", policy=email.policy.SMTP))
    yield Mail("a mail within a mail", forwarded.as_bytes(), {"text": "See below.", "files": [("", "other_kind", 0)]})
    flowed = HEAD + b"Subject: x\nContent-Type: text/plain; format=flowed; charset=utf-8\n\nThe lamp \nis broken.\n> quoted\n From\n-- \nMing\n"
    yield Mail("lines that go on", flowed, {"text": None, "lines": "The lamp is broken.\n> quoted\nFrom\n-- \nMing"})
    begun = HEAD + b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nNot closed, "
    yield Mail("a boundary that is not closed", begun + b"cut in the middle", {"text": "Not closed, cut in the middle"})
    yield Mail("no boundary at all", HEAD + b"Subject: x\nContent-Type: multipart/mixed\n\nNo parts.\n", {"text": None})
    yield Mail("broken base64", HEAD + b"Subject: x\nContent-Transfer-Encoding: base64\n\nTGFtc!CBpcyBkYXJrLg=\n", {"text": None})
    yield Mail("bare LF and bare CR", HEAD.replace(b"\n", b"\r\n") + b"Subject: x\r\n\r\none\ntwo\r\nthree", {"lines": "one\ntwo\nthree", "text": None})
    signed = b"Content-Type: multipart/signed; boundary=s\nSubject: x\n\n--s\n\nSigned text.\n--s\nContent-Type: application/pgp-signature\n\nabc\n--s--\n"
    yield Mail("a signed one", HEAD + signed, {"text": "Signed text.", "files": []})
    yield Mail("nothing but an end of line", b"\n", {"exit": 65})
    yield Mail("nothing", b"", {"exit": 66})


def mails():
    yield from charsets()
    yield from headers()
    yield from answers()
    yield from forms()
