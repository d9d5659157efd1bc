#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <kernel/text.h>

#include "words.h"

namespace preset {
namespace {

using deadline::Unit;

constexpr std::pair<std::string_view, Unit> unit_words[] = {{"", Unit::working_days},
                                                            {"wd", Unit::working_days},
                                                            {"working day", Unit::working_days},
                                                            {"个工作日", Unit::working_days},
                                                            {"working days", Unit::working_days},
                                                            {"個工作日", Unit::working_days},
                                                            {"工作日", Unit::working_days},
                                                            {"d", Unit::days},
                                                            {"day", Unit::days},
                                                            {"days", Unit::days},
                                                            {"天", Unit::days},
                                                            {"日", Unit::days},
                                                            {"w", Unit::weeks},
                                                            {"week", Unit::weeks},
                                                            {"weeks", Unit::weeks},
                                                            {"周", Unit::weeks},
                                                            {"週", Unit::weeks},
                                                            {"星期", Unit::weeks},
                                                            {"个星期", Unit::weeks},
                                                            {"個星期", Unit::weeks},
                                                            {"mo", Unit::months},
                                                            {"month", Unit::months},
                                                            {"months", Unit::months},
                                                            {"月", Unit::months},
                                                            {"个月", Unit::months},
                                                            {"個月", Unit::months}};
constexpr std::string_view hour_words[] = {"h", "hour", "hours", "小时", "小時", "个小时", "個小時"};

struct Measured {
    int n = 0;
    std::string unit;
};

// A number and what stands after it, in lower case.
std::optional<Measured> measured(std::string_view text) {
    const std::string trimmed = kernel::trim(text);
    Measured m;
    const auto [end, error] = std::from_chars(trimmed.data(), trimmed.data() + trimmed.size(), m.n);
    if (error != std::errc() || m.n < 0) return std::nullopt;
    m.unit = kernel::trim(std::string_view(end, static_cast<std::size_t>(trimmed.data() + trimmed.size() - end)));
    for (char& c : m.unit)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return m;
}

std::vector<std::string> words_in(std::string_view line) {
    std::vector<std::string> words;
    for (std::string_view word : kernel::split(line, ' '))
        if (!kernel::trim(word).empty()) words.push_back(kernel::trim(word));
    return words;
}

// "1 overdue handler head public"
std::optional<deadline::Step> step_of(const std::vector<std::string>& words) {
    if (words.size() < 2) return std::nullopt;
    deadline::Step step;
    const char* const end = words[0].data() + words[0].size();
    const auto [stopped, error] = std::from_chars(words[0].data(), end, step.at);
    const auto level = deadline::parse_level(words[1]);
    if (error != std::errc() || stopped != end || !level) return std::nullopt;
    step.level = *level;
    for (std::size_t i = 2; i < words.size(); ++i) {
        const auto whom = deadline::parse_whom(words[i]);
        if (words[i] == "public" && i + 1 == words.size())
            step.is_public = true;
        else if (whom && std::find(step.to.begin(), step.to.end(), *whom) == step.to.end())
            step.to.push_back(*whom);
        else
            return std::nullopt;
    }
    return step;
}

std::optional<int> every_of(const std::vector<std::string>& words) {
    if (words.size() != 2 || words[0] != "every") return std::nullopt;
    const auto m = measured(words[1]);
    return m && m->unit.empty() && m->n > 0 && m->n <= deadline::longest_every ? std::optional(m->n) : std::nullopt;
}

}  // namespace

std::string typed(page::Lang lang, const deadline::Term& term) {
    return page::say(lang, "preset.unit_" + std::string(deadline::name(term.unit)), {{"n", std::to_string(term.n)}});
}

kernel::Result<deadline::Term> read_term(std::string_view text, const deadline::Term& like, std::string_view field) {
    const auto m = measured(text);
    const auto unit = std::find_if(std::begin(unit_words), std::end(unit_words),
                                   [&](const auto& one) { return m && one.first == m->unit; });
    if (!m || unit == std::end(unit_words)) return kernel::invalid(std::string(field), "preset.term_form");
    deadline::Term term = like;
    term.n = m->n;
    term.unit = unit->second;
    if (auto ok = deadline::check(term); !ok)
        return kernel::invalid(std::string(field), ok.error().key, ok.error().args);
    return term;
}

std::string typed(page::Lang lang, const deadline::Bounce& bounce) {
    if (bounce.within_hours) return page::say(lang, "preset.hours", {{"n", std::to_string(*bounce.within_hours)}});
    return typed(lang, bounce.within);
}

kernel::Result<deadline::Bounce> read_bounce(std::string_view within, int most, const deadline::Bounce& like,
                                             std::string_view field) {
    deadline::Bounce bounce{most, {}, {}};
    const auto m = measured(within);
    if (m && std::find(std::begin(hour_words), std::end(hour_words), m->unit) != std::end(hour_words)) {
        bounce.within_hours = m->n;
    } else {
        deadline::Term as = like.within;
        if (like.within_hours) as.first = deadline::First::next_day;
        const auto term = read_term(within, as, field);
        if (!term) return term.error();
        bounce.within = *term;
    }
    if (auto ok = deadline::check(bounce); !ok)
        return kernel::invalid(std::string(field), ok.error().key, ok.error().args);
    return bounce;
}

std::string typed(const deadline::Ladder& ladder, int then_every) {
    std::string text;
    for (const deadline::Step& step : ladder) {
        text += std::to_string(step.at) + ' ' + std::string(deadline::name(step.level));
        for (deadline::Whom whom : step.to) text += ' ' + std::string(deadline::name(whom));
        text += step.is_public ? " public\n" : "\n";
    }
    return then_every > 0 ? text + "every " + std::to_string(then_every) + '\n' : text;
}

kernel::Result<TypedSteps> read_steps(std::string_view text, std::string_view field) {
    TypedSteps read;
    int number = 0;
    for (std::string_view line : kernel::split(text, '\n')) {
        ++number;
        const std::vector<std::string> words = words_in(line);
        if (words.empty()) continue;
        const auto every = every_of(words);
        const auto step = every ? std::nullopt : step_of(words);
        if (read.then_every > 0 || (!every && !step))
            return kernel::invalid(std::string(field), "preset.step_line",
                                   {{"line", std::to_string(number)}, {"text", kernel::trim(line)}});
        if (every)
            read.then_every = *every;
        else
            read.ladder.push_back(*step);
    }
    if (auto ok = deadline::check(read.ladder); !ok)
        return kernel::invalid(std::string(field), ok.error().key, ok.error().args);
    return read;
}

}  // namespace preset
