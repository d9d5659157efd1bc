#include "find.h"

#include <algorithm>
#include <limits>

#include <db/db.h>
#include <kernel/id.h>
#include <kernel/text.h>

#include "index.h"
#include "postings.h"
#include "store.h"

namespace search {
namespace {

// An element of what is sought, its terms as hashes.
struct Hashed {
    std::uint32_t offset = 0;
    std::vector<std::int64_t> any;
};
struct Want {
    std::vector<Hashed> elements;
    bool counts = true;  // for the score: a filter does not
};

struct Match {
    std::uint32_t slot = 0;
    int score = 0;
};

class Reading {
public:
    Reading(db::Connection& db, std::vector<Want> all, std::vector<Want> none)
        : db_(db), all_(std::move(all)), none_(std::move(none)) {}

    std::int64_t read() const { return read_; }

    // Those of a block that have all of it and none of the others, by slot.
    std::vector<Match> block(std::int64_t number) {
        std::vector<Match> out;
        for (const Want& want : all_) {
            out = both(out, matches(number, want), &want == &all_.front());
            if (out.empty()) return out;
        }
        for (const Want& want : none_) {
            const std::vector<Match> excluded = matches(number, want);
            std::erase_if(out, [&](const Match& m) {
                return std::binary_search(excluded.begin(), excluded.end(), m,
                                          [](const Match& a, const Match& b) { return a.slot < b.slot; });
            });
            if (out.empty()) return out;
        }
        return out;
    }

private:
    std::vector<kernel::Bytes> lists_of(std::int64_t block, const Hashed& element) {
        std::vector<kernel::Bytes> out;
        for (const std::int64_t hash : element.any) {
            read_ += look_up;
            if (auto list = list_at(db_, place_of(block, hash))) {
                read_ += static_cast<std::int64_t>(list->size());
                out.push_back(*std::move(list));
            }
        }
        return out;
    }

    static std::vector<Match> both(const std::vector<Match>& a, std::vector<Match> b, bool first) {
        if (first) return b;
        std::vector<Match> out;
        auto left = a.begin();
        for (const Match& right : b) {
            while (left != a.end() && left->slot < right.slot) ++left;
            if (left != a.end() && left->slot == right.slot) out.push_back({right.slot, left->score + right.score});
        }
        return out;
    }

    // Matter and place in one number, the matter above: where a phrase would begin that has the element there.
    static std::vector<std::uint64_t> begins(const std::vector<kernel::Bytes>& lists, std::uint32_t offset) {
        std::vector<std::uint64_t> out;
        std::vector<std::uint32_t> places;
        for (const kernel::Bytes& list : lists)
            for (ListReader reader{kernel::View(list)}; reader.next();) {
                reader.places(places);
                for (const std::uint32_t place : places)
                    if (place >= offset) out.push_back(std::uint64_t{reader.slot()} << 32 | (place - offset));
            }
        if (lists.size() > 1) {
            std::sort(out.begin(), out.end());
            out.erase(std::unique(out.begin(), out.end()), out.end());
        }
        return out;
    }

    // By slot. No more lists are read than it takes to see that there is nothing.
    std::vector<Match> matches(std::int64_t block, const Want& want) {
        std::vector<Match> out;
        std::vector<std::uint64_t> found, both;
        for (const Hashed& element : want.elements) {
            const std::vector<kernel::Bytes> lists = lists_of(block, element);
            if (lists.empty()) return out;
            if (want.elements.size() == 1 && lists.size() == 1) {
                for (ListReader reader{kernel::View(lists.front())}; reader.next();)
                    out.push_back({reader.slot(), want.counts ? worth(reader.times(), reader.named()) : 0});
                return out;
            }
            const std::vector<std::uint64_t> here = begins(lists, element.offset);
            if (&element == &want.elements.front()) {
                found = here;
            } else {
                both.clear();
                std::set_intersection(found.begin(), found.end(), here.begin(), here.end(), std::back_inserter(both));
                found.swap(both);
            }
            if (found.empty()) return out;
        }
        for (std::size_t i = 0; i < found.size();) {
            const auto slot = static_cast<std::uint32_t>(found[i] >> 32);
            std::size_t times = 0;
            bool named = false;
            for (; i < found.size() && found[i] >> 32 == slot; ++i, ++times)
                named = named || in_name(static_cast<std::uint32_t>(found[i]));
            out.push_back({slot, worth(times, named)});
        }
        return out;
    }

