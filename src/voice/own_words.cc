#include "own_words.h"

#include <algorithm>

#include <files/files.h>

#include "acts.h"
#include "reading.h"
#include "show_page.h"

namespace voice {
namespace {

using http::Request;
using page::Data;
using page::Lang;

constexpr int preview_side = 320;

Data attached(const Site& site, const kernel::Hash& preview, int width, int height, const std::string& link,
              std::string words, const std::string& about) {
    Data row;
    row.set("action", link).set("picture", picture_in_page(site, preview)).set("words", std::move(words));
    set_preview_size(row, width, height);
    row.set("about", about);
    return row;
}

std::vector<Data> attachments(const Site& site, Lang lang, const Case& c, const change::Words& words) {
    std::vector<Data> rows;
    for (std::size_t i = 0; i < words.pictures.size(); ++i) {
        const Photo& photo = words.pictures[i];
        const page::Args args = {{"n", std::to_string(i + 1)}, {"of", std::to_string(words.pictures.size())}};
        rows.push_back(attached(site, photo.preview, photo.width, photo.height,
                                address(c.id) + "/photos/" + std::to_string(i + 1),
                                page::say(lang, "voice.photo_alt", args), photo.about));
    }
    for (std::size_t i = 0; i < words.papers.size(); ++i) {
        const Paper& paper = words.papers[i];
        const PaperPage& first = paper.pages.front();
        rows.push_back(
            attached(site, first.preview, first.width, first.height, address(c.id) + "/papers/" + std::to_string(i + 1),
                     page::say(lang, "voice.paper", {{"n", std::to_string(paper.pages.size())}}), paper.about));
    }
    return rows;
}

}  // namespace

page::Html code_field(const Request& r) {
    const auto code = kernel::Code25::parse(r.field("code").value_or(""));
    if (!code) return {};
    return page::trusted("<input type=\"hidden\" name=\"code\" value=\"" + code->digits() + "\">");
}

bool by_code_alone(const Site& site, const Request& r, db::Connection& db, const Case& c) {
    if (c.is_public() || may_read(db, people::actor(r), c)) return false;
    return !who_of(db, {}, c, keys_of(site.needs, c.cycle, r.visitor, "")).author;
}

std::string picture_in_page(const Site& site, const kernel::Hash& of) {
    const std::optional<kernel::Bytes> bytes = site.means.files ? site.means.files->get(of) : std::nullopt;
    return bytes ? "data:image/webp;base64," + kernel::base64(*bytes) : std::string();
}

void set_preview_size(Data& row, int width, int height) {
    const int longer = std::max({width, height, 1}), side = std::min(preview_side, longer);
    row.set("width", std::max(1, width * side / longer)).set("height", std::max(1, height * side / longer));
}

page::Html own_part(const Site& site, const Request& r, db::Connection& db, const Case& c, const change::Words& words) {
    const Lang lang = page::lang_of(r);
    Data data;
    set_words(data, lang, c, words);
    data.set("title", words.title).set("lang", words.lang);
    std::vector<Data> sealed;
    if (by_code_alone(site, r, db, c)) {
        data.set("has_photos", false).set("has_papers", false);
        sealed = attachments(site, lang, c, words);
    }
    data.set("csrf", page::csrf_field()).set("code_field", code_field(r));
    data.set("has_sealed", !sealed.empty()).set("sealed", std::move(sealed));
    return page::render(lang, "voice/own_words.html", data);
}

}  // namespace voice
