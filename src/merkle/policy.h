// Whose signatures make a checkpoint trusted: C2SP tlog-policy. A text of lines; empty ones and those that begin with
// '#' say nothing:
//
//     log <vkey> [<url>]                     a log that is trusted; its name is the checkpoint's origin
//     witness <name> <vkey> [<url>]          a witness; the name is this file's own
//     group <name> <threshold> <member>…     so many of these (a number, "any" or "all"); members were named above
//     quorum <name>                          once: the witness or group that must have signed; "none" asks for nobody
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "note.h"

namespace merkle {

struct PolicyFault {
    int line = 0;     // from 1; one past the last when something is missing
    std::string why;  // in English, for whoever wrote the file
    friend bool operator==(const PolicyFault&, const PolicyFault&) = default;
};

struct Policy {
    struct Log {
        VerifierKey key;  // of type 1
        std::string url;  // "" when there is none
    };
    struct Witness {
        std::string name;
        VerifierKey key;  // of type 4
        std::string url;
    };
    struct Group {
        std::string name;
        int threshold = 0;  // 1 .. members.size()
        std::vector<std::string> members;
    };
    std::vector<Log> logs;           // at least one
    std::vector<Witness> witnesses;  // no name and no key twice
    std::vector<Group> groups;       // each names only what stands above it, so there is no circle
    std::string quorum;              // a witness, a group, or "none"

    // Words are separated by spaces and tabs. At most 64 KiB. An unknown keyword, a key of another type, a name used
    // twice or before it is made, a member twice in one group, and a second quorum are faults.
    static std::variant<Policy, PolicyFault> parse(std::string_view text);
    std::string text() const;  // parse() gives the same again
};

// What a note is worth under a policy. The note's own bytes were parsed; nothing else was checked before.
struct Verdict {
    struct Counted {
        std::string witness;       // its name in the policy
        std::int64_t seconds = 0;  // since 1970: the earliest time at which it cosigned this checkpoint
    };
    // Signed by a log of the policy that has the checkpoint's origin as its name.
    bool by_log = false;
    // A line of a key of the policy is wrong: the note is worthless, and then nothing else is true here.
    bool broken = false;
    bool quorum = false;
    std::vector<Counted> counted;  // right cosignatures of witnesses that the quorum asks about, in the policy's order
    bool satisfied() const { return by_log && quorum && !broken; }
};
Verdict judge(const Policy&, const Note&);

}  // namespace merkle
