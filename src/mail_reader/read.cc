#include "read.h"

#include <gmime/gmime.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include <files/framed.h>
#include <files/letters.h>
#include <files/mail.h>
#include <files/pdf.h>
#include <files/picture.h>

#include "charset.h"
#include "header.h"
#include "html.h"
#include "plain_text.h"

namespace mail_reader {
namespace {

constexpr int most_depth = 32;
constexpr int most_parts = 1000;  // of one multipart
constexpr std::size_t most_photo_bytes = 8u << 20;
constexpr std::size_t most_decoded_text = 4u << 20;

using Fate = files::Attached::Fate;
struct File {
    std::string name;
    Fate fate = Fate::other_kind;
    std::uint64_t size = 0;
    std::string content;
};
struct Found {
    std::string plain, html;
    bool cut = false;
    std::vector<File> files;
};

void append(std::string& to, const std::string& more) {
    if (more.empty()) return;
    if (!to.empty()) to += to.ends_with('\n') ? "\n" : "\n\n";
    to += more;
}

// How long the content of a part is, without holding it.
std::uint64_t size_of(GMimeDataWrapper* content) {
    GMimeStream* nowhere = g_mime_stream_null_new();
    g_mime_data_wrapper_write_to_stream(content, nowhere);
    const auto size = static_cast<std::uint64_t>(GMIME_STREAM_NULL(nowhere)->written);
    g_object_unref(nowhere);
    return size;
}

std::string content_of(GMimeDataWrapper* content) {
    GMimeStream* memory = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(content, memory);
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
    std::string out(reinterpret_cast<const char*>(bytes->data), bytes->len);
    g_object_unref(memory);
    return out;
}

std::string_view or_empty(const char* text) { return text ? text : ""; }

void read_text(GMimePart* part, GMimeDataWrapper* content, bool html, Found& found) {
    GMimeContentType* type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    std::string bytes = content_of(content);
    if (bytes.size() > most_decoded_text) {
        bytes.resize(most_decoded_text);
        found.cut = true;
    }
    std::string charset(or_empty(g_mime_content_type_get_parameter(type, "charset")));
    if (html && charset.empty()) charset = charset_within(bytes);
    const std::string text = to_utf8(bytes, charset);
    if (html) return append(found.html, text_of_html(text));
    const auto lower = [&](const char* name) {
        char* word = g_ascii_strdown(or_empty(g_mime_content_type_get_parameter(type, name)).data(), -1);
        std::string out(word);
        g_free(word);
        return out;
    };
    append(found.plain, lower("format") == "flowed" ? unflowed(text, lower("delsp") == "yes") : text);
}

// Whether the first bytes are of a kind that is taken.
bool wanted(std::string_view content) {
    return files::kind_of(content) != files::PictureKind::other || files::is_pdf(content);
}

void read_file(GMimePart* part, GMimeDataWrapper* content, Found& found) {
    File file;
    file.name = name_of(GMIME_OBJECT(part));
    file.size = content ? size_of(content) : 0;
    if (file.size > files::most_pdf_bytes)
        file.fate = Fate::too_large;
    else if (file.size > 0) {
        file.content = content_of(content);
        const bool photo = files::kind_of(file.content) != files::PictureKind::other;
        if (wanted(file.content)) file.fate = photo && file.size > most_photo_bytes ? Fate::too_large : Fate::taken;
        if (file.fate != Fate::taken) file.content = {};
    }
    found.files.push_back(std::move(file));
}

void read_object(GMimeObject* object, int depth, Found& found);

void read_alternatives(GMimeMultipart* parts, int count, int depth, Found& found) {
    Found best;
    for (int i = 0; i < count; ++i) {
        Found one;
        read_object(g_mime_multipart_get_part(parts, i), depth, one);
        if (best.plain.empty()) best.plain = std::move(one.plain);
        if (best.html.empty()) best.html = std::move(one.html);
        best.cut = best.cut || one.cut;
        std::move(one.files.begin(), one.files.end(), std::back_inserter(best.files));
    }
    // Some send an empty plain text beside the HTML.
    const bool blank = std::all_of(best.plain.begin(), best.plain.end(), [](char c) { return g_ascii_isspace(c); });
    append(found.plain, blank ? best.html : best.plain);
    found.cut = found.cut || best.cut;
    std::move(best.files.begin(), best.files.end(), std::back_inserter(found.files));
}

void read_object(GMimeObject* object, int depth, Found& found) {
    if (!object) return;
    if (depth > most_depth) {
        found.cut = true;
        return;
    }
    GMimeContentType* type = g_mime_object_get_content_type(object);
    if (GMIME_IS_MULTIPART(object)) {
        GMimeMultipart* parts = GMIME_MULTIPART(object);
        const int all = g_mime_multipart_get_count(parts), count = std::min(all, most_parts);
        found.cut = found.cut || count < all;
        if (g_mime_content_type_is_type(type, "multipart", "alternative"))
            return read_alternatives(parts, count, depth + 1, found);
        // Of what follows in a signed one, and in a report, nothing is its author's.
        const bool first = g_mime_content_type_is_type(type, "multipart", "signed") ||
                           g_mime_content_type_is_type(type, "multipart", "report");
        for (int i = 0; i < (first ? std::min(count, 1) : count); ++i) {
            Found one;
            read_object(g_mime_multipart_get_part(parts, i), depth + 1, one);
            // Here HTML stands for itself: what is beside it is no other form of it.
            append(found.plain, one.plain);
            append(found.plain, one.html);
            found.cut = found.cut || one.cut;
            std::move(one.files.begin(), one.files.end(), std::back_inserter(found.files));
        }
        return;
    }
    if (!GMIME_IS_PART(object)) {  // another message within: forwarded, or come back
        File file;
        file.name = name_of(object);
        found.files.push_back(std::move(file));
        return;
    }
    GMimePart* part = GMIME_PART(object);
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    const bool html = g_mime_content_type_is_type(type, "text", "html");
    const bool attached = g_ascii_strcasecmp(or_empty(g_mime_object_get_disposition(object)).data(), "attachment") == 0;
    if (content && !attached && (html || g_mime_content_type_is_type(type, "text", "plain")))
        return read_text(part, content, html, found);
    read_file(part, content, found);
}

// The first that fit, in the order of the mail; the others are named.
void add_files(std::string& out, std::vector<File>& all) {
    std::size_t taken = 0, bytes = 0, listed = 0;
    for (File& file : all) {
        if (listed++ == files::most_mail_listed) return;
        if (file.fate == Fate::taken) {
            if (taken == files::most_mail_files || bytes + file.content.size() > files::most_mail_file_bytes) {
                file.fate = Fate::too_many;
                file.content = {};
            } else {
                ++taken;
                bytes += file.content.size();
            }
        }
        files::add_part(out, std::string_view(file.name).substr(0, files::most_mail_header));
        files::add_part(out, std::to_string(static_cast<int>(file.fate)));
        files::add_part(out, std::to_string(file.size));
        files::add_part(out, file.content);
    }
}

std::string parts_of(GMimeMessage* message) {
    Found found;
    read_object(g_mime_message_get_mime_part(message), 0, found);
    std::string text = found.plain.empty() ? found.html : found.plain;
    const From from = from_of(message);
    if (text.empty() && found.files.empty() && from.address.empty() && subject_of(message).empty()) return "";
    if (text.size() > files::most_mail_text) {
        text.resize(files::most_mail_text);  // half a character at the end is put right by who reads it
        found.cut = true;
    }
    found.cut = found.cut || found.files.size() > files::most_mail_listed;
    std::string language = language_of(message);
    if (language.empty()) language = language_of(std::string_view(text));
    std::string out;
    for (const std::string& part :
         {id_of(message), subject_of(message), from.address, from.name, date_of(message), language,
          std::to_string(static_cast<int>(sort_of(message))), std::string(found.cut ? "1" : "0")})
        files::add_part(out, std::string_view(part).substr(0, files::most_mail_header));
    files::add_part(out, text);
    files::add_part(out, answers_of(message));
    add_files(out, found.files);
    return out;
}

}  // namespace

std::string read(int descriptor) {
    g_mime_init();
    GMimeStream* stream = g_mime_stream_fs_new(descriptor);
    g_mime_stream_fs_set_owner(GMIME_STREAM_FS(stream), FALSE);
    GMimeParser* parser = g_mime_parser_new_with_stream(stream);
    g_object_unref(stream);
    g_mime_parser_set_format(parser, GMIME_FORMAT_MESSAGE);
    g_mime_parser_set_persist_stream(parser, TRUE);  // parts stay in the file until they are read
    GMimeMessage* message = g_mime_parser_construct_message(parser, options());
    g_object_unref(parser);
    std::string out;
    if (message) {
        out = parts_of(message);
        g_object_unref(message);
    }
    return out;
}

}  // namespace mail_reader
