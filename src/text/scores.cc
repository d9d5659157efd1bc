#include "scores.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace text {

Heat heat(std::span<const Said> said, kernel::Instant now, const HeatRule& rule) {
    struct Person {
        double first = 0, last = 0;  // age in days
        double supporters = 0;
        bool copies = true;
    };
    std::map<std::int64_t, Person> known;
    std::vector<Person> people;
    for (const Said& one : said) {
        const double age = std::max(0.0, static_cast<double>(now - one.at) / 86'400'000.0);
        const auto supporters = static_cast<double>(std::max<std::int64_t>(0, one.supporters));
        if (one.person == 0) {
            people.push_back({age, age, supporters, one.copy});
            continue;
        }
        const auto [at, added] = known.try_emplace(one.person, Person{age, age, 0, true});
        Person& person = at->second;
        person.first = std::max(person.first, age);
        person.last = std::min(person.last, age);
        person.supporters += supporters;
        person.copies = person.copies && one.copy;
    }
    for (const auto& [id, person] : known) people.push_back(person);
    // Summed in an order of their own: the same people in any order give the same figure.
    std::sort(people.begin(), people.end(), [](const Person& a, const Person& b) {
        return a.last != b.last               ? a.last < b.last
               : a.first != b.first           ? a.first < b.first
               : a.supporters != b.supporters ? a.supporters < b.supporters
                                              : a.copies < b.copies;
    });
    Heat out;
    out.people = static_cast<std::int64_t>(people.size());
    double lately = 0, before = 0;
    for (const Person& one : people) {
        const double weight = std::exp2(-one.last / rule.half_life_days) * (1 + std::log2(1 + one.supporters) / 4);
        out.without_discount += weight;
        out.heat += one.copies ? weight * rule.copy_weight : weight;
        out.copying += one.copies;
        lately += one.first < rule.half_life_days;
        before += one.first >= rule.half_life_days && one.first < 2 * rule.half_life_days;
    }
    out.growth = std::clamp(1 + std::log2((1 + lately) / (1 + before)) / 4, 0.5, 1.5);
    out.heat *= out.growth;
    out.without_discount *= out.growth;
    return out;
}

Difficulty difficulty(const Hardships& of) {
    const auto number = [](std::int64_t n) { return static_cast<double>(std::max<std::int64_t>(0, n)); };
    Difficulty out;
    out.age = std::log2(1 + number(of.days) / 30);
    out.reopenings = number(of.reopened);
    out.extensions = number(of.extended) / 2;
    out.hand_overs = std::max(0.0, number(of.handed_over) - 1) / 2;
    out.recurrence = 2 * number(of.earlier_cycles);
    out.difficulty = out.age + out.reopenings + out.extensions + out.hand_overs + out.recurrence;
    return out;
}

double focus(const Frictions& of) {
    const auto number = [](std::int64_t n) { return static_cast<double>(std::max<std::int64_t>(0, n)); };
    const double against = number(of.refused) + number(of.reopened) + 2 * number(of.appeals) + number(of.dissatisfied) +
                           number(of.about_conduct);
    return std::min(1.0, against / (number(of.answers) + number(of.messages) + 5));
}

namespace {

std::int64_t counted_votes(const Opinions& of, const DivisionRule& rule) {
    std::int64_t votes = 0;
    for (const GroupVotes& group : of)
        if (group.votes() >= rule.least_votes) votes += group.votes();
    return votes;
}

}  // namespace

std::optional<double> spread(const Opinions& of, const DivisionRule& rule) {
    const auto all = static_cast<double>(counted_votes(of, rule));
    std::int64_t groups = 0;
    double mean = 0, apart = 0;
    const auto each = [&](auto work) {
        for (const GroupVotes& group : of)
            if (group.votes() >= rule.least_votes && group.votes() > 1) {
                const auto n = static_cast<double>(group.votes());
                work(n, n / all, static_cast<double>(group.agree) / n);
            }
    };
    each([&](double, double share, double agree) { ++groups, mean += share * agree; });
    if (groups < 2) return std::nullopt;
    each([&](double n, double share, double agree) {
        apart += share * ((agree - mean) * (agree - mean) - agree * (1 - agree) / (n - 1));
    });
    return std::min(1.0, 2 * std::sqrt(std::max(0.0, apart)));
}

std::optional<Division> division(std::span<const Opinions> statements, const DivisionRule& rule) {
    Division out;
    double sum = 0;
    for (const Opinions& of : statements) {
        const std::optional<double> apart = spread(of, rule);
        if (!apart) continue;
        const std::int64_t votes = counted_votes(of, rule);
        ++out.statements, out.votes += votes;
        sum += *apart * static_cast<double>(votes);
    }
    if (out.statements == 0) return std::nullopt;
    out.division = sum / static_cast<double>(out.votes);
    return out;
}

}  // namespace text
