// `huiyin audit`: a public log is verified and counted again, without a database and without anybody's word.
#include <audit/audit.h>
#include <kernel/clock.h>
#include <opinion_map/recount.h>
#include <verify/check.h>
#include <verify/fault.h>
#include <verify/report.h>
#include <algorithm>
#include <iostream>

#include "commands.h"

namespace server {
namespace {

using kernel::Json;

bool is_url(const std::string& text) { return text.starts_with("http://") || text.starts_with("https://"); }

std::unique_ptr<verify::Source> open_log(const std::string& log) {
    if (is_url(log)) return verify::open_url(log);
    if (!verify::is_folder(log)) throw std::runtime_error("there is no folder " + log);
    return verify::is_file(log + "/main.db") ? verify::open_data(log) : verify::open_folder(log);
}

Json parsed(const std::string& where, const std::string& text) {
    auto json = kernel::parse_json(text);
    if (!json) throw std::runtime_error(where + " is no JSON");
    return *std::move(json);
}

// One document, or one in each line.
void compare_file(const audit::Audit& counted, const std::string& path, audit::Audit::Published& into) {
    const std::string text = verify::read_file(path);
    if (const auto whole = kernel::parse_json(text)) return counted.compare(*whole, into);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (end > at) counted.compare(parsed(path, text.substr(at, end - at)), into);
        at = end + 1;
    }
}

// What the institution itself shows, at its address.
class Site {
public:
    Site(const std::string& address, const audit::Audit& counted, audit::Audit::Published& into)
        : source_(verify::open_url(address)), counted_(counted), into_(into) {}

    std::int64_t size() { return get("api/v1/ledger").need_integer("size"); }
    void compare(const audit::Report& report) {
        for (const audit::Matter& matter : report.matters) {
            const std::string address = audit::api_address(matter.name);
            if (!address.empty()) counted_.compare(get(address), into_);
            if (matter.name.kind != "dialogue") continue;
            for (const char* state : {"accepted", "set_aside"})
                pages(address + "/statements?state=" + state + "&after=");
        }
        pages("api/v1/voices?before=");
    }

private:
    Json get(const std::string& address) {
        const auto text = source_->get(address);
        if (!text) throw std::runtime_error(source_->name(address) + " is not there");
        return parsed(source_->name(address), *text);
    }
    void pages(const std::string& address) {
        std::string next;
        do {
            const Json page = get(address + next);
            counted_.compare(page, into_);
            next = page["next"].integer() ? std::to_string(*page["next"].integer()) : "";
        } while (!next.empty());
    }

    std::unique_ptr<verify::Source> source_;
    const audit::Audit& counted_;
    audit::Audit::Published& into_;
};

// False: the site's log is of another length, or grew meanwhile, so that differences would say nothing.
bool compare_site(const audit::Audit& counted, const audit::Report& report, std::int64_t size,
                  const std::string& address, audit::Audit::Published& into) {
    audit::Audit::Published here;
    Site site(address, counted, here);
    if (site.size() != size) return false;
    site.compare(report);
    if (site.size() != size) return false;
    into.compared += here.compared, into.other_length += here.other_length;
    into.faults.insert(into.faults.end(), here.faults.begin(), here.faults.end());
    return true;
}

struct Found {
    verify::Report verified;
    audit::Report report;
    std::optional<audit::Audit::Published> published;
    bool another_length = false;  // of the log behind the site
    bool good() const { return report.faults.empty() && (!published || published->faults.empty()); }
};

// Opinion maps are computed again by the same engine, from the votes that the log publishes with them.
void recount_maps(const opinion_map::Recount& maps, audit::Report& report) {
    constexpr int threads = 2;
    for (const auto& found : maps.finish(threads)) {
        const audit::Name name{"opinion map", found.dialogue, {}, {}};
        report.matters.push_back({name, true, found.entry, found.says, {}});
        if (found.fault) report.faults.push_back({name, found.entry, *found.fault});
    }
    std::stable_sort(report.faults.begin(), report.faults.end(),
                     [](const audit::Fault& a, const audit::Fault& b) { return a.entry < b.entry; });
}

Found look(const AuditArgs& args) {
    audit::Audit counted;
    opinion_map::Recount maps;
    verify::Ask ask;
    ask.key = args.key;
    if (!args.policy.empty()) ask.policy = verify::Text{args.policy, verify::read_file(args.policy)};
    ask.each = [&](std::int64_t index, const verify::Leaf& leaf, const verify::PayloadLine& line) {
        audit::Entry e{index, leaf.kind, leaf.v, leaf.subject, leaf.parent, leaf.time, {}, leaf.hash};
        if (line.has_facts) e.facts = line.facts.bytes;
        counted.take(e);
        maps.take(index, leaf.kind, leaf.v, leaf.subject, e.facts);
    };
    Found found;
    found.verified = verify::check(*open_log(args.log), ask);
    found.report = counted.finish();
    recount_maps(maps, found.report);
    for (const std::string& against : args.against) {
        if (!found.published) found.published.emplace();
        if (!is_url(against))
            compare_file(counted, against, *found.published);
        else if (!compare_site(counted, found.report, found.verified.checkpoint.size, against, *found.published))
            found.another_length = true;
    }
    return found;
}

Json as_json(const Found& found) {
    Json j = audit::json(found.report);
    j.set("ok", found.good()).set("origin", found.verified.checkpoint.origin);
    j.set("entries", found.verified.checkpoint.size).set("root", kernel::base64(found.verified.checkpoint.root));
    j.set("key", found.verified.key).set("key_shown_by_the_log", found.verified.own_key);
    if (!found.published) return j;
    Json::Array faults;
    for (const audit::Fault& f : found.published->faults) faults.push_back(audit::json(f));
    return j.set("published", Json::Object{{"compared", found.published->compared},
                                           {"of_another_length", found.published->other_length},
                                           {"another_length", found.another_length},
                                           {"faults", std::move(faults)}});
}

void print(const Found& found) {
    const verify::Report& v = found.verified;
    std::cout << "log         " << v.checkpoint.origin << ", " << v.checkpoint.size << " entries, root "
              << kernel::base64(v.checkpoint.root) << ": verifies\n";
    if (v.own_key) std::cout << "key         shown by the log itself: compare it with what was published elsewhere\n";
    std::cout << audit::text(found.report);
    std::size_t faults = found.report.faults.size();
    if (found.published) {
        for (const audit::Fault& f : found.published->faults) std::cout << audit::text(f);
        faults += found.published->faults.size();
        std::cout << "published   " << found.published->compared << " figures compared";
        if (found.published->other_length)
            std::cout << "; " << found.published->other_length
                      << " documents are of a log of another length and were not";
        if (found.another_length) std::cout << "; the log behind them is of another length: export it anew";
        std::cout << '\n';
    }
    std::cout << found.report.matters.size() << " matters, " << faults << " faults, " << found.report.hidden.size()
              << " not public\n";
}

}  // namespace

int audit_log(const AuditArgs& args) {
    try {
        const Found found = look(args);
        if (args.json)
            std::cout << kernel::canonical(as_json(found)) << '\n';
        else
            print(found);
        return !found.good() ? 1 : found.another_length ? 2 : 0;
    } catch (const verify::Fault& fault) {
        std::cout << (args.json ? verify::json(fault)
                                : "the log does not verify; nothing was counted\n" + verify::text(fault));
        return 1;
    } catch (const std::runtime_error& error) {
        std::cerr << "huiyin audit: " << error.what() << '\n';
        return 2;
    }
}

}  // namespace server
