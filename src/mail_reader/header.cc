#include "header.h"

#include <files/mail.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>

#include "charset.h"

namespace mail_reader {
namespace {

struct Word {
    std::string charset, bytes;
    std::size_t length = 0;
};
// At an encoded word of RFC 2047, "=?charset?B?text?=".
std::optional<Word> word_at(std::string_view raw) {
    const std::size_t charset_end = raw.find('?', 2);
    if (!raw.starts_with("=?") || charset_end == raw.npos || charset_end + 3 > raw.size()) return std::nullopt;
    const char how = g_ascii_tolower(raw[charset_end + 1]);
    const std::size_t text_at = charset_end + 3, end = raw.find("?=", text_at);
    if ((how != 'b' && how != 'q') || raw[charset_end + 2] != '?' || end == raw.npos) return std::nullopt;
    Word word{std::string(raw.substr(2, charset_end - 2)), {}, end + 2};
    word.charset.resize(std::min(word.charset.size(), word.charset.find('*')));  // RFC 2231 puts a language there
    std::string text(raw.substr(text_at, end - text_at));
    if (text.find_first_of(" \t\r\n") != text.npos && how == 'b') return std::nullopt;
    if (how == 'b') {
        while (text.size() % 4 != 0) text += '=';
        gsize size = 0;
        guchar* bytes = g_base64_decode(text.c_str(), &size);
        word.bytes.assign(reinterpret_cast<const char*>(bytes), size);
        g_free(bytes);
        return word;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool coded =
            text[i] == '=' && i + 2 < text.size() && g_ascii_isxdigit(text[i + 1]) && g_ascii_isxdigit(text[i + 2]);
        if (coded) {
            word.bytes += static_cast<char>(g_ascii_xdigit_value(text[i + 1]) * 16 + g_ascii_xdigit_value(text[i + 2]));
            i += 2;
        } else {
            word.bytes += text[i] == '_' ? ' ' : text[i];
        }
    }
    return word;
}

// Every run of encoded words as a single one in UTF-8. GMime loses what follows a word that ends in padding, takes
// GB2312 for no more than that, and people's programs cut characters in two: bytes of neighbours in one charset are put
// together.
std::string with_single_words(std::string_view raw) {
    std::string out;
    while (!raw.empty()) {
        const std::size_t begin = raw.find("=?");
        out += raw.substr(0, begin);
        if (begin == raw.npos) break;
        raw.remove_prefix(begin);
        std::string text;
        auto word = word_at(raw);
        if (!word) {
            out += "=?";
            raw.remove_prefix(2);
            continue;
        }
        while (word) {
            Word run = *word;
            raw.remove_prefix(word->length);
            for (word.reset(); !word;) {
                const std::size_t next = std::min(raw.find_first_not_of(" \t\r\n"), raw.size());
                word = word_at(raw.substr(next));
                if (!word) break;
                raw.remove_prefix(next);
                if (g_ascii_strcasecmp(word->charset.c_str(), run.charset.c_str()) != 0) break;
                run.bytes += word->bytes;
                raw.remove_prefix(word->length);
                word.reset();
            }
            text += to_utf8(run.bytes, run.charset);
        }
        gchar* coded = g_base64_encode(reinterpret_cast<const guchar*>(text.data()), text.size());
        out += std::string("=?utf-8?B?") + coded + "?=";
        g_free(coded);
    }
    return out;
}

std::string raw_of(GMimeHeader* header) {
    const char* raw = header ? g_mime_header_get_raw_value(header) : nullptr;
    if (!raw) return "";
    char* unfolded = g_mime_utils_header_unfold(raw);
    std::string out(unfolded);
    g_free(unfolded);
    return out;
}

// Fields that begin with Content- belong to the body.
std::string raw_header(GMimeMessage* message, const char* name) {
    GMimeHeader* header = g_mime_header_list_get_header(g_mime_object_get_header_list(GMIME_OBJECT(message)), name);
    GMimeObject* body = g_mime_message_get_mime_part(message);
    if (!header && body) header = g_mime_header_list_get_header(g_mime_object_get_header_list(body), name);
    return raw_of(header);
}

std::string lower_word(GMimeMessage* message, const char* name) {
    const std::string raw = raw_header(message, name);
    std::string word;
    for (const char c : raw) {
        if (!g_ascii_isalnum(c) && c != '-' && c != '<' && c != '>') {
            if (word.empty() && g_ascii_isspace(c)) continue;
            break;
        }
        word += g_ascii_tolower(c);
    }
    return word;
}

}  // namespace

GMimeParserOptions* options() {
    static GMimeParserOptions* const made = [] {
        const char* charsets[] = {"utf-8", "gb18030", "windows-1252", nullptr};
        GMimeParserOptions* fresh = g_mime_parser_options_new();
        g_mime_parser_options_set_fallback_charsets(fresh, charsets);
        return fresh;
    }();
    return made;
}

bool names_an_address(std::string_view text) {
    if (text.find('[') != text.npos) return true;
    for (std::size_t at = 0; at < text.size();) {
        int dots = 0;
        const std::size_t begin = at;
        while (at < text.size() &&
               (g_ascii_isdigit(text[at]) || (text[at] == '.' && at > begin && g_ascii_isdigit(text[at - 1]))))
            dots += text[at++] == '.';
        if (dots >= 3) return true;
        if (at == begin) ++at;
    }
    return false;
}

std::string subject_of(GMimeMessage* message) {
    const std::string raw = with_single_words(raw_header(message, "Subject"));
    char* decoded = g_mime_utils_header_decode_text(options(), raw.c_str());
    const std::string subject = decoded ? decoded : "";
    g_free(decoded);
    return subject;
}

std::string id_of(GMimeMessage* message) {
    const char* id = g_mime_message_get_message_id(message);
    if (!id || std::strlen(id) > 250) return "";
    for (const char* c = id; *c; ++c)
        if (*c <= ' ' || *c > '~' || *c == '<' || *c == '>') return "";
    return names_an_address(id) || !std::strchr(id, '@') ? "" : id;
}

std::string answers_of(GMimeMessage* message) {
    std::string all;
    for (const char* name : {"In-Reply-To", "References"}) {
        const std::string raw = raw_header(message, name);
        // References grow at their end.
        for (std::size_t end = raw.rfind('>'); end != raw.npos && end > 0; end = raw.rfind('>', end - 1)) {
            const std::size_t begin = raw.rfind('<', end);
            if (begin == raw.npos) break;
            std::string id = raw.substr(begin + 1, end - begin - 1);
            id.resize(std::min(id.size(), id.find('@')));  // a host is nobody's business here
            const bool ours =
                id.starts_with(files::own_letter) && id.size() <= 80 &&
                std::all_of(id.begin(), id.end(), [](char c) { return g_ascii_isalnum(c) || c == '-' || c == '.'; }) &&
                !names_an_address(id);
            if (!ours || all.size() + id.size() + 1 > files::most_mail_header) continue;
            if (!all.empty()) all += ' ';
            all += id;
        }
    }
    return all;
}

From from_of(GMimeMessage* message) {
    From from;
    const std::string raw = with_single_words(raw_header(message, "From"));
    InternetAddressList* list = internet_address_list_parse(options(), raw.c_str());
    if (list && internet_address_list_length(list) > 0) {
        InternetAddress* first = internet_address_list_get_address(list, 0);
        if (const char* name = internet_address_get_name(first)) from.name = name;
        if (INTERNET_ADDRESS_IS_MAILBOX(first)) {
            const char* address = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first));
            if (address && std::strchr(address, '@') && !names_an_address(address)) from.address = address;
        }
    }
    if (list) g_object_unref(list);
    return from;
}

