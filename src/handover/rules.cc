#include "rules.h"

#include <algorithm>

#include <kernel/place.h>
#include <kernel/text.h>

namespace handover::rules {
namespace {

using kernel::Code;
using kernel::invalid;
using kernel::refuse;
using voice::State;

constexpr std::size_t a_sentence = 12;  // code points: shorter ones may be anybody's

bool owes_work(State state) {
    switch (state) {
        case State::received:
        case State::assigned:
        case State::asked_back:
        case State::answered:
            return true;
        case State::rated:
        case State::closed:
        case State::closed_unrated:
        case State::withdrawn:
        case State::noted:
        case State::joined:
        case State::split:  // its parts do
        case State::put_back:
            return false;
    }
    return false;
}

bool for_everybody(const voice::Voice& v) { return v.audience == voice::Audience::open; }

kernel::Checked can_take(const Case& c, const std::optional<Authority>& to) {
    if (!to || to->ended) return invalid("authority", "handover.authority_missing");
    if (!c.has_key) return invalid("authority", "handover.no_key");
    if (c.there) return invalid("authority", "handover.there_already");
    if (!for_everybody(c.voice) && !c.agreed) return invalid("authority", "handover.not_agreed");
    return {};
}

kernel::Checked good_words(const Case& c, const Draft& draft) {
    if (auto ok = kernel::need_text(draft.text, "text", max_text, "handover.text_missing"); !ok) return ok;
    if (!for_everybody(c.voice) && quotes(draft.text, c.said)) return invalid("text", "handover.words_of_author");
    if (auto ok = kernel::check_length(draft.address, "address", max_address); !ok) return ok;
    return kernel::need_text(draft.reason, "reason", max_reason, "people.reason_missing");
}

}  // namespace

std::string plain_url(std::string_view url) {
    while (url.ends_with('/')) url.remove_suffix(1);
    return std::string(url);
}

kernel::Result<change::AuthorityNamed> name_authority(const people::Actor& actor, const Naming& asked, bool fetchable,
                                                      const Others& others) {
    if (auto may = people::need_role(actor, people::Role::administrator); !may) return may.error();
    if (auto ok = kernel::need_text(asked.name, "name", max_name, "handover.name_missing"); !ok) return ok.error();
    if (others.name_taken) return invalid("name", "handover.name_taken");
    const bool whole = asked.url.find('?') == std::string::npos && kernel::code_points(asked.url) <= max_url;
    if (!fetchable || !whole) return invalid("url", "handover.url_wrong");
    if (others.url_taken) return invalid("url", "handover.url_taken");
    if (auto ok = kernel::check_length(asked.jurisdiction, "jurisdiction", max_jurisdiction); !ok) return ok.error();
    if (others.in_use >= max_authorities)
        return refuse(Code::conflict, "handover.too_many_authorities", {{"max", std::to_string(max_authorities)}});
    return change::AuthorityNamed{asked.name, plain_url(asked.url), asked.jurisdiction, actor.officer};
}

kernel::Result<change::AuthorityEnded> end_authority(const people::Actor& actor, const std::optional<Authority>& found,
                                                     std::string_view reason) {
    if (auto may = people::need_role(actor, people::Role::administrator); !may) return may.error();
    if (!found) return refuse(Code::not_found, "handover.authority_unknown");
    if (found->ended) return refuse(Code::conflict, "handover.authority_ended");
    if (auto ok = kernel::need_text(reason, "reason", max_reason, "people.reason_missing"); !ok) return ok.error();
    return change::AuthorityEnded{found->id, actor.officer, std::string(reason)};
}

kernel::Checked has_part(const Case& c) {
    if (auto staff = people::need_staff(c.actor); !staff) return staff;
    if (auto own = people::need_own_staff(c.actor); !own) return own;
    if (c.part.reads && (c.part.handles || c.part.clerk)) return {};
    return refuse(Code::forbidden, "handover.not_yours");
}

kernel::Checked may_go(const Case& c) {
    if (!owes_work(c.voice.state)) return refuse(Code::conflict, "handover.state");
    const voice::Shown as_chosen = for_everybody(c.voice) ? voice::Shown::published : voice::Shown::unit_only;
    if (c.voice.shown != as_chosen) return refuse(Code::conflict, "handover.not_shown");
    if (c.going >= max_of_voice)
        return refuse(Code::conflict, "handover.too_many_going", {{"max", std::to_string(max_of_voice)}});
    return {};
}

kernel::Result<change::Handed> hand(const Case& c, const std::optional<Authority>& to,
                                    const std::optional<Service>& service, const Draft& draft) {
    if (auto ok = has_part(c); !ok) return ok.error();
    if (auto ok = may_go(c); !ok) return ok.error();
    if (auto ok = can_take(c, to); !ok) return ok.error();
    if (!service) return invalid("service", "handover.service_missing");
    if (auto ok = good_words(c, draft); !ok) return ok.error();
    const auto where = position(draft.latitude, draft.longitude);
    if (!where) return where.error();
    if (where->empty() && draft.address.empty()) return invalid("address", "handover.place_missing");
    return change::Handed{c.voice.id,    to->id,     service->code, c.actor.officer, draft.reason,
                          service->name, draft.text, draft.address, *where,          for_everybody(c.voice)};
}

bool quotes(std::string_view sent, std::string_view said) {
    constexpr std::string_view ends[] = {".", "!", "?", "\n", "。", "！", "？", "；", ";"};
    while (!said.empty()) {
        std::size_t end = said.size(), after = said.size();
        for (const std::string_view one : ends)
            if (const std::size_t at = said.find(one); at < end) end = at, after = at + one.size();
        const std::string sentence = kernel::trim(said.substr(0, end));
        if (kernel::code_points(sentence) >= a_sentence && sent.find(sentence) != std::string_view::npos) return true;
        said.remove_prefix(after);
    }
    return false;
}

kernel::Result<std::string> position(std::string_view latitude, std::string_view longitude) {
    if (latitude.empty() && longitude.empty()) return std::string();
    const auto north = kernel::degrees(latitude, 90), east = kernel::degrees(longitude, 180);
    if (!north) return invalid("latitude", "handover.degrees", {{"max", "90"}});
    if (!east) return invalid("longitude", "handover.degrees", {{"max", "180"}});
    return *north + "," + *east;
}

kernel::Result<change::Agreed> agree(const voice::Voice& v, const std::optional<Authority>& to, bool agreed_already) {
    if (!to || to->ended) return invalid("authority", "handover.authority_missing");
    if (for_everybody(v)) return refuse(Code::conflict, "handover.not_needed");
    if (agreed_already) return refuse(Code::conflict, "handover.agreed_already");
    return change::Agreed{v.cycle, v.id, to->id};
}

std::int64_t wait_after_fault(int tries, std::int64_t retry_after) {
    const std::int64_t own = std::min(5 * minute << std::clamp(tries - 1, 0, 10), 6 * hour);
    return std::max(own, std::clamp(retry_after, std::int64_t{0}, longest_wait));
}

std::int64_t wait_between_looks(std::int64_t age, bool closed) {
    if (closed) return day;
    if (age < hour) return 5 * minute;
    if (age < day) return hour;
    return age < 30 * day ? 6 * hour : day;
}

}  // namespace handover::rules
