// What can happen to paper, as typed values, and its permanent encoding in the ledger. What was typed is served to
// nobody: what everybody reads is the message's own entry, which is voice's.
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <ledger/ledger.h>

#include "paper.h"

namespace paper::change {

struct Opened {
    people::CycleId cycle;
    people::UnitId unit;
    people::OfficerId by;
    kernel::Day day;
    std::int64_t sheets = 0;
    std::string place;
    friend bool operator==(const Opened&, const Opened&) = default;
};
struct SheetTyped {
    BatchId batch;
    std::optional<SheetId> of;  // typed again; nothing: the first time
    std::int64_t n = 0;
    people::OfficerId by;
    Typed typed;  // all but `what` are words
    friend bool operator==(const SheetTyped&, const SheetTyped&) = default;
};
struct SheetChecked {
    BatchId batch;
    SheetId sheet;
    people::OfficerId by;
    What what = What::message;
    bool corrected = false;
    std::optional<voice::VoiceId> voice;  // that it became, in the same transaction
    friend bool operator==(const SheetChecked&, const SheetChecked&) = default;
};
struct SentBack {
    BatchId batch;
    SheetId sheet;
    people::OfficerId by;
    std::string remark;
    friend bool operator==(const SentBack&, const SentBack&) = default;
};
struct Recounted {
    BatchId batch;
    people::OfficerId by;
    std::int64_t sheets = 0;
    std::string reason;
    friend bool operator==(const Recounted&, const Recounted&) = default;
};
// The facts are kept back: which codes open which message.
struct CodesMade {
    struct One {
        SheetId sheet;
        people::ParticipantId author;
        kernel::Hash key{};
        friend bool operator==(const One&, const One&) = default;
    };
    BatchId batch;
    people::OfficerId by;
    std::vector<One> all;
    friend bool operator==(const CodesMade&, const CodesMade&) = default;
};
using Change = std::variant<Opened, SheetTyped, SheetChecked, SentBack, Recounted, CodesMade>;

inline constexpr std::string_view opened_kind = "paper.opened", typed_kind = "paper.typed",
                                  checked_kind = "paper.checked", sent_back_kind = "paper.sent_back",
                                  recounted_kind = "paper.recounted", codes_kind = "paper.codes_made";

// `index` is the entry that it will become: the subject of an opening.
ledger::Draft encode(const Change&, std::int64_t index);
// Throws std::runtime_error when the facts are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace paper::change
