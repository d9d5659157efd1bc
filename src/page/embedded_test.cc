// What all modules' pages and words must keep to.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "assets.h"
#include "messages.h"
#include "source.h"
#include "template.h"

#include <kernel/embedded.h>
#include <kernel/text.h>

namespace page {
namespace {

TEST(Words, every_key_in_all_three_languages_with_the_same_arguments) {
    for (const auto& [key, text] : words(Lang::en))
        for (Lang lang : {Lang::zh_hans, Lang::zh_hant}) {
            const auto found = words(lang).find(key);
            if (found == words(lang).end()) {
                ADD_FAILURE() << key << " is missing in " << tag(lang);
                continue;
            }
            EXPECT_EQ(arguments(found->second), arguments(text)) << key << " in " << tag(lang);
        }
    for (Lang lang : {Lang::zh_hans, Lang::zh_hant})
        for (const auto& [key, text] : words(lang))
            EXPECT_TRUE(words(Lang::en).contains(key)) << key << " is missing in en";
}

TEST(Words, zh_hant_is_written_as_in_taiwan) {
    for (const auto& [key, text] : words(Lang::zh_hant)) {
        for (const char* mainland : {"整改", "反饋", "信息", "質量", "用戶"})
            EXPECT_EQ(text.find(mainland), std::string::npos) << key << ": " << mainland;
        // Signs that exist in simplified writing only.
        for (const char* simplified :
             {"这", "们", "说", "为", "时", "会", "请", "对", "关", "开", "发", "见", "数", "与"})
            EXPECT_EQ(text.find(simplified), std::string::npos) << key << ": " << simplified;
    }
    for (const auto& [key, text] : words(Lang::zh_hans))
        for (const char* traditional :
             {"這", "們", "說", "為", "時", "會", "請", "對", "關", "開", "發", "見", "數", "與"})
            EXPECT_EQ(text.find(traditional), std::string::npos) << key << ": " << traditional;
}

TEST(Words, chinese_has_chinese_punctuation) {
    for (Lang lang : {Lang::zh_hans, Lang::zh_hant})
        for (const auto& [key, text] : words(lang))
            for (std::size_t i = 1; i < text.size(); ++i) {
                const bool after_han = static_cast<unsigned char>(text[i - 1]) >= 0x80;
                const bool ascii = text[i] == ',' || text[i] == ';' || text[i] == '?' || text[i] == '!';
                EXPECT_FALSE(after_han && ascii) << key << " in " << tag(lang) << ": " << text;
            }
}

// Also shows that each included template exists and that no page has {{{, style attributes or scripts.
TEST(Pages, load_in_all_languages) { EXPECT_NO_THROW(load_templates()); }

TEST(Pages, messages_get_their_arguments) {
    for (const kernel::EmbeddedFile& file : kernel::embedded_files()) {
        if (!file.path.ends_with(".html") || is_partial(file.content)) continue;
        const std::string whole = include(file.path, file.content, {}, kernel::embedded_file);
        for (const Mention& mention : mentions(whole)) {
            const auto found = words(Lang::en).find(mention.key);
            if (found == words(Lang::en).end()) continue;  // load_in_all_languages says it
            bool chooses = false;
            const std::vector<std::string> wanted = arguments(found->second, &chooses);
            if (mention.for_script && mention.arguments.empty()) continue;
            EXPECT_EQ(mention.arguments, wanted) << file.path << ": " << mention.key;
            EXPECT_FALSE(chooses) << file.path << ": " << mention.key << " chooses a form by number: say() it";
        }
    }
}

// The names in class="…"; {{tags}} in it become blanks, what is made of one is left out.
std::vector<std::string> classes_in(std::string_view html) {
    std::vector<std::string> out;
    for (std::size_t at = html.find("class=\""); at != html.npos; at = html.find("class=\"", at + 1)) {
        std::string value(html.substr(at + 7, html.find('"', at + 7) - at - 7));
        for (std::size_t open; (open = value.find("{{")) != std::string::npos;) {
            const bool section = value[open + 2] == '#' || value[open + 2] == '^' || value[open + 2] == '/';
            value.replace(open, value.find("}}", open) + 2 - open, section ? " " : "?");
        }
        for (std::string_view name : kernel::split(value, ' '))
            if (!name.empty() && name.find_first_of("?(){}") == name.npos) out.emplace_back(name);
    }
    return out;
}

// A class without a rule is a part that nobody drew: take one of /design, or draw it in assets/.
TEST(Pages, use_classes_of_the_style_sheet) {
    const std::string css = style_sheet() + "\n";
    for (const kernel::EmbeddedFile& file : kernel::embedded_files()) {
        if (!file.path.ends_with(".html")) continue;
        for (const std::string& name : classes_in(file.content)) {
            bool drawn = false;
            for (std::size_t at = css.find("." + name); at != std::string::npos && !drawn;
                 at = css.find("." + name, at + 1))
                drawn = std::string_view(" ,.:{>+~)\n").find(css[at + 1 + name.size()]) != std::string_view::npos;
            EXPECT_TRUE(drawn) << file.path << ": class " << name;
        }
    }
}

std::string text_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The string literals in one call's arguments: up to the closing parenthesis.
std::vector<std::string> literals_of_call(const std::string& text, std::size_t open) {
    std::vector<std::string> out;
    int depth = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
        if (text[i] == '(') ++depth;
        if (text[i] == ')' && --depth == 0) break;
        if (text[i] != '"') continue;
        const std::size_t end = text.find('"', i + 1);
        if (end == std::string::npos) break;
        out.push_back(text.substr(i + 1, end - i - 1));
        i = end;
    }
    return out;
}

bool looks_like_key(const std::string& literal, const std::set<std::string>& modules) {
    for (const char* file : {".key", ".db", ".html", ".sql", ".txt"})
        if (literal.ends_with(file)) return false;
    const std::size_t dot = literal.find('.');
    if (dot == std::string::npos || !modules.contains(literal.substr(0, dot))) return false;
    return literal.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", dot + 1) == std::string::npos &&
           literal.size() > dot + 1 && !literal.ends_with("_");
}

// Keys in the sources: whatever stands as a literal in say(), invalid(), refuse() and state().
TEST(Words, keys_said_in_the_sources_exist) {
    std::set<std::string> modules;
    for (const auto& [key, text] : words(Lang::en)) modules.insert(key.substr(0, key.find('.')));
    int checked = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(SOURCE "/src")) {
        const std::string name = entry.path().filename().string();
        if (!name.ends_with(".cc") || name.ends_with("_test.cc")) continue;
        const std::string text = text_of(entry.path());
        for (const char* call : {"say(", "invalid(", "refuse(", "state("})
            for (std::size_t at = text.find(call); at != std::string::npos; at = text.find(call, at + 1))
                for (const std::string& literal : literals_of_call(text, at + std::string(call).size() - 1))
                    if (looks_like_key(literal, modules)) {
                        ++checked;
                        EXPECT_TRUE(has_message(literal)) << entry.path() << ": " << literal;
                    }
    }
    EXPECT_GT(checked, 50);
}

}  // namespace
}  // namespace page
