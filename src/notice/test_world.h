// An organisation whose units can be followed: an entry about a unit touches it and, in place of a round, the root.
#pragma once
#include <http/mailer.h>
#include <jobs/jobs.h>
#include <ledger/ledger.h>
#include <page/page.h>
#include <people/testing.h>
#include <watch/watch.h>

#include "following.h"
#include "notice.h"
#include "sending.h"
#include "store.h"

namespace notice {

struct World : people::TestOrganisation {
    explicit World(db::Engine engine) : TestOrganisation(engine, {}) {
        page::set_up({});
        watch::quiet(true);
        hooks.happened = [this](db::Connection&, const ledger::Entry& entry) -> std::optional<Happened> {
            const std::int64_t unit = entry.kind == "people.unit_made" ? entry.index : entry.subject;
            if (!entry.kind.starts_with("people.unit_") || unit == confidential) return std::nullopt;
            return Happened{"server.matter_issue",
                            entry.index,
                            "",
                            "/units/" + std::to_string(unit),
                            {{What::unit, unit}, {What::cycle, root.value()}}};
        };
        hooks.named = [this](db::Connection& db, page::Lang, Matter m) -> std::optional<Named> {
            const auto found = people::unit(db, people::UnitId(m.id));
            if (!found || m.id == confidential) return std::nullopt;
            return Named{"Unit " + std::to_string(m.id), "/units/" + std::to_string(m.id)};
        };
        hooks.dates = [](db::Connection&, std::string_view, std::int64_t) {
            return std::optional(std::vector<Date>());
        };
        means.relay = Relay{"smtp://127.0.0.1:1", "notices@voices.example.org", "", {}};
        means.address = "https://voices.example.org";
        means.organisation = "Sample office";
    }

    // Asked for and confirmed, as by the letter's button. The number of the address.
    std::int64_t follow(const std::string& mail, Matter m, bool daily = false) {
        kernel::must(ask(*needs, hooks, means, {m, mail, daily, "en"}));
        const std::string token = token_for(mail);
        confirm(*needs, token);
        db::Database::Lease local = database->local();
        drop_confirmations(*local);
        return address_by_mail(*local, mail_key(needs->server_key, mail))->id;
    }
    // As if they had been sent.
    void drop_confirmations(db::Connection& local) {
        const kernel::Instant now = clock.now();
        std::vector<Waiting> others;
        while (const auto w = claim(local, now, 200)) {
            if (w->kind == Kind::confirmation) {
                sent(local, *w);
                continue;
            }
            put_off(local, *w, now + 1, w->tries);
            others.push_back(*w);
        }
        for (const Waiting& w : others) put_off(local, w, now, w.tries);
    }
    std::string token_for(const std::string& mail) {
        auto db = database->read();
        return token_of(needs->server_key, address_by_mail(*db, mail_key(needs->server_key, mail)).value());
    }
    Matter whole() const { return {What::cycle, root.value()}; }

    struct Once final : jobs::Run {
        bool stopping() const override { return false; }
        void progress(std::int64_t, std::int64_t) override {}
    } run;
    Hooks hooks;
    Means means;
    std::int64_t confidential = -1;
};

}  // namespace notice
