#include "policy.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include <kernel/text.h>

#include "cosignature.h"

namespace merkle {
namespace {

constexpr std::size_t longest_policy = 64 * 1024;
constexpr std::string_view nobody = "none";

using Words = std::vector<std::string_view>;

Words words_of(std::string_view line) {
    Words out;
    for (;;) {
        const std::size_t from = line.find_first_not_of(" \t");
        if (from == line.npos) return out;
        line.remove_prefix(from);
        out.push_back(line.substr(0, line.find_first_of(" \t")));
        line.remove_prefix(out.back().size());
    }
}

// Throws the reason, a string, as PolicyFault without its line.
class PolicyReader {
public:
    void line(const Words& words) {
        if (words[0] == "log") return log(words);
        if (words[0] == "witness") return witness(words);
        if (words[0] == "group") return group(words);
        if (words[0] == "quorum") return quorum(words);
        fail("unknown keyword \"" + std::string(words[0]) + "\"");
    }
    Policy end() {
        if (out_.logs.empty()) fail("no log");
        if (out_.quorum.empty()) fail("no quorum");
        return std::move(out_);
    }

private:
    [[noreturn]] static void fail(std::string why) { throw PolicyFault{0, std::move(why)}; }
    static VerifierKey key(std::string_view text, std::uint8_t type) {
        auto key = VerifierKey::parse(text);
        if (!key) fail("not a verifier key: " + std::string(text));
        if (key->type != type) fail(type == log_key ? "not a log's key" : "not a witness's key");
        return std::move(*key);
    }
    std::string fresh_name(std::string_view name) {
        if (name == nobody) fail("\"none\" is the name of nobody");
        if (!names_.insert(std::string(name)).second) fail("\"" + std::string(name) + "\" is named twice");
        return std::string(name);
    }
    void fresh_key(const VerifierKey& key) {
        if (!keys_.insert(std::string(kernel::text(key.key))).second) fail("one key twice");
    }
    void known(std::string_view name) const {
        if (!names_.contains(std::string(name))) fail("\"" + std::string(name) + "\" is not named above");
    }
    static std::string url(const Words& words, std::size_t at) {
        if (words.size() > at + 1) fail("too many words");
        return words.size() > at ? std::string(words[at]) : std::string();
    }

    void log(const Words& words) {
        if (words.size() < 2) fail("log: its key is missing");
        Policy::Log log{key(words[1], log_key), url(words, 2)};
        fresh_key(log.key);
        out_.logs.push_back(std::move(log));
    }
    void witness(const Words& words) {
        if (words.size() < 3) fail("witness: name or key is missing");
        Policy::Witness witness{fresh_name(words[1]), key(words[2], witness_key), url(words, 3)};
        fresh_key(witness.key);
        out_.witnesses.push_back(std::move(witness));
    }
    void group(const Words& words) {
        if (words.size() < 4) fail("group: name, threshold or members are missing");
        Policy::Group group;
        std::set<std::string_view> seen;
        for (std::size_t i = 3; i < words.size(); ++i) {
            known(words[i]);
            if (!seen.insert(words[i]).second) fail("\"" + std::string(words[i]) + "\" is a member twice");
            group.members.emplace_back(words[i]);
        }
        group.name = fresh_name(words[1]);
        group.threshold = threshold(words[2], static_cast<int>(group.members.size()));
        out_.groups.push_back(std::move(group));
    }
    static int threshold(std::string_view word, int members) {
        if (word == "any") return 1;
        if (word == "all") return members;
        int out = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), out);
        if (error != std::errc() || end != word.data() + word.size() || word[0] == '0' || out < 1 || out > members)
            fail("group: the threshold is a number from 1 to " + std::to_string(members) + ", any or all");
        return out;
    }
    void quorum(const Words& words) {
        if (words.size() != 2) fail("quorum: one name");
        if (!out_.quorum.empty()) fail("a second quorum");
        if (words[1] != nobody) known(words[1]);
        out_.quorum = words[1];
    }

    Policy out_;
    std::set<std::string> names_, keys_;
};

// Walks the quorum's tree once; each name is decided once, however many groups have it.
class Judge {
public:
    Judge(const Policy& policy, const Note& note) : policy_(policy), note_(note) {}

