#include <array>
#include <string_view>

#include "preset.h"

namespace preset {
namespace {

constexpr std::array<std::string_view, 6> applies_names = {"cases",        "measures",      "requests",
                                                           "publications", "consultations", "reviews"};
constexpr std::array<std::string_view, 3> tags = {"P", "S", "D"};
constexpr std::array<std::string_view, 4> silences = {"nothing", "consent", "withdrawn", "authority_decides"};

template <class Word, class All>
std::optional<Word> word_of(const All& all, std::string_view text) {
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i] == text) return static_cast<Word>(i);
    return std::nullopt;
}

}  // namespace

std::string_view name(Applies applies) { return applies_names.at(static_cast<std::size_t>(applies)); }
std::string_view name(Tag tag) { return tags.at(static_cast<std::size_t>(tag)); }
std::string_view name(Silence silence) { return silences.at(static_cast<std::size_t>(silence)); }
std::optional<Applies> parse_applies(std::string_view text) { return word_of<Applies>(applies_names, text); }
std::optional<Tag> parse_tag(std::string_view text) { return word_of<Tag>(tags, text); }
std::optional<Silence> parse_silence(std::string_view text) { return word_of<Silence>(silences, text); }

bool adoptable(Applies applies) { return applies == Applies::cases; }

const deadline::Term& Casework::reply_term(std::string_view kind) const {
    const auto own = reply_of.find(kind);
    return own == reply_of.end() ? reply.term : own->second;
}

const deadline::Term& Casework::again_term(std::string_view kind) const {
    return reply_again ? *reply_again : reply_term(kind);
}

const deadline::Stop* Casework::stop(deadline::Reason reason) const {
    for (const deadline::Stop& one : stops)
        if (one.reason == reason) return &one;
    return nullptr;
}

}  // namespace preset