    db::Connection& db_;
    const std::vector<Want> all_, none_;
    std::int64_t read_ = 0;
};

Want hashed(const Sought& sought, Hashes& hashes) {
    Want out;
    for (const Element& element : sought.elements) {
        out.elements.push_back({element.offset, {}});
        for (const std::string& term : element.any) out.elements.back().any.push_back(hashes.of(term));
    }
    return out;
}

std::vector<Want> wanted(const Asked& asked, Hashes& hashes) {
    // What is likely to be rare first: phrases, then longer words, single characters last.
    std::vector<const Sought*> order;
    for (const Sought& sought : asked.query.all) order.push_back(&sought);
    const auto size = [](const Sought& sought) {
        std::size_t bytes = 0;
        for (const Element& element : sought.elements) bytes += element.any.front().size();
        return bytes;
    };
    std::stable_sort(order.begin(), order.end(), [&](const Sought* a, const Sought* b) { return size(*a) > size(*b); });
    std::vector<Want> out;
    for (const Sought* sought : order) out.push_back(hashed(*sought, hashes));
    const auto filter = [&](std::string_view what, const std::string& value) {
        out.push_back({{{0, {hashes.of(attribute_term(what, value))}}}, false});
    };
    if (asked.kind) filter("kind", std::string(name(*asked.kind)));
    if (asked.cycle != 0) filter("cycle", std::to_string(asked.cycle));
    if (asked.unit != 0) filter("unit", std::to_string(asked.unit));
    if (!asked.state.empty()) filter("state", asked.state);
    return out;
}

}  // namespace

std::string Cursor::text() const {
    std::string out = std::to_string(top);
    if (after) out += "." + std::to_string(after->first) + "." + std::to_string(after->second);
    return out;
}

std::optional<Cursor> Cursor::parse(std::string_view text) {
    const std::vector<std::string_view> parts = kernel::split(text, '.');
    if (parts.size() != 1 && parts.size() != 3) return std::nullopt;
    const auto top = kernel::parse_index(parts[0]);
    if (!top) return std::nullopt;
    Cursor out{*top, {}};
    if (parts.size() == 1) return out;
    const auto score = kernel::parse_index(parts[1]), n = kernel::parse_index(parts[2]);
    if (!score || !n || *score > 1'000'000) return std::nullopt;
    out.after = {static_cast<int>(*score), *n};
    return out;
}

bool goes_before(Order order, const Hit& a, const Hit& b) {
    if (order == Order::fitting && a.score != b.score) return a.score > b.score;
    return a.n > b.n;
}

bool fits(const Asked& asked, const Matter& m, const Attributes& a) {
    return (!asked.kind || *asked.kind == m.kind) && (asked.cycle == 0 || asked.cycle == a.cycle) &&
           (asked.unit == 0 || asked.unit == a.unit) && (asked.state.empty() || asked.state == a.state);
}

Found find(db::Connection& db, kernel::View server_key, const Asked& asked) {
    Hashes hashes(server_key);
    std::vector<Want> none;
    for (const Sought& sought : asked.query.none) none.push_back(hashed(sought, hashes));
    Reading reading(db, wanted(asked, hashes), std::move(none));

    std::int64_t top = next_n(db), bottom = 0;
    if (asked.cursor) top = std::min(top, asked.cursor->top);
    if (asked.until) top = std::min(top, first_since(db, kernel::start_of(*asked.until + 1)));
    if (asked.from) bottom = first_since(db, kernel::start_of(*asked.from));

    // The first page counts; a later one of the newest needs no more than it shows.
    const bool turned = asked.cursor && asked.order == Order::newest;
    const auto most = static_cast<std::size_t>(turned ? asked.at_most + 1 : most_ranked + 1);
    std::vector<Hit> window;
    std::optional<std::int64_t> stopped;  // everything from here on was looked at
    for (std::int64_t block = (top - 1) / block_size; top > bottom && block >= bottom / block_size; --block) {
        if (reading.read() > most_read) {
            stopped = (block + 1) * block_size;
            break;
        }
        const std::vector<Match> found = reading.block(block);
        for (auto m = found.rbegin(); m != found.rend() && window.size() < most; ++m) {
            const std::int64_t n = block * block_size + m->slot;
            if (n >= bottom && n < top) window.push_back({n, {}, {}, m->score});
        }
        if (window.size() == most) break;
    }

    Found out;
    out.more = !turned && window.size() == most;
    std::optional<Cursor> beyond;
    if (window.size() == most) {
        window.pop_back();
        beyond = Cursor{window.back().n, {}};
    } else if (stopped) {
        beyond = Cursor{*stopped, {}};
        out.stopped_at = came_at(db, *stopped);
    }
    if (!asked.cursor) out.count = static_cast<std::int64_t>(window.size());

    std::sort(window.begin(), window.end(), [&](const Hit& a, const Hit& b) { return goes_before(asked.order, a, b); });
    auto first = window.begin();
    if (asked.cursor && asked.cursor->after) {
        const Hit last{asked.cursor->after->second, {}, {}, asked.cursor->after->first};
        first = std::find_if(window.begin(), window.end(),
                             [&](const Hit& hit) { return goes_before(asked.order, last, hit); });
    }
    const auto room = static_cast<std::ptrdiff_t>(asked.at_most);
    const auto end = window.end() - first > room ? first + room : window.end();
    out.hits.assign(first, end);
    if (end != window.end()) {
        const Hit& last = out.hits.back();
        out.next = asked.order == Order::newest ? Cursor{last.n, {}} : Cursor{top, std::pair(last.score, last.n)};
    } else {
        out.next = beyond;
    }

    std::vector<std::int64_t> ns;
    for (const Hit& hit : out.hits) ns.push_back(hit.n);
    const std::vector<Row> rows = rows_of(db, ns);
    if (rows.size() != ns.size()) throw std::runtime_error("search: a list names a matter that is not there");
    for (std::size_t i = 0; i < rows.size(); ++i) out.hits[i].matter = rows[i].matter, out.hits[i].came = rows[i].came;
    return out;
}

}  // namespace search
