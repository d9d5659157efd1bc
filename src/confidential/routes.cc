#include <memory>

#include "pages.h"

namespace confidential {

void add_routes(http::Router& router, const people::Needs& needs) {
    const auto site = std::make_shared<const Site>(needs);
    using Serve = http::Response (*)(const Site&, const http::Request&);
    // Nothing in the log says when somebody came here.
    const http::Limits reading{.quiet = true}, sending{.rate = 20, .work = true, .quiet = true},
        guessing{.rate = 20, .quiet = true};
    const auto to = [site](Serve serve) { return [site, serve](const http::Request& r) { return serve(*site, r); }; };
    const auto elsewhere = [](std::string_view path) {
        return [path](const http::Request&) { return http::redirect(std::string(path)); };
    };
    using http::Method;
    router.on(Method::get, "/confidential", to(show_intro), reading);
    router.on(Method::get, "/confidential/could-you-be-guessed", to(show_guess), reading);
    router.on(Method::get, "/confidential/thread", to(show_thread), reading);
    router.post("/confidential", to(post_units), guessing);
    router.post("/confidential/send", to(post_send), sending);
    router.post("/confidential/thread", to(post_thread), guessing);
    router.post("/confidential/thread/word", to(post_word), guessing);
    router.post("/confidential/thread/retaliation", to(post_retaliation), guessing);
    router.post("/confidential/thread/retaliation/send", to(post_retaliation_send), guessing);
    router.post("/confidential/thread/proof", to(post_proof), guessing);
    // Who comes back to the address of a form, or changes the language there.
    router.on(Method::get, "/confidential/send", elsewhere("/confidential"), reading);
    for (const std::string_view path : {"/confidential/thread/word", "/confidential/thread/retaliation",
                                        "/confidential/thread/retaliation/send", "/confidential/thread/proof"})
        router.on(Method::get, path, elsewhere("/confidential/thread"), reading);

    router.on(Method::get, "/desk/confidential", to(show_desk), reading);
    router.on(Method::get, "/desk/confidential/{id}", to(show_matter), reading);
    router.post("/desk/confidential/open", to(post_open), reading);
    router.post("/desk/confidential/lock", to(post_lock), reading);
    router.on(Method::get, "/desk/confidential/open", elsewhere("/desk/confidential"), reading);
    const auto act = [site](Act what) {
        return [site, what](const http::Request& r) { return post_act(*site, r, what); };
    };
    router.post("/desk/confidential/{id}/reply", act(Act::reply), reading);
    router.post("/desk/confidential/{id}/close", act(Act::closed), reading);
    router.post("/desk/confidential/{id}/hand-over", act(Act::handed_over), reading);

    router.get("/account/receiving", to(show_receiving));
    router.post("/account/receiving", to(post_receiving));
    router.post("/account/receiving/change", to(post_receiving_change));
    router.post("/account/receiving/end", to(post_receiving_end));
    router.get("/admin/receivers", to(show_receivers));
    router.post("/admin/receivers", to(post_receivers));
    router.post("/admin/receivers/{id}/end", to(post_receiver_end));
}

}  // namespace confidential
