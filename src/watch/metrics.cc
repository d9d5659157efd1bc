// Text format: https://prometheus.io/docs/instrumenting/exposition_formats/ (version 0.0.4).
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <mutex>
#include <stdexcept>

#include "watch.h"

namespace watch {
namespace {

constexpr std::array<double, 13> bucket_bounds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                  0.25,  0.5,    1,     2.5,  5,     10};

enum class Kind { counter, gauge, histogram };

std::string_view kind_word(Kind kind) {
    switch (kind) {
        case Kind::counter:
            return "counter";
        case Kind::gauge:
            return "gauge";
        case Kind::histogram:
            return "histogram";
    }
    return "untyped";
}

struct Series {
    std::int64_t count = 0;                                      // a counter's value, or the number of observations
    double number = 0;                                           // a gauge's value, or the sum of observations
    std::array<std::int64_t, bucket_bounds.size()> in_bucket{};  // each observation in one bucket only
};

struct Family {
    Kind kind = Kind::counter;
    std::string label;                                  // "" for none
    std::map<std::string, Series, std::less<>> series;  // by the label's value
};

struct Registry {
    std::mutex mutex;
    std::map<std::string, Family, std::less<>> families;
    std::map<std::string, std::string, std::less<>> help;
};

Registry& registry() {
    static Registry one;
    return one;
}

bool name_is_good(std::string_view name) {
    const auto good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !name.empty() && (name[0] < '0' || name[0] > '9') && std::all_of(name.begin(), name.end(), good);
}

std::string full_name(std::string_view name) {
    constexpr std::string_view prefix = "huiyin_";
    return name.starts_with(prefix) ? std::string(name) : std::string(prefix).append(name);
}

// The caller holds the registry's lock.
Series& series_of(Registry& all, std::string_view name, Kind kind, Label label) {
    auto found = all.families.find(name);
    if (found == all.families.end()) {
        const std::string full = full_name(name);
        found = all.families.find(full);
        if (found == all.families.end()) {
            if (!name_is_good(full) || (!label.name.empty() && !name_is_good(label.name)))
                throw std::logic_error("not a metric's name: " + full);
            found = all.families.emplace(full, Family{kind, std::string(label.name), {}}).first;
        }
    }
    Family& family = found->second;
    if (family.kind != kind || family.label != label.name)
        throw std::logic_error("a metric used in two ways: " + found->first);
    const auto series = family.series.find(label.value);
    return series != family.series.end() ? series->second : family.series[std::string(label.value)];
}

std::string number_text(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    std::array<char, 32> text;
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

std::string escaped(std::string_view text, bool quotes) {
    std::string out;
    for (char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\\' || (quotes && c == '"'))
            out.append("\\").append(1, c);
        else
            out += c;
    }
    return out;
}

std::string words_in(std::string_view name) {
    std::string out(name.substr(name.find('_') + 1));
    std::replace(out.begin(), out.end(), '_', ' ');
    return out;
}

// `le` is the bound of a bucket, "" elsewhere.
void append_sample(std::string& out, std::string_view name, std::string_view suffix, std::string_view label,
                   std::string_view label_value, std::string_view le, std::string_view value) {
    out.append(name).append(suffix);
    if (!label.empty() || !le.empty()) {
        out += '{';
        if (!label.empty()) out.append(label).append("=\"").append(escaped(label_value, true)).append("\"");
        if (!label.empty() && !le.empty()) out += ',';
        if (!le.empty()) out.append("le=\"").append(le).append("\"");
        out += '}';
    }
    out.append(" ").append(value).append("\n");
}

void append_histogram(std::string& out, std::string_view name, std::string_view label, std::string_view value,
                      const Series& series) {
    std::int64_t below = 0;
    for (std::size_t i = 0; i < bucket_bounds.size(); ++i) {
        below += series.in_bucket[i];
        append_sample(out, name, "_bucket", label, value, number_text(bucket_bounds[i]), std::to_string(below));
    }
    append_sample(out, name, "_bucket", label, value, "+Inf", std::to_string(series.count));
    append_sample(out, name, "_sum", label, value, "", number_text(series.number));
    append_sample(out, name, "_count", label, value, "", std::to_string(series.count));
}

void append_family(std::string& out, std::string_view name, const Family& family, std::string_view help) {
    out.append("# HELP ").append(name).append(" ").append(escaped(help, false)).append("\n");
    out.append("# TYPE ").append(name).append(" ").append(kind_word(family.kind)).append("\n");
    for (const auto& [value, series] : family.series) {
        switch (family.kind) {
            case Kind::counter:
                append_sample(out, name, "", family.label, value, "", std::to_string(series.count));
                break;
            case Kind::gauge:
                append_sample(out, name, "", family.label, value, "", number_text(series.number));
                break;
            case Kind::histogram:
                append_histogram(out, name, family.label, value, series);
                break;
        }
    }
}

}  // namespace

void count(const char* name, std::int64_t by) { count(name, Label{}, by); }

void count(const char* name, Label label, std::int64_t by) {
    if (by < 0) throw std::logic_error(std::string("a counter never falls: ") + name);
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    series_of(all, name, Kind::counter, label).count += by;
}

void gauge(const char* name, double value) { gauge(name, Label{}, value); }

void gauge(const char* name, Label label, double value) {
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    series_of(all, name, Kind::gauge, label).number = value;
}

void observe(const char* name, double seconds) { observe(name, Label{}, seconds); }

void observe(const char* name, Label label, double seconds) {
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    Series& series = series_of(all, name, Kind::histogram, label);
    series.count += 1;
    series.number += seconds;
    const auto bucket = std::lower_bound(bucket_bounds.begin(), bucket_bounds.end(), seconds);
    if (bucket != bucket_bounds.end()) series.in_bucket[static_cast<std::size_t>(bucket - bucket_bounds.begin())] += 1;
}

void describe(const char* name, std::string_view help) {
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    all.help[full_name(name)] = help;
}

std::string metrics() {
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    std::string out;
    for (const auto& [name, family] : all.families) {
        const auto help = all.help.find(name);
        append_family(out, name, family, help == all.help.end() ? words_in(name) : help->second);
    }
    return out;
}

}  // namespace watch
