// For tests of this feature's pages: its routes over a world with a dialogue of three statements.
#pragma once
#include <gtest/gtest.h>

#include <page/page.h>
#include <people/testing_routes.h>

#include "change.h"
#include "pages.h"
#include "test_world.h"

namespace dialogue {

using http::testing::header;

inline constexpr std::string_view my_browser = "a browser of a visitor, 1";

class DialogueRoutes : public testing::Test {
protected:
    DialogueRoutes() {
        // Pages are kept by address and ledger position for the whole process: no two tests may stand at the same one.
        static int before = 0;
        must(world.ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            std::int64_t last = 1;
            for (int i = 0; i < before; ++i)
                last = w.append(encode(Closed{DialogueId(), "", people::OfficerId()}, w.next_index()));
            return last;
        }));
        before += 200;
        page::set_up({});
        http::set_csrf_key(kernel::Bytes(32, 3));
        Hooks hooks;
        hooks.parts = {
            [](const http::Request&, db::Connection&, const Statement&) { return page::escape("THE ISSUE"); }};
        cycle::Hooks round_hooks;
        round_hooks.parts = {part()};
        round_hooks.funnel = steps();
        cycle::add_routes(router, *world.needs, round_hooks);
        add_routes(router, *world.needs, hooks);
        id = world.seeded(3, s);
    }

    http::Request request(http::Method method, const std::string& path, std::string_view login = "",
                          std::string_view browser = my_browser) {
        http::Request r = people::request_by(login.empty() ? people::Actor() : world.as(login), method, path);
        r.visitor = browser;
        return r;
    }
    http::Response send(http::Request r) { return http::testing::answer(router, std::move(r)); }
    http::Response get(const std::string& path, std::string_view login = "", std::string_view browser = my_browser) {
        return send(request(http::Method::get, path, login, browser));
    }
    using Form = http::testing::Fields;
    http::Response post(const std::string& path, Form form, std::string_view login = "",
                        std::string_view browser = my_browser) {
        http::Request r = request(http::Method::post, path, login, browser);
        r.form = std::move(form);
        return send(r);
    }
    http::Response post_json(const std::string& path, std::string body) {
        http::Request r = request(http::Method::post, path, "", "");
        r.body = std::move(body);
        return send(r);
    }
    std::string at(std::string_view more = "") const { return address(id) + std::string(more); }
    static std::string number(StatementId one) { return std::to_string(one.value()); }
    static bool has(const http::Response& r, std::string_view text) { return r.body.find(text) != std::string::npos; }

    World world{db::Engine::sqlite};
    http::Router router;
    DialogueId id;
    std::vector<StatementId> s;
};

}  // namespace dialogue
