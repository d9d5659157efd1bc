// What was found, for people and for programs.
#include <set>

#include "audit.h"

namespace audit {
namespace {

std::string line(std::string label, const std::string& rest) {
    label.resize(std::max<std::size_t>(label.size() + 1, 12), ' ');
    return label + rest + "\n";
}

kernel::Json as_json(const Name& name) {
    kernel::Json j = kernel::Json::Object{{"kind", name.kind}, {"id", name.id}};
    if (!name.from.empty()) j.set("from", name.from).set("to", name.to);
    return j;
}

}  // namespace

std::string text(const Name& name) {
    const std::string id = std::to_string(name.id);
    if (name.kind == "scorecard") return "scorecard of unit " + id + ", " + name.from + " to " + name.to;
    return name.kind + " " + id;
}

std::string text(const Fault& f) {
    return line("FAULT", text(f.matter) + (f.entry ? ", entry " + std::to_string(*f.entry) : "") + ": " + f.what);
}

kernel::Json json(const Fault& f) {
    kernel::Json j = kernel::Json::Object{{"matter", as_json(f.matter)}, {"what", f.what}};
    return j.set("entry", f.entry ? kernel::Json(*f.entry) : kernel::Json());
}

std::string text(const Report& r) {
    std::set<Name> wrong;
    std::string out;
    for (const Fault& f : r.faults) wrong.insert(f.matter);
    for (const Matter& m : r.matters) {
        if (wrong.contains(m.name)) continue;
        const std::string entry = m.entry ? ", entry " + std::to_string(*m.entry) : "";
        out += line(m.claimed ? "ok" : "counted", text(m.name) + (m.claimed ? entry : "") + ": " + m.says);
    }
    for (const Hidden& h : r.hidden) out += line("not public", text(h.matter) + ": " + h.what);
    for (const std::string& kind : r.unknown)
        out += line("not read", "entries of a kind unknown to this program, " + kind);
    for (const Fault& f : r.faults) out += text(f);
    return out;
}

kernel::Json json(const Report& r) {
    std::set<Name> wrong;
    for (const Fault& f : r.faults) wrong.insert(f.matter);
    kernel::Json::Array matters, faults, hidden, unknown;
    for (const Matter& m : r.matters) {
        kernel::Json j = as_json(m.name);
        j.set("status", wrong.contains(m.name) ? "fault" : m.claimed ? "ok" : "counted").set("figures", m.figures);
        matters.push_back(j.set("entry", m.entry ? kernel::Json(*m.entry) : kernel::Json()));
    }
    for (const Fault& f : r.faults) faults.push_back(json(f));
    for (const Hidden& h : r.hidden)
        hidden.emplace_back(kernel::Json::Object{{"matter", as_json(h.matter)}, {"what", h.what}});
    for (const std::string& kind : r.unknown) unknown.emplace_back(kind);
    return kernel::Json::Object{{"matters", std::move(matters)},
                                {"faults", std::move(faults)},
                                {"not_public", std::move(hidden)},
                                {"not_read", std::move(unknown)}};
}

}  // namespace audit
