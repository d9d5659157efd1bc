// What the server and huiyin-mail agree on.
#pragma once
#include <cstddef>
#include <string_view>

namespace files {

// How the Message-ID of every letter begins that an author may answer. Of what a mail answers nothing else is handed
// over.
inline constexpr std::string_view own_letter = "huiyin-";

inline constexpr std::size_t most_mail_bytes = 64u << 20;
inline constexpr std::size_t most_mail_text = 256u << 10;       // bytes of the text that is handed over
inline constexpr std::size_t most_mail_files = 10;              // that are handed over
inline constexpr std::size_t most_mail_listed = 50;             // with those of which only the name and size are
inline constexpr std::size_t most_mail_file_bytes = 48u << 20;  // of all files that are handed over together
inline constexpr std::size_t most_mail_header = 1'000;          // bytes of a subject, name or address

// The parts on standard output (framed.h), then four for each file: its name, its fate, its size in decimal digits, its
// content where it is handed over. Marks and fates are one digit.
enum MailPart {
    mail_id,         // Message-ID without its angle brackets; empty where it names a machine by its address
    mail_subject,    //
    mail_from,       // an address
    mail_from_name,  //
    mail_date,       // seconds since 1970 in decimal digits; empty when there is none that can be read
    mail_language,   // BCP 47; empty when it cannot be told
    mail_sort,       // Letter::Sort
    mail_cut,        // 1 when the text is longer than what is handed over, or parts were nested too deep
    mail_text,       // UTF-8
    mail_answers,    // Message-IDs of our own letters that it answers, up to the "@", a space between them
    mail_parts
};

// Exit codes. 1 and 127 are left to bubblewrap.
inline constexpr int mail_broken = 65;
inline constexpr int mail_empty = 66;

}  // namespace files
