// Letters of plain text, and handing them to a mail server. libcurl stands behind mailer.cc; what a letter looks like
// as bytes is in letter.cc.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/time.h>

namespace http {

struct Letter {
    std::string from, to;    // mailable() addresses
    std::string from_name;   // shown beside the address; "" for none
    std::string subject;     // UTF-8, one line
    std::string text;        // UTF-8, lines ended by LF
    std::string lang;        // of the text, BCP 47
    std::string message_id;  // without the angle brackets: "17.0.9f…@voices.example.org"
    kernel::Instant date;
    std::vector<std::pair<std::string, std::string>> more;  // further headers; ASCII
};

// "local@domain" as RFC 5321 section 4.1.2 has it, in the part that everybody uses: ASCII, a dot-atom, a domain of two
// labels or more, at most 254 bytes. No quoted local part, no address literal, nothing that could end a header or a
// command.
bool mailable(std::string_view address);

// As RFC 5322 wants it: CRLF, headers folded, words beyond ASCII as RFC 2047 has them, text as quoted-printable UTF-8.
// Throws std::invalid_argument for an address that is not mailable() and for a header that holds a control character:
// nothing that people wrote can add a header or a recipient.
std::string bytes_of(const Letter&);

// The mail server that takes all letters and delivers them.
struct Relay {
    std::string url;   // "smtps://mail.example.org:465" or "smtp://mail.example.org:587": see relayable()
    std::string helo;  // the name under which we come
    std::string from;  // sender of every letter; where bounces go
    std::string user;  // "" for a server that asks for none
    kernel::Secret password;
};
// smtps, or smtp, which off this machine means STARTTLS or nothing. A host and perhaps a port; no user name, no path.
bool relayable(std::string_view url);

struct Taken {
    enum class How {
        taken,        // the server answers for it now
        refused,      // it will not take letters for this recipient (5xx to RCPT)
        later,        // not now (4xx), or it would not have the letter itself: another time perhaps
        unreachable,  // nothing was said about this letter: no connection, no TLS, no sign-in, sender refused
    } how = How::unreachable;
    bool uncertain = false;  // the whole letter was sent and no answer came: it may have been taken
    int status = 0;          // the last reply of the server; 0: none
    std::string fault;       // a short fixed phrase of libcurl, without address or content
};

// Keeps its connection for the next letter. One thread at a time.
class Mailer {
public:
    explicit Mailer(Relay);  // std::invalid_argument when it is not relayable() or the sender is not mailable()
    ~Mailer();
    // 30 s for the whole. Never throws for what the other side does. `stopping`, asked about once a second, ends a
    // letter whose text has not been sent yet.
    Taken send(const Letter&, const std::function<bool()>& stopping = {});
    const Relay& relay() const;

private:
    struct Handle;
    std::unique_ptr<Handle> handle_;
};

}  // namespace http
