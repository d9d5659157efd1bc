// The few header fields that are handed over. All others are dropped: Received holds the addresses of machines.
#pragma once
#include <gmime/gmime.h>

#include <string>
#include <string_view>

#include <files/letters.h>

namespace mail_reader {

// What GMime does with bytes above 127 in header fields that say no charset.
GMimeParserOptions* options();

std::string subject_of(GMimeMessage*);
std::string id_of(GMimeMessage*);  // "" where it names a machine by its address
struct From {
    std::string address, name;
};
From from_of(GMimeMessage*);
std::string answers_of(GMimeMessage*);   // ids of our own letters in In-Reply-To and References, the newest first
std::string date_of(GMimeMessage*);      // decimal seconds, "" without one
std::string language_of(GMimeMessage*);  // as it says of itself, the first of several; ""
files::Letter::Sort sort_of(GMimeMessage*);

// Of a file, as its part says: RFC 2231, or encoded words, which are not allowed there and common. "" without one.
std::string name_of(GMimeObject* part);

// Whether four numbers with dots, or an address in brackets, stand in it.
bool names_an_address(std::string_view);

}  // namespace mail_reader