    Verdict run() {
        Verdict out;
        out.by_log = by_log();
        for (const Policy::Witness& witness : policy_.witnesses) look(witness);
        if (broken_) {
            out = {};
            out.broken = true;
            return out;
        }
        out.quorum = policy_.quorum == nobody || holds(policy_.quorum);
        for (const Policy::Witness& witness : policy_.witnesses) {
            const auto found = times_.find(witness.name);
            if (found != times_.end() && asked_.contains(witness.name)) out.counted.push_back(*found);
        }
        return out;
    }

private:
    struct Less {
        using is_transparent = void;
        bool operator()(const Verdict::Counted& a, const Verdict::Counted& b) const { return a.witness < b.witness; }
        bool operator()(const Verdict::Counted& a, std::string_view b) const { return a.witness < b; }
        bool operator()(std::string_view a, const Verdict::Counted& b) const { return a < b.witness; }
    };

    bool by_log() {
        const auto checkpoint = Checkpoint::parse(note_.body);
        bool out = false;
        for (const Policy::Log& log : policy_.logs) {
            bool broken = false;
            const bool right = signed_by(note_, log.key, &broken);
            broken_ = broken_ || broken;
            out = out || (right && checkpoint && checkpoint->origin == log.key.name);
        }
        return out;
    }
    void look(const Policy::Witness& witness) {
        std::optional<std::int64_t> earliest;
        for (const NoteSignature& line : note_.signatures) {
            if (line.id != witness.key.id || line.name != witness.key.name) continue;
            const auto seconds = cosigned_at(note_.body, line, witness.key);
            if (!seconds)
                broken_ = true;
            else
                earliest = std::min(earliest.value_or(*seconds), *seconds);
        }
        if (earliest) times_.insert({witness.name, *earliest});
    }
    bool holds(const std::string& name) {
        const auto group = std::find_if(policy_.groups.begin(), policy_.groups.end(),
                                        [&](const Policy::Group& g) { return g.name == name; });
        if (group == policy_.groups.end()) {
            asked_.insert(name);
            return times_.contains(name);
        }
        if (const auto known = groups_.find(name); known != groups_.end()) return known->second;
        int have = 0;
        for (const std::string& member : group->members) have += holds(member);
        return groups_[name] = have >= group->threshold;
    }

    const Policy& policy_;
    const Note& note_;
    bool broken_ = false;
    std::set<Verdict::Counted, Less> times_;
    std::set<std::string> asked_;
    std::map<std::string, bool> groups_;
};

std::string with_url(const std::string& url) { return url.empty() ? "\n" : " " + url + "\n"; }

}  // namespace

std::variant<Policy, PolicyFault> Policy::parse(std::string_view text) {
    if (text.size() > longest_policy) return PolicyFault{1, "longer than 64 KiB"};
    PolicyReader reader;
    int number = 0;
    try {
        while (!text.empty()) {
            ++number;
            const std::size_t end = text.find('\n');
            const std::string_view line = text.substr(0, end);
            text.remove_prefix(end == text.npos ? text.size() : end + 1);
            if (!kernel::valid_utf8(line)) throw PolicyFault{0, "not UTF-8"};
            for (char c : line)
                if (static_cast<unsigned char>(c) < ' ' && c != '\t') throw PolicyFault{0, "a control character"};
            if (const Words words = words_of(line); !words.empty() && words[0][0] != '#') reader.line(words);
        }
        ++number;
        return reader.end();
    } catch (PolicyFault& fault) {
        fault.line = number;
        return std::move(fault);
    }
}

std::string Policy::text() const {
    std::string out;
    for (const Log& log : logs) out += "log " + log.key.text() + with_url(log.url);
    for (const Witness& witness : witnesses)
        out += "witness " + witness.name + " " + witness.key.text() + with_url(witness.url);
    for (const Group& group : groups) {
        out += "group " + group.name + " " + std::to_string(group.threshold);
        for (const std::string& member : group.members) out += " " + member;
        out += "\n";
    }
    return out + "quorum " + quorum + "\n";
}

Verdict judge(const Policy& policy, const Note& note) { return Judge(policy, note).run(); }

}  // namespace merkle
