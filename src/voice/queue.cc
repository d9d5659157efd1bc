#include "queue.h"

#include <kernel/id.h>

namespace voice {
namespace {

constexpr int looked_at_once = 20;

Ringing place_of(const Voice& v) { return {v.due.value_or(kernel::Day{}), v.id}; }

// The first that waits for the unit, after where the filter begins.
std::optional<VoiceId> first_to_do(db::Connection& db, DeskFilter f, VoiceId but) {
    while (true) {
        const std::vector<Waiting> some = waiting(db, f, looked_at_once);
        for (const Waiting& w : some)
            if (w.voice.state != State::asked_back && w.voice.id != but) return w.voice.id;
        if (static_cast<int>(some.size()) < looked_at_once) return std::nullopt;
        f.after = place_of(some.back().voice);
    }
}

}  // namespace

std::string text_of(const Turn& turn) {
    std::string text = turn.group == Group::own ? "own" : "unit";
    if (turn.after)
        text += "-" + std::to_string(turn.after->day.days) + "-" + std::to_string(turn.after->voice.value());
    return text;
}

std::optional<Turn> parse_turn(std::string_view text) {
    const std::size_t dash = text.find('-');
    const std::string_view group = text.substr(0, dash);
    if (group != "own" && group != "unit") return std::nullopt;
    Turn turn{group == "own" ? Group::own : Group::unit, {}};
    if (dash == std::string_view::npos) return turn;
    text.remove_prefix(dash + 1);
    const std::size_t second = text.find('-');
    if (second == std::string_view::npos) return std::nullopt;
    const auto day = kernel::parse_index(text.substr(0, second)), id = kernel::parse_index(text.substr(second + 1));
    if (!day || !id) return std::nullopt;
    turn.after = Ringing{kernel::Day{*day}, VoiceId(*id)};
    return turn;
}

DeskFilter queue_filter(const people::Actor& actor, const Turn& turn) {
    DeskFilter f;
    f.unit = actor.unit;
    (turn.group == Group::own ? f.officer : f.not_of) = actor.officer;
    f.after = turn.after;
    return f;
}

Queue queue(db::Connection& db, const people::Actor& actor, const Turn& from, int at_most) {
    Queue q;
    if (from.group == Group::own) q.own = waiting(db, queue_filter(actor, from), at_most + 1);
    const int room = at_most - static_cast<int>(q.own.size());
    if (room < 0) {
        q.own.pop_back();
        q.next = Turn{Group::own, place_of(q.own.back().voice)};
        return q;
    }
    const Turn rest = from.group == Group::unit ? from : Turn{Group::unit, {}};
    q.unit = waiting(db, queue_filter(actor, rest), room + 1);
    if (static_cast<int>(q.unit.size()) <= room) return q;
    q.unit.pop_back();
    q.next = q.unit.empty() ? rest : Turn{Group::unit, place_of(q.unit.back().voice)};
    return q;
}

std::optional<VoiceId> next_in_queue(db::Connection& db, const people::Actor& actor, const Case& stood) {
    const Ringing here{stood.due.value_or(kernel::Day{}), stood.id};
    if (!stood.unit) {
        DeskFilter f;
        f.after = here;
        return first_to_do(db, f, stood.id);
    }
    const bool own = stood.officer == actor.officer;
    Turn turn;
    if (stood.unit == actor.unit) turn = {own ? Group::own : Group::unit, here};
    if (const auto found = first_to_do(db, queue_filter(actor, turn), stood.id)) return found;
    if (turn.group == Group::unit) return std::nullopt;
    return first_to_do(db, queue_filter(actor, {Group::unit, {}}), stood.id);
}

}  // namespace voice
