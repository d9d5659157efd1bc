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
    const double against = number(of.refused) + number(of.reopened) + 2 * number(of.appeals) + number(of.dissatisfied);
    return std::min(1.0, against / (number(of.answers) + number(of.messages) + 5));
}

}  // namespace text
