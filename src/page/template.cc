// The only place that knows mustache. Values are escaped when they enter Data, so mustache itself escapes nothing.
#include <algorithm>
#include <stdexcept>

#include <kainjow/mustache.hpp>

#include "messages.h"
#include "page.h"
#include "source.h"
#include "template.h"

#include <kernel/embedded.h>

namespace page {

namespace mustache = kainjow::mustache;

struct Data::Node {
    mustache::data value;
};

namespace {

// Mustache takes a template apart at every blank. Blanks of the template itself travel as these two characters, which
// escape() drops from all text, and are put back at the end: four times fewer pieces to walk.
constexpr char blank = '\x1F', line = '\x1E';

std::string hide_blanks(std::string_view text) {
    std::string out(text);
    bool in_tag = false;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (out.compare(i, 2, "{{") == 0) in_tag = true;
        if (out.compare(i, 2, "}}") == 0) in_tag = false;
        if (in_tag) continue;
        if (out[i] == ' ') out[i] = blank;
        if (out[i] == '\n') out[i] = line;
    }
    return out;
}

void show_blanks(std::string& text) {
    for (char& c : text) c = c == blank ? ' ' : c == line ? '\n' : c;
}

std::string prepare(Lang lang, std::string_view file, std::string_view text) {
    const auto lookup = [lang](std::string_view key) { return say(lang, key); };
    const std::string whole = include(file, text, {}, kernel::embedded_file);
    refuse_unsafe(file, whole);
    return squeeze(put_words(file, whole, lookup));
}

// Rendering changes nothing in a mustache without lambdas and partials, but is not marked so.
struct Loaded {
    explicit Loaded(const std::string& text) : parsed(hide_blanks(text)) {
        parsed.set_custom_escape([](const std::string& escaped) { return escaped; });
        if (!parsed.is_valid()) throw std::runtime_error(parsed.error_message());
    }
    mutable mustache::mustache parsed;
};

// A template, or why it cannot be one: a wrong page must not take the others of its language with it.
struct Entry {
    std::unique_ptr<Loaded> loaded;
    std::string why;
};

using Templates = std::map<std::string, Entry, std::less<>>;

Templates load(Lang lang) {
    Templates out;
    for (const kernel::EmbeddedFile& file : kernel::embedded_files()) {
        if (!file.path.ends_with(".html") || is_partial(file.content)) continue;
        Entry entry;
        try {
            entry.loaded = std::make_unique<Loaded>(prepare(lang, file.path, file.content));
        } catch (const std::exception& error) { entry.why = std::string(file.path) + ": " + error.what(); }
        out.emplace(std::string(file.path), std::move(entry));
    }
    return out;
}

const Templates& templates(Lang lang) {
    static const Templates all[] = {load(Lang::zh_hans), load(Lang::zh_hant), load(Lang::en)};
    return all[static_cast<int>(lang)];
}

std::string run(const mustache::data& data, mustache::mustache& parsed) {
    std::string out;
    parsed.render(data, [&out](const std::string& piece) {
        if (out.empty()) out.reserve(piece.size() + 64);
        out += piece;
    });
    show_blanks(out);
    return out;
}

}  // namespace

bool is_partial(std::string_view text) { return text.find("((") != text.npos; }

void load_templates() {
    std::string wrong;
    for (Lang lang : all_langs)
        for (const auto& [path, entry] : templates(lang))
            if (!entry.loaded) wrong += "\n  " + entry.why;
    if (!wrong.empty()) throw std::runtime_error("pages that cannot be shown:" + wrong);
}

Html render_text(Lang lang, std::string_view text, const Data& data) {
    const Loaded loaded(prepare(lang, "text", text));
    return trusted(run(data.node().value, loaded.parsed));
}

Html render(Lang lang, std::string_view file, const Data& data) {
    const Templates& all = templates(lang);
    const auto found = all.find(file);
    if (found == all.end()) throw std::logic_error("no page " + std::string(file));
    if (!found->second.loaded) throw std::runtime_error(found->second.why);
    return trusted(run(data.node().value, found->second.loaded->parsed));
}

// ---- Data ----------------------------------------------------------------------------------------------------------

Data::Data() : node_(std::make_unique<Node>()) {}
Data::~Data() = default;
Data::Data(const Data& other) : node_(std::make_unique<Node>(*other.node_)) {}
Data::Data(Data&&) noexcept = default;
Data& Data::operator=(Data other) noexcept {
    node_.swap(other.node_);
    return *this;
}

Data& Data::set(std::string name, std::string text) { return set(std::move(name), escape(text)); }

// An empty text is stored as false: {{name}} shows nothing and {{#name}} is not entered.
Data& Data::set(std::string name, Html html) {
    if (html.text().empty()) return set(std::move(name), false);
    node_->value[name] = mustache::data(html.text());
    return *this;
}

Data& Data::set(std::string name, std::int64_t number) {
    node_->value[name] = mustache::data(std::to_string(number));
    return *this;
}

Data& Data::set(std::string name, bool shown) {
    node_->value[name] = mustache::data(shown);
    return *this;
}

Data& Data::set(std::string name, std::vector<Data> rows) {
    mustache::data list(mustache::data::type::list);
    // push_back() would copy each row deeply; the list is ours and not const.
    auto& items = const_cast<mustache::list&>(list.list_value());
    items.reserve(rows.size());
    for (Data& row : rows) items.push_back(std::move(row.node_->value));
    node_->value[name] = std::move(list);
    return *this;
}

Data& Data::set(std::string name, Data section) {
    node_->value[name] = std::move(section.node_->value);
    return *this;
}

}  // namespace page
