// A voice comes in, as typed values: what change.h begins with.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <deadline/clock.h>

#include "voice.h"

namespace voice::change {

// A last day and how it was counted, so that a reader can repeat it by hand: its term, from its day on, ends on it.
struct Counted : deadline::Counted {
    std::optional<kernel::Day> look;  // when the clock first looks at it; nothing: on the first working day after it
    friend bool operator==(const Counted&, const Counted&) = default;
};

// Rules frozen into a case that started while no preset was adopted, in working days.
struct Terms {
    int reply_days = 0, extension_days = 0, ask_back_days = 0, rating_days = 0;
    int superior_at = 0;  // the reopening that goes a level up, and is the last
    friend auto operator<=>(const Terms&, const Terms&) = default;
};

struct Words {
    std::string title, text, place, position, lang;
    std::vector<Photo> pictures;
    std::vector<Paper> papers = {};
    friend bool operator==(const Words&, const Words&) = default;
};

struct Held {
    Ground ground = Ground::personal_data;
    kernel::Day until;  // the last day; then the clock publishes
    friend bool operator==(const Held&, const Held&) = default;
};

struct Received {
    people::CycleId cycle;
    Kind kind = Kind::suggestion;
    Audience audience = Audience::open;
    Shown shown = Shown::published;
    Way way = Way::web;
    Counted reply;
    kernel::Day accept_late;  // from this day on it is late that no unit has it
    Terms terms;
    std::optional<Held> held;
    int photos = 0;
    bool by_staff = false, sample = false;
    std::optional<people::OfficerId> typist;
    std::string speaker;  // sealed
    std::optional<Words> words;
    bool masked = false;  // version 1: `speaker` is masked instead (seal.h)
    // ---- version 3 ----
    std::int64_t preset = 0;                 // the entry of the preset it goes by; 0: by its terms
    std::optional<kernel::Day> accept_look;  // when the clock first looks whether a unit has it, before accept_late
    std::optional<std::int64_t> table;       // of routing, in force when it came: then also what was asked for by it,
    std::optional<std::string> category, district;  // "" where not said; no district of what not everybody may read
    std::string client;                             // the program that sent it, by its name
    std::optional<kernel::Hash> origin;             // what its channel calls it, as an HMAC under the server's key
    // ---- version 4 ----
    int papers = 0;  // PDFs
    friend bool operator==(const Received&, const Received&) = default;
};
struct TakenOver {
    bool unit_only = false;
    bool replied = false;
    std::optional<kernel::Day> replied_on;
    std::optional<int> rating;
    std::optional<people::UnitId> unit;
    std::optional<Counted> term;         // from the day it was said there; nothing: none was named, or no day
    std::optional<kernel::Hash> origin;  // source and number there, as an HMAC under the server's key
    // Words: the answer, the number and the unit's name there; "" once erased, and where there were none.
    std::string reply, number, named;
    friend bool operator==(const TakenOver&, const TakenOver&) = default;
};
struct Imported {
    people::CycleId cycle;
    Kind kind = Kind::suggestion;
    std::string source;
    std::optional<kernel::Day> said_on;
    bool sample = false;
    std::string file;      // SHA-256 of the file in hex; "" when it came otherwise
    std::int64_t row = 0;  // of the file, from 1
    std::optional<Words> words;
    std::optional<TakenOver> before = {};  // version 2: a case, and what the register it comes from says of it
    friend bool operator==(const Imported&, const Imported&) = default;
};

}  // namespace voice::change
