#include "charset.h"

#include <glib.h>
#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <initializer_list>
#include <optional>
#include <vector>

namespace mail_reader {
namespace {

class Converter {
public:
    explicit Converter(const char* from, const char* to = "UTF-8") : descriptor_(::iconv_open(to, from)) {}
    ~Converter() {
        if (known()) ::iconv_close(descriptor_);
    }
    Converter(const Converter&) = delete;
    bool known() const { return descriptor_ != reinterpret_cast<iconv_t>(-1); }

    // Nothing at the first byte without a meaning, unless `lenient`. Half a character at the end is no fault.
    std::optional<std::string> convert(std::string_view bytes, bool lenient) {
        std::string out;
        std::vector<char> piece(std::min<std::size_t>(bytes.size() * 2 + 16, 64 * 1024));
        char* from = const_cast<char*>(bytes.data());
        std::size_t left = bytes.size();
        while (left > 0) {
            char* to = piece.data();
            std::size_t room = piece.size();
            const std::size_t done = ::iconv(descriptor_, &from, &left, &to, &room);
            const int fault = errno;
            out.append(piece.data(), to);
            if (done != static_cast<std::size_t>(-1) || fault == E2BIG) continue;
            if (fault == EINVAL) break;
            if (fault != EILSEQ || !lenient) return std::nullopt;
            out += "\xEF\xBF\xBD";
            ++from, --left;
            ::iconv(descriptor_, nullptr, nullptr, nullptr, nullptr);
        }
        char* to = piece.data();
        std::size_t room = piece.size();
        ::iconv(descriptor_, nullptr, nullptr, &to, &room);  // what a stateful charset keeps back
        out.append(piece.data(), to);
        return out;
    }

private:
    iconv_t descriptor_;
};

// Charsets by the names that mail gives them, the one that holds all of the named first.
std::vector<std::string> charsets_of(std::string_view label) {
    std::string name;
    for (const char c : label.substr(0, 40)) {
        if (!g_ascii_isalnum(c) && c != '-' && c != '_' && c != '.' && c != ':') return {};
        name += g_ascii_tolower(c);
    }
    const auto is = [&](std::initializer_list<const char*> names) {
        for (const char* one : names)
            if (name == one) return true;
        return false;
    };
    if (is({"gb2312", "gbk", "gb18030", "cp936", "ms936", "x-gbk", "gb_2312-80", "euc-cn", "x-cp936", "csgb2312"}))
        return {"GB18030"};
    if (is({"big5", "big-5", "cn-big5", "x-x-big5", "cp950", "big5-hkscs", "csbig5"})) return {"BIG5", "BIG5-HKSCS"};
    if (is({"iso-8859-1", "latin1", "windows-1252", "cp1252"})) return {"WINDOWS-1252"};
    if (is({"shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"})) return {"CP932"};
    if (is({"euc-kr", "ks_c_5601-1987", "cp949", "uhc"})) return {"CP949"};
    if (is({"unicode-1-1-utf-7", "utf-7"})) return {"UTF-7"};
    if (name.empty() || is({"utf-8", "utf8", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "default"})) return {};
    return {name};
}

std::size_t converted(std::string_view utf8, const char* charset) {  // characters that the charset has
    Converter converter("UTF-8", charset);
    std::size_t count = 0;
    for (const char* at = utf8.data(); converter.known() && at < utf8.data() + utf8.size();) {
        const char* next = g_utf8_next_char(at);
        if (next - at >= 3) count += converter.convert({at, static_cast<std::size_t>(next - at)}, false).has_value();
        at = next;
    }
    return count;
}

}  // namespace

std::string to_utf8(std::string_view bytes, std::string_view label) {
    std::vector<std::string> likely = charsets_of(label);
    const std::string named = likely.empty() ? "" : likely.front();
    const auto size = static_cast<gssize>(bytes.size());
    if (likely.empty() && g_utf8_validate(bytes.data(), size, nullptr)) return std::string(bytes);
    // Tried again by iconv: glib takes no zero byte, which is no reason to take UTF-8 for something else.
    for (const char* one : {"UTF-8", "GB18030", "WINDOWS-1252"}) likely.push_back(one);
    for (const std::string& charset : likely) {
        Converter converter(charset.c_str());
        if (!converter.known()) continue;
        if (auto text = converter.convert(bytes, false)) return *text;
    }
    Converter last(named.empty() ? "UTF-8" : named.c_str());
    if (last.known()) return *last.convert(bytes, true);
    return *Converter("UTF-8").convert(bytes, true);
}

std::string language_of(std::string_view utf8) {
    std::string some(utf8.substr(0, 6000));  // enough to tell, and half a character at its end counts for none
    const char* end = nullptr;
    g_utf8_validate(some.data(), static_cast<gssize>(some.size()), &end);
    some.resize(static_cast<std::size_t>(end - some.data()));
    std::string han;
    std::size_t letters = 0, others = 0;
    for (const char* at = some.data(); at < some.data() + some.size(); at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if (c >= 0x4E00 && c < 0xA000)
            han.append(at, static_cast<std::size_t>(g_utf8_next_char(at) - at));
        else if (c < 0x80)
            letters += g_ascii_isalpha(static_cast<gchar>(c));
        else if (g_unichar_isalpha(c))
            ++others;
    }
    if (han.empty()) return letters >= 20 && others == 0 ? "en" : "";
    if (others > han.size() / 3) return "";  // Japanese or Korean
    const std::size_t simplified = converted(han, "GB2312"), traditional = converted(han, "BIG5");
    return simplified > traditional ? "zh-Hans" : traditional > simplified ? "zh-Hant" : "";
}

}  // namespace mail_reader
