#include "report.h"

#include <kernel/json.h>

namespace verify {
namespace {

// The names below are all shorter than the column.
std::string line(const std::string& name, const std::string& value) {
    return name + std::string(16 - name.size(), ' ') + value + "\n";
}

std::string number(std::int64_t n) { return std::to_string(n); }

std::int64_t per_second(std::int64_t n, double seconds) {
    return static_cast<std::int64_t>(static_cast<double>(n) / (seconds > 0.001 ? seconds : 0.001));
}

}  // namespace

std::string text(const Report& report, double seconds) {
    const Figures& f = report.figures;
    std::string out = line("log", report.checkpoint.origin);
    out += line("key",
                report.key +
                    (report.own_key ? " (shown by the log itself: compare it with what was published elsewhere)" : ""));
    out += line("entries",
                number(f.entries) + (f.entries ? ", from " + kernel::iso(f.first) + " to " + kernel::iso(f.last) : ""));
    if (f.entries) out += line("format", number(f.format) + (f.format == 0 ? ", a trial" : ""));
    out += line("root", kernel::base64(report.checkpoint.root));
    out += line("tree", number(f.tiles) + " tiles and " + number(f.bundles) + " bundles");
    out += line("facts", number(f.facts) + " as committed to, " + number(f.facts_kept) + " not served");
    out += line("words", number(f.words) + " as committed to, " + number(f.words_kept) + " not served, " +
                             number(f.words_erased) + " erased, each by an entry");
    out += line("history", number(f.kept) + " older checkpoints and " + number(f.receipts) + " receipts fit");
    out += line("witnesses", report.witnessed ? "a quorum has seen this log" +
                                                    (report.seen ? ", at " + kernel::iso(*report.seen) : "")
                                              : "none asked for: the operator could show others another log");
    for (const std::string& file : report.beside) out += line("not checked", file + ", which is no part of the log");
    out += line("time", number(static_cast<std::int64_t>(seconds * 1000)) + " ms, " +
                            number(per_second(f.entries, seconds)) + " entries a second");
    return out + "nothing is wrong\n";
}

std::string text(const Fault& fault) {
    std::string out = "fault: " + fault.where;
    if (fault.index) out += ", index " + number(*fault.index);
    if (fault.byte) out += ", byte " + number(*fault.byte);
    return out + ": " + fault.why + "\n";
}

std::string json(const Report& report, double seconds) {
    const Figures& f = report.figures;
    kernel::Json::Array beside;
    for (const std::string& file : report.beside) beside.emplace_back(file);
    kernel::Json::Object out{{"ok", true},
                             {"origin", report.checkpoint.origin},
                             {"key", report.key},
                             {"key_shown_by_the_log", report.own_key},
                             {"entries", f.entries},
                             {"root", kernel::base64(report.checkpoint.root)},
                             {"tiles", f.tiles},
                             {"bundles", f.bundles},
                             {"facts", f.facts},
                             {"facts_not_served", f.facts_kept},
                             {"words", f.words},
                             {"words_not_served", f.words_kept},
                             {"words_erased", f.words_erased},
                             {"older_checkpoints", f.kept},
                             {"receipts", f.receipts},
                             {"witnessed", report.witnessed},
                             {"not_checked", std::move(beside)},
                             {"milliseconds", static_cast<std::int64_t>(seconds * 1000)}};
    if (f.entries)
        out.insert_or_assign("first", kernel::iso(f.first)), out.insert_or_assign("last", kernel::iso(f.last)),
            out.insert_or_assign("format", f.format);
    if (report.seen) out.insert_or_assign("seen", kernel::iso(*report.seen));
    return kernel::canonical(std::move(out)) + "\n";
}

std::string json(const Fault& fault) {
    kernel::Json::Object out{{"ok", false}, {"where", fault.where}, {"what", fault.why}};
    if (fault.index) out.insert_or_assign("index", *fault.index);
    if (fault.byte) out.insert_or_assign("byte", *fault.byte);
    return kernel::canonical(std::move(out)) + "\n";
}

}  // namespace verify
