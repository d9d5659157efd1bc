// The author's side of a matter, by the code, which stands in no address.
#include <db/database.h>
#include <kernel/text.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "pages.h"

namespace confidential {
namespace {

using http::Request;
using http::Response;
using page::Data;
using page::Lang;

Response code_page(const Request& r, const std::vector<kernel::Error>& errors) {
    const Lang lang = page::lang_of(r);
    Data data;
    page::Form::of(r, errors).fill(lang, data, {"code"});
    data.set("code_value", "");  // a secret is not shown again
    return leaving_nothing(
        r, private_page(lang, "confidential.thread_title", page::render(lang, "confidential/code.html", data),
                        page::status_of(errors)));
}

std::optional<kernel::Code25> code_in(const Request& r) { return kernel::Code25::parse(r.field("code").value_or("")); }

Response thread_page(const Site& site, const Request& r, const kernel::Code25& code,
                     const std::vector<kernel::Error>& errors, const std::string& promise = {}) {
    const Lang lang = page::lang_of(r);
    auto db = site.needs.database.read();
    const auto found = thread(site.needs, *db, code);
    if (!found) return code_page(r, {code_wrong()});
    Data data;
    page::Form::of(r, errors).fill(lang, data, {"text"});
    data.set("code", code.digits()).set("said", said_rows(lang, *db, *found, true)).set("promise", promise);
    set_standing(lang, *db, data, *found);
    const bool may_speak = found->matter.author() && found->matter.now().n < most_acts;
    data.set("may_speak", may_speak).set("full", found->matter.now().n >= most_acts);
    const std::string days = people::setting(*db, "confidential.reply_days");
    data.set("answer", page::say(lang, "confidential.answer_days", {{"n", days}}));
    return leaving_nothing(
        r, private_page(lang, "confidential.thread_title", page::render(lang, "confidential/thread.html", data),
                        page::status_of(errors)));
}

// The words of the first matter's units, and who may read about them.
struct Above {
    std::vector<people::UnitId> units;
    std::vector<Receiver> offered;
};
kernel::Result<Above> above_of(const Site& site, const kernel::Code25& code) {
    auto db = site.needs.database.read();
    const auto first = thread(site.needs, *db, code);
    if (!first) return code_wrong();
    const Content* const opened = first->opened();
    if (!opened) return kernel::refuse(kernel::Code::conflict, "confidential.erased");
    return Above{opened->units, above(*db, opened->units)};
}

kernel::Error no_token() { return kernel::refuse(kernel::Code::malformed, "confidential.no_token"); }

}  // namespace

Response show_thread(const Site&, const Request& r) { return code_page(r, {}); }

Response post_thread(const Site& site, const Request& r) {
    const auto code = code_in(r);
    return code ? thread_page(site, r, *code, {}) : code_page(r, {code_wrong()});
}

Response post_word(const Site& site, const Request& r) {
    const auto code = code_in(r);
    const auto token = form_token(r);
    if (!code) return code_page(r, {code_wrong()});
    if (!token) return people::refusal(r, no_token());
    page::Reader reader(r);
    const std::string text = reader.need_text("text", max_text, "confidential.text_missing", kernel::Lines::many);
    std::vector<kernel::Error> errors = reader.errors();
    if (errors.empty()) {
        const auto promised = add_word(site.needs, *code, text, page::tag(page::lang_of(r)), *token);
        // What was sent twice is there once.
        if (promised || promised.error().key == "confidential.sent_already")
            return thread_page(site, r, *code, {}, promised ? *promised : std::string());
        if (promised.error().field == "code") return code_page(r, {code_wrong()});
        if (promised.error().field.empty()) return people::refusal(r, promised.error());
        errors.push_back(promised.error());
    }
    return thread_page(site, r, *code, errors);
}

Response post_retaliation(const Site& site, const Request& r) {
    const auto code = code_in(r);
    if (!code) return code_page(r, {code_wrong()});
    const auto found = above_of(site, *code);
    if (!found) return found.error().field == "code" ? code_page(r, {code_wrong()}) : people::refusal(r, found.error());
    return write_page(site, r, found->units, found->offered, code->digits(), {});
}

Response post_retaliation_send(const Site& site, const Request& r) {
    const auto code = code_in(r);
    const auto token = form_token(r);
    if (!code) return code_page(r, {code_wrong()});
    if (!token) return people::refusal(r, no_token());
    std::vector<kernel::Error> errors;
    const Draft draft = draft_of(r, errors);
    if (errors.empty()) {
        const auto sent = send_retaliation(site.needs, *code, draft, *token);
        if (sent) return sent_page(r, *sent);
        if (sent.error().field == "code") return code_page(r, {code_wrong()});
        if (sent.error().field.empty()) return people::refusal(r, sent.error());
        errors.push_back(sent.error());
    }
    const auto found = above_of(site, *code);
    if (!found) return code_page(r, {code_wrong()});
    return write_page(site, r, found->units, found->offered, code->digits(), errors);
}

// All that a verifier needs of one act: the leaf, both payloads with their salts, the receipt.
Response post_proof(const Site& site, const Request& r) {
    const auto code = code_in(r);
    const auto n = kernel::parse_index(r.field("n").value_or(""));
    if (!code) return code_page(r, {code_wrong()});
    auto db = site.needs.database.read();
    const auto found = thread(site.needs, *db, *code);
    if (!found) return code_page(r, {code_wrong()});
    const auto unknown = kernel::refuse(kernel::Code::not_found, "confidential.unknown");
    if (!n || *n < 1 || *n > std::ssize(found->said)) return people::refusal(r, unknown);
    const auto entry = found->said[static_cast<std::size_t>(*n - 1)].part.entry;
    if (!entry) return people::refusal(r, kernel::refuse(kernel::Code::conflict, "confidential.not_entered"));
    const auto whole = ledger::whole_entries(*db, *entry, *entry + 1, 1);
    const auto receipt = ledger::receipt(*db, *entry);
    if (whole.empty() || !receipt) return people::refusal(r, unknown);
    Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.body = "entry " + std::to_string(*entry) + "\n\nleaf\n" + whole[0].leaf + "\n\nfacts\n" + whole[0].facts +
                    "\nsalt " + kernel::base64(whole[0].facts_salt) + "\n\n";
    if (whole[0].words)
        response.body += "words\n" + whole[0].words->bytes + "\nsalt " + kernel::base64(whole[0].words->salt) +
                         "\nsha256 " + kernel::hex(kernel::sha256(kernel::view(whole[0].words->bytes))) + "\n\n";
    response.body += receipt->tlog_proof();
    return response;
}

}  // namespace confidential
