#include "routes.h"

#include "acts.h"

namespace voice {
namespace {

using http::Request;

}  // namespace

VoiceId id_of(const Request& r) { return VoiceId(kernel::parse_index(r.param("id")).value_or(0)); }

kernel::Error unknown_voice() { return kernel::refuse(kernel::Code::not_found, "voice.unknown"); }

std::optional<cycle::Cycle> cycle_of(db::Connection& db, const Request& r) {
    const std::string_view id = r.param("id");
    if (id.empty()) return cycle::standing_desk(db);
    const std::optional<std::int64_t> n = kernel::parse_index(id);
    return n ? cycle::cycle(db, people::CycleId(*n)) : std::nullopt;
}

std::optional<Counting> counting_of(const Request& r) {
    const auto asked = people::counting_asked(r, "received");
    const std::optional<Figure> what = asked ? parse_figure(asked->what) : std::nullopt;
    return what ? std::optional(Counting{asked->units, asked->from, asked->to, *what, asked->below}) : std::nullopt;
}

Filter filter_of(const Request& r, int at_most) {
    Filter f;
    const auto index = [&](std::string_view name) { return kernel::parse_index(r.asked(name).value_or("")); };
    if (const auto n = index("cycle")) f.cycle = people::CycleId(*n);
    if (const auto n = index("unit")) f.unit = people::UnitId(*n);
    if (const auto n = index("before")) f.before = VoiceId(*n);
    if (const auto n = index("after")) f.after = VoiceId(*n);
    f.kind = parse_kind(r.asked("kind").value_or(""));
    f.state = parse_state(r.asked("state").value_or(""));
    const std::string_view late = r.asked("late").value_or("");
    f.late_only = late == "yes" || late == "1" || late == "true";
    f.ground = parse_ground(r.asked("ground").value_or(""));
    f.at_most = at_most;
    f.counted = counting_of(r);
    if (f.counted) f.unit.reset();
    return f;
}

bool is_author(const Site& site, db::Connection& db, const Request& r, const Case& c) {
    return who_of(db, {}, c, keys_of(site.needs, c.cycle, r.visitor, r.field("code").value_or(""))).author;
}

void add_routes(http::Router& router, const people::Needs& needs, const Means& means, Hooks hooks) {
    // Shared, because every handler keeps it for as long as the router lives.
    const auto site = std::make_shared<const Site>(Site{needs, means, std::move(hooks)});
    const auto serve = [site](Serve how) -> http::Handler {
        return [site, how](const Request& request) { return how(*site, request); };
    };
    // Three photographs of 8 MB or PDFs of 20 MB, from a telephone on a slow line. Somewhat more and larger ones are
    // let in, so that the form can say at the field what is too much, and what was typed is kept.
    const http::Limits with_photos{
        .body = 128 * 1024, .seconds = 60, .rate = 60, .files = 6, .file_bytes = 24u << 20, .work = true};
    const http::Limits api{.body = 128 * 1024, .csrf = false, .work = true};
    const http::Limits guessing{.rate = 20};
    const http::Limits anybody{.rate = 30};

    router.get("/say", serve(show_say));
    router.post("/say", serve(post_say), with_photos);
    router.get("/say/start", serve(show_say));
    // Changes nothing, so it needs no token: the page it stands on is kept for everybody.
    router.post("/say/start", serve(start_say), {.csrf = false});
    router.get("/cycles/{id}/say", serve(show_say));
    router.post("/cycles/{id}/say", serve(post_say), with_photos);

    router.get("/voices", serve(list_voices));
    router.get("/channels", serve(show_channels));
    router.get("/cycles/{id}/channels", serve(show_channels));
    router.get("/api/v1/channels", serve(channels_json));
    router.get("/api/v1/cycles/{id}/channels", serve(channels_json));
    router.get("/voices.csv", serve(voices_csv));
    router.get("/api/v1/voices.csv", serve(voices_csv));
    router.get("/voices/{id}", serve(show_voice));
    router.get("/voices/{id}/photos/{n}", serve(show_photo));
    router.get("/voices/{id}/papers/{n}", serve(show_paper));
    router.get("/voices/{id}/papers/{n}/pages/{page}", serve(show_paper_page));
    router.get("/voices/{id}/report", serve(show_report));
    router.post("/voices/{id}/report", serve(post_report), anybody);

    router.get("/mine", serve(show_mine));
    router.post("/mine", serve(post_mine), guessing);
    router.get("/voices/{id}/author", serve(show_author));
    router.post("/voices/{id}/open", serve(post_open), guessing);
    router.post("/voices/{id}/photos/{n}", serve(show_photo), guessing);
    router.post("/voices/{id}/papers/{n}", serve(show_paper), guessing);
    router.post("/voices/{id}/papers/{n}/pages/{page}", serve(show_paper_page), guessing);
    router.post("/voices/{id}/word", serve(post_word), guessing);
    router.get("/desk/call-back", serve(show_call_back_queue));
    router.post("/voices/{id}/rating", serve(post_rating), guessing);
    router.post("/voices/{id}/reopening", serve(post_reopening), guessing);
    router.post("/voices/{id}/apart", serve(post_apart), guessing);
    router.post("/voices/{id}/whole", serve(post_whole), guessing);
    router.post("/voices/{id}/agreement", serve(post_agreement), guessing);
    router.post("/voices/{id}/agreement/kept", serve(post_agreement_kept), guessing);
    router.post("/voices/{id}/withdrawal", serve(post_withdrawal), guessing);
    router.post("/voices/{id}/appeal", serve(post_appeal), guessing);

    router.get("/desk", serve(show_desk));
    router.get("/desk/voices.csv", serve(desk_csv));
    router.get("/desk/enter", serve(show_enter));
    router.post("/desk/enter", serve(post_enter), with_photos);
    router.get("/desk/moderation", serve(show_moderation));
    router.get("/desk/voices/{id}", serve(show_case));
    add_desk_acts(router, site);

    router.post("/api/v1/voices", serve(post_voice_json), api);
    router.post("/api/v1/cycles/{id}/voices", serve(post_voice_json), api);
    constexpr int most_voices = 100;
    router.get("/api/v1/voices", page::json_list(serve(list_voices_json), most_voices));
    router.get("/api/v1/cycles/{id}/voices", page::json_list(serve(list_voices_json), most_voices));
    router.get("/api/v1/voices/{id}", serve(voice_json));
}

}  // namespace voice
