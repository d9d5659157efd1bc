#include <files/files.h>

#include "acts.h"
#include "list_page.h"
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
                        [&] { return list_page(r, *site.needs.database.read(), today); });
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

Response show_photo(const Site& site, const Request& r) {
    db::Database::Lease db = site.needs.database.read();
    const std::optional<Case> c = find_case(*db, id_of(r));
    const std::optional<std::int64_t> n = kernel::parse_index(r.param("n"));
    const std::optional<change::Words> words = c ? find_words(*db, c->id) : std::nullopt;
    if (!words || !n || *n < 1 || *n > static_cast<std::int64_t>(words->pictures.size()) || !site.means.files)
        return people::refusal(r, unknown_voice());
    if (!c->is_public() && !may_read(*db, people::actor(r), *c) && !is_author(site, *db, r, *c))
        return people::refusal(r, unknown_voice());
    const Photo& photo = words->pictures[static_cast<std::size_t>(*n - 1)];
    const std::optional<kernel::Bytes> bytes =
        site.means.files->get(r.asked("size") == "small" ? photo.preview : photo.picture);
    if (!bytes) return people::refusal(r, unknown_voice());
    Response response;
    response.content_type = "image/webp";
    response.body = std::string(kernel::text(*bytes));
    // A public picture may be hidden tomorrow: it is asked for again each time, and answered from the ETag.
    response.cacheable = c->is_public();
    return response;
}

}  // namespace voice
