#include <files/files.h>

#include "acts.h"
#include "list_page.h"
#include "own_words.h"
#include "reading.h"
#include "show_page.h"

namespace voice {
namespace {

using http::Request;
using http::Response;

// The filters as the address has them, in one order: what a kept page depends on besides its path.
std::string key_of(const Request& r) {
    std::string key;
    for (std::string_view name :
         {"cycle", "kind", "state", "unit", "late", "before", "after", "from", "to", "figure", "below", "ground"})
        key += std::string(r.asked(name).value_or("")) + "/";
    return key;
}

}  // namespace

Response list_voices(const Site& site, const Request& r) {
    const kernel::Day today = kernel::local_day(site.needs.clock.now());
    return page::cached(r, key_of(r) + kernel::iso(today), site.needs.ledger.size(),
                        [&] { return list_page(r, *site.needs.database.read(), site.hooks, today); });
}

Response show_voice(const Site& site, const Request& r) {
    const VoiceId id = id_of(r);
    const kernel::Day today = kernel::local_day(site.needs.clock.now());
    const std::int64_t position = site.needs.ledger.size();
    const std::shared_ptr<const InForce> now = in_force(site.needs);
    if (!voice(*site.needs.database.read(), id)) return people::refusal(r, unknown_voice());
    return page::cached(r, kernel::iso(today), position, [&] {
        auto db = site.needs.database.read();
        return show_page(site, r, *db, find_case(*db, id).value(), *now, today);
    });
}

namespace {

// The words of a message, for those who may see its pictures.
struct Readable {
    Case of;
    change::Words words;
};
std::optional<Readable> readable(const Site& site, db::Connection& db, const Request& r) {
    const std::optional<Case> c = find_case(db, id_of(r));
    std::optional<change::Words> words = c ? find_words(db, c->id) : std::nullopt;
    if (!words) return std::nullopt;
    if (!c->is_public() && !may_read(db, people::actor(r), *c) && !is_author(site, db, r, *c)) return std::nullopt;
    return Readable{*c, *std::move(words)};
}

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
std::size_t place_in(const Request& r, std::string_view parameter, std::size_t size) {
    const std::optional<std::int64_t> n = kernel::parse_index(r.param(parameter));
    return n && *n >= 1 && *n <= static_cast<std::int64_t>(size) ? static_cast<std::size_t>(*n - 1) : nowhere;
}

Response picture(const Site& site, const Request& r, const Case& c, const kernel::Hash& large,
                 const kernel::Hash& small) {
    const std::optional<kernel::Bytes> bytes =
        site.means.files ? site.means.files->get(r.asked("size") == "small" ? small : large) : std::nullopt;
    if (!bytes) return people::refusal(r, unknown_voice());
    Response response;
    response.content_type = "image/webp";
    response.body = std::string(kernel::text(*bytes));
    // A public picture may be hidden tomorrow: it is asked for again each time, and answered from the ETag.
    response.cacheable = c.is_public();
    return response;
}

}  // namespace

Response show_photo(const Site& site, const Request& r) {
    db::Database::Lease db = site.needs.database.read();
    const std::optional<Readable> found = readable(site, *db, r);
    const std::size_t at = found ? place_in(r, "n", found->words.pictures.size()) : nowhere;
    if (at == nowhere) return people::refusal(r, unknown_voice());
    const Photo& photo = found->words.pictures[at];
    return picture(site, r, found->of, photo.picture, photo.preview);
}

Response show_paper_page(const Site& site, const Request& r) {
    db::Database::Lease db = site.needs.database.read();
    const std::optional<Readable> found = readable(site, *db, r);
    const std::size_t at = found ? place_in(r, "n", found->words.papers.size()) : nowhere;
    const std::size_t page = at != nowhere ? place_in(r, "page", found->words.papers[at].pages.size()) : nowhere;
    if (page == nowhere) return people::refusal(r, unknown_voice());
    const PaperPage& one = found->words.papers[at].pages[page];
    return picture(site, r, found->of, one.picture, one.preview);
}

Response show_paper(const Site& site, const Request& r) {
    const page::Lang lang = page::lang_of(r);
    db::Database::Lease db = site.needs.database.read();
    const std::optional<Readable> found = readable(site, *db, r);
    const std::size_t at = found ? place_in(r, "n", found->words.papers.size()) : nowhere;
    if (at == nowhere) return people::refusal(r, unknown_voice());
    const Paper& paper = found->words.papers[at];
    const std::string here = address(found->of.id) + "/papers/" + std::to_string(at + 1);
    const bool sealed = by_code_alone(site, r, *db, found->of);
    std::vector<page::Data> pages;
    for (std::size_t i = 0; i < paper.pages.size(); ++i) {
        const PaperPage& one = paper.pages[i];
        const std::string link = here + "/pages/" + std::to_string(i + 1);
        page::Data row;
        row.set("picture", sealed ? picture_in_page(site, one.preview) : link);
        row.set("action", sealed ? link : "").set("width", one.width).set("height", one.height);
        if (sealed) set_preview_size(row, one.width, one.height);
        row.set("words", page::say(lang, "voice.paper_page",
                                   {{"n", std::to_string(i + 1)}, {"of", std::to_string(paper.pages.size())}}));
        row.set("lang", found->words.lang);
        if (!one.text.empty()) row.set("text", page::paragraphs(one.text));
        pages.push_back(std::move(row));
    }
    page::Data data;
    const std::string title = page::say(lang, "voice.paper_title", {{"n", std::to_string(at + 1)}});
    data.set("link", address(found->of.id)).set("number", number_words(lang, found->of.id)).set("title", title);
    data.set("about", paper.about).set("lang", found->words.lang).set("pages", std::move(pages));
    data.set("csrf", page::csrf_field()).set("code_field", code_field(r)).set("sealed", sealed);
    page::Page page;
    page.title = title;
    page.section = "voices";
    page.sample = found->of.sample;
    page.private_matter = !found->of.is_public();
    page.main = page::render(lang, "voice/paper.html", data);
    return page::answer(r, std::move(page));
}

}  // namespace voice
