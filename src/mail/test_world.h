// For this module's tests: an office with a standing desk, mails that are made up, and receipts that are kept.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include <contact/contact.h>
#include <cycle/cycle.h>
#include <erasure/erasure.h>
#include <jobs/jobs.h>
#include <page/page.h>
#include <people/testing.h>
#include <preset/preset.h>
#include <routing/routing.h>
#include <voice/casework.h>
#include <watch/watch.h>

#include "taking.h"

namespace mail {

struct World : people::TestOrganisation {
    explicit World(db::Engine engine)
        : TestOrganisation(engine, {preset::add_kinds, routing::add_kinds, cycle::add_kinds, voice::add_kinds,
                                    erasure::add_kinds, contact::add_kinds, add_kinds}) {
        page::set_up({});
        watch::quiet(true);
        using people::Role;
        roads = unit(root, "Roads");
        officer(root, "clerk", {Role::clerk});
        officer(roads, "roads", {Role::officer});
        desk = kernel::must(cycle::open_standing_desk(*needs, "Always-open desk", "en"));
        means.address = "voices@example.org";
        means.relay = Relay{"smtp://127.0.0.1:1", "notices@example.org", "", {}};
        means.site = "https://voices.example.org";
        means.organisation = "Sample office";
    }

    static files::Letter letter(const std::string& text = "The lamp at the corner is dark.",
                                const std::string& from = "ming@example.org") {
        files::Letter l;
        l.message_id = kernel::hex(kernel::sha256(kernel::view(text + from))).substr(0, 12) + "@mail.example.org";
        l.subject = "Lamp";
        l.from = from;
        l.from_name = "Ming";
        l.language = "en";
        l.text = text;
        return l;
    }
    static files::Attached attached(files::Attached::Fate fate, const std::string& content = "") {
        return {fate, "name", content.size(), kernel::Bytes(content.begin(), content.end())};
    }
    Taking taking(Taking::How how = {}) const {
        return Taking(*needs, means,
                      {[](kernel::View bytes) -> kernel::Result<voice::Photo> {
                           if (kernel::text(bytes) == "broken") return kernel::invalid("photos", "files.photo_broken");
                           return voice::Photo{kernel::sha256(bytes), kernel::sha256(bytes), 10, 10, {}};
                       },
                       [](kernel::View bytes) -> kernel::Result<voice::Paper> {
                           if (kernel::text(bytes) == "%PDF-1.7") return kernel::invalid("photos", "files.pdf_broken");
                           const kernel::Hash hash = kernel::sha256(bytes);
                           return voice::Paper{{{hash, hash, 10, 10, "read on the page"}}, {}};
                       }},
                      how);
    }
    Outcome take(const files::Letter& l, Taking::How how = {}) const {
        return taking(how).take(l, kernel::sha256(kernel::view(l.text)));
    }
    Outcome::How how(const files::Letter& l, Taking::How as = {}) const { return take(l, as).how; }
    // All letters that are due, handed to a mail server that answers so.
    std::vector<http::Letter> sent(http::Taken::How answer = http::Taken::How::taken) {
        std::vector<http::Letter> all;
        Sending sending(*needs, means, [&](const http::Letter& one, const std::function<bool()>&) {
            all.push_back(one);
            return http::Taken{.how = answer, .status = 250};
        });
        sending.run(run);
        return all;
    }
    static std::string code_in(const http::Letter& l) {
        const auto found = rules::like_codes(l.text);
        return found.size() == 1 ? found[0].digits : "";
    }
    // Of its Message-ID, as huiyin-mail hands over what a mail answers.
    static std::string local_part(const http::Letter& l) { return l.message_id.substr(0, l.message_id.find('@')); }
    std::vector<voice::Voice> messages() {
        voice::Filter f;
        f.for_public = false;
        f.at_most = 100;
        return voice::voices(*database->read(), f);
    }
    std::int64_t counted(std::string_view what) {
        for (const auto& [name, n] : counts(*database->read()))
            if (name == what) return n;
        return 0;
    }
    void assign(VoiceId id) { kernel::must(voice::assign(*needs, as("clerk"), id, roads, {})); }

    struct Once final : jobs::Run {
        bool stopping() const override { return false; }
        void progress(std::int64_t, std::int64_t) override {}
    } run;
    Means means;
    people::UnitId roads;
    people::CycleId desk;
};

}  // namespace mail
