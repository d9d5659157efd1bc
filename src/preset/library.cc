#include "library.h"

#include <algorithm>
#include <stdexcept>

#include <kernel/embedded.h>

#include "params.h"

namespace preset {
namespace {

using kernel::Json;

constexpr std::size_t largest = 64 * 1024;
constexpr std::string_view neutral_cases = "letters.generic", neutral_measures = "rect.generic";

bool good_id(std::string_view id) {
    return !id.empty() && id.size() <= 60 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
    });
}

Title title_of(deadline::JsonReader& in) {
    deadline::JsonReader title = in.inside("title");
    Title said{title.text("zh-Hans"), title.text("zh-Hant"), title.text("en")};
    in.take(title);
    return said;
}

LibraryPreset must_parse(const kernel::EmbeddedFile& file, const std::function<Json(Applies)>& base) {
    const kernel::Result<LibraryPreset> read = parse_preset(file.content, base);
    if (read) return *read;
    throw std::runtime_error(std::string(file.path) + ": " + read.error().key + " at " + read.error().field);
}

std::vector<LibraryPreset> read_library() {
    std::vector<const kernel::EmbeddedFile*> files;
    for (const kernel::EmbeddedFile& file : kernel::embedded_files())
        if (file.path.starts_with("preset/") && file.path.ends_with(".preset.json")) files.push_back(&file);
    const auto nothing = [](Applies) { return Json(Json::Object{}); };
    const auto whole = [&](std::string_view id) {
        for (const kernel::EmbeddedFile* file : files)
            if (file->path == "preset/" + std::string(id) + ".preset.json")
                return as_json(must_parse(*file, nothing).preset.params);
        throw std::runtime_error("no preset " + std::string(id));
    };
    const Json cases = whole(neutral_cases), measures = whole(neutral_measures);
    std::vector<LibraryPreset> all;
    for (const kernel::EmbeddedFile* file : files)
        all.push_back(must_parse(*file, [&](Applies applies) {
            if (applies == Applies::cases) return cases;
            return applies == Applies::measures ? measures : Json(Json::Object{});
        }));
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.preset.id < b.preset.id; });
    return all;
}

}  // namespace

kernel::Result<LibraryPreset> parse_preset(std::string_view text, const std::function<Json(Applies)>& base) {
    if (text.size() > largest) return kernel::invalid("", "preset.too_large", {{"max", std::to_string(largest)}});
    const kernel::Result<Json> json = kernel::parse_json(text);
    if (!json) return json.error();
    deadline::JsonReader in(*json);
    LibraryPreset read;
    Preset& p = read.preset;
    p.id = in.text("id");
    p.version = in.integer("version");
    p.applies = in.word("applies", Applies::cases, parse_applies);
    p.tag = in.word("tag", Tag::own, parse_tag);
    for (const char* needed : {"applies", "tag"})
        if (!in.has(needed)) in.fail("deadline.json_member", needed);
    p.jurisdiction = in.text("jurisdiction");
    p.source = in.text("source");
    p.article = in.text("article");
    if (in.has("retrieved")) {
        p.retrieved = kernel::parse_day(in.text("retrieved"));
        if (!p.retrieved) in.fail("deadline.json_member", "retrieved");
    }
    read.title = title_of(in);
    const Json& said = in.json("params");
    if (!said.object()) in.fail("deadline.json_member", "params");
    if (!good_id(p.id)) in.check(kernel::invalid("", "preset.id"), "id");
    if (p.version < 1) in.fail("deadline.json_member", "version");
    if (auto ok = in.finish(); !ok) return ok.error();
    kernel::Result<Params> params = parse_params(p.applies, over(base(p.applies), said));
    if (!params) {
        kernel::Error error = params.error();
        error.field = "params." + error.field;
        return error;
    }
    p.params = *std::move(params);
    p.stated = paths_of(said);
    return read;
}

std::span<const LibraryPreset> library() {
    static const std::vector<LibraryPreset> all = read_library();
    return all;
}

const LibraryPreset* in_library(std::string_view id) {
    for (const LibraryPreset& one : library())
        if (one.preset.id == id) return &one;
    return nullptr;
}

const LibraryPreset& neutral(Applies applies) {
    const LibraryPreset* found = in_library(applies == Applies::measures ? neutral_measures : neutral_cases);
    if (!found || (applies != Applies::cases && applies != Applies::measures))
        throw std::logic_error("no neutral preset of " + std::string(name(applies)));
    return *found;
}

}  // namespace preset