std::string name_of(GMimeObject* part) {
    GMimeHeaderList* headers = g_mime_object_get_header_list(part);
    const std::string disposition =
        with_single_words(raw_of(g_mime_header_list_get_header(headers, "Content-Disposition")));
    const std::string type = with_single_words(raw_of(g_mime_header_list_get_header(headers, "Content-Type")));
    std::string name;
    if (!disposition.empty()) {
        GMimeContentDisposition* read = g_mime_content_disposition_parse(options(), disposition.c_str());
        if (const char* said = g_mime_content_disposition_get_parameter(read, "filename")) name = said;
        g_object_unref(read);
    }
    if (name.empty() && !type.empty()) {
        GMimeContentType* read = g_mime_content_type_parse(options(), type.c_str());
        if (const char* said = g_mime_content_type_get_parameter(read, "name")) name = said;
        g_object_unref(read);
    }
    return name;
}

std::string date_of(GMimeMessage* message) {
    GDateTime* date = g_mime_message_get_date(message);
    return date ? std::to_string(std::int64_t{g_date_time_to_unix(date)}) : "";
}

std::string language_of(GMimeMessage* message) {
    const std::string tag = lower_word(message, "Content-Language");
    if (tag == "zh" || tag.find('<') != tag.npos || tag.find('>') != tag.npos) return "";  // which of the two?
    if (tag.starts_with("zh-cn") || tag.starts_with("zh-sg") || tag.starts_with("zh-hans")) return "zh-Hans";
    if (tag.starts_with("zh-tw") || tag.starts_with("zh-hk") || tag.starts_with("zh-mo") || tag.starts_with("zh-hant"))
        return "zh-Hant";
    return tag.starts_with("en-") ? "en" : tag.size() < 36 ? tag : "";
}

files::Letter::Sort sort_of(GMimeMessage* message) {
    using Sort = files::Letter::Sort;
    GMimeObject* body = g_mime_message_get_mime_part(message);
    GMimeContentType* type = body ? g_mime_object_get_content_type(body) : nullptr;
    const std::string path = raw_header(message, "Return-Path");
    if (lower_word(message, "Return-Path") == "<>" || (!path.empty() && path.find('@') == path.npos))
        return Sort::bounce;
    if (type && g_mime_content_type_is_type(type, "multipart", "report")) return Sort::bounce;
    const std::string submitted = lower_word(message, "Auto-Submitted");
    if (!submitted.empty() && submitted != "no") return Sort::automatic;
    for (const char* name : {"X-Autoreply", "X-Autorespond", "X-Auto-Reply"})
        if (!raw_header(message, name).empty()) return Sort::automatic;
    const std::string precedence = lower_word(message, "Precedence");
    if (precedence == "auto_reply" || precedence == "auto-reply") return Sort::automatic;
    if (precedence == "bulk" || precedence == "list" || precedence == "junk") return Sort::bulk;
    for (const char* name : {"List-Id", "List-Unsubscribe", "List-Post"})
        if (!raw_header(message, name).empty()) return Sort::bulk;
    return Sort::person;
}

}  // namespace mail_reader
