// /receipts/{index}, /receipts/{index}/proof, /check
#include <db/database.h>
#include <kernel/code.h>
#include <witnesses/witnesses.h>

#include "parts.h"

namespace proof {
namespace {

http::Response receipt_page(const people::Needs& needs, const Hooks& hooks, const http::Request& request) {
    const page::Lang lang = page::lang_of(request);
    const auto index = index_param(request);
    auto lease = needs.database.read();
    const auto receipt = index ? receipt_of(hooks, *lease, *index) : std::nullopt;
    if (!receipt) return page::refusal(request, no_such_entry());
    const auto matter = matter_of(hooks, *lease, *index);
    const auto entry = ledger::entry(*lease, *index);

    page::Slip slip;
    slip.index = *index;
    slip.minute = receipt->time;
    slip.kind = matter ? page::say(lang, matter->kind_key) : kind_words(lang, entry->kind);
    if (matter) slip.due = matter->due;
    slip.check_address = "/receipts/" + std::to_string(*index);
    slip.leaf = merkle::leaf_hash(kernel::view(receipt->leaf));
    // The code was made for whoever acted a moment ago; it is shown now and never again.
    const auto code = kernel::Code25::parse(request.cookie(code_cookie));
    if (code) {
        slip.code_fives = code->in_fives();
        slip.code_words = code->words();
    }
    const Checked checked = check(*receipt, needs.ledger.key());
    page::Data data;
    set_witnessed(lang, *hooks.witnesses, receipt->checkpoint, data);
    const auto enough = hooks.witnesses->newest();
    slip.witnessed = enough && enough->size > *index;
    data.set("slip", page::slip(lang, slip));
    data.set("has_code", code.has_value());
    data.set("index", *index);
    data.set("size", page::number(lang, checked.size));
    data.set("good", checked.signed_by_log && checked.in_tree);
    data.set("leaf", receipt->leaf);
    data.set("checkpoint", receipt->checkpoint);
    std::vector<page::Data> path;
    for (const merkle::Hash& hash : receipt->proof) path.push_back(page::Data().set("hash", kernel::hex(hash)));
    data.set("steps", static_cast<std::int64_t>(path.size()));
    data.set("path", std::move(path));
    data.set("matter", matter ? matter->link : std::string());
    std::vector<page::Data> parts;
    for (const auto& part : hooks.receipt_parts)
        parts.push_back(page::Data().set("html", part(request, *lease, *index)));
    data.set("parts", std::move(parts));
    page::Page page{page::say(lang, "proof.receipt_title", {{"index", std::to_string(*index)}}),
                    page::render(lang, "proof/receipt.html", data), "proof"};
    page.scripts = {"proof_check"};
    page.private_matter = code.has_value();
    http::Response answer = page::answer(request, std::move(page));
    if (!request.cookie(code_cookie).empty()) answer.set_cookie(request, code_cookie, "", 0);
    return answer;
}

http::Response proof_file(const people::Needs& needs, const Hooks& hooks, const http::Request& request) {
    const auto index = index_param(request);
    auto lease = needs.database.read();
    const auto receipt = index ? receipt_of(hooks, *lease, *index) : std::nullopt;
    if (!receipt) return page::refusal(request, no_such_entry());
    http::Response answer;
    answer.content_type = "text/plain; charset=utf-8";
    // With the leaf as its extra data, so that the file can be checked by itself.
    answer.body = merkle::TlogProof{*index, receipt->proof, receipt->checkpoint, receipt->leaf}.text();
    answer.set("Content-Disposition", "attachment; filename=\"receipt-" + std::to_string(*index) + ".tlog-proof\"");
    return answer;
}

// "Is my message in it?": a number leads to its receipt. A pasted .tlog-proof is checked as it stands, against the
// log's key and against the log of today.
http::Response check_page(const people::Needs& needs, const http::Request& request, const page::Form& form,
                          std::optional<page::Html> found) {
    const page::Lang lang = page::lang_of(request);
    page::Data data;
    form.fill(lang, data, {"number", "proof"});
    data.set("found", found.has_value());
    if (found) data.set("result", *found);
    data.set("key", needs.ledger.key().text());
    page::Page page{page::say(lang, "proof.check_title"), page::render(lang, "proof/check.html", data), "proof"};
    page.status = form.errors().empty() ? 200 : 422;
    return page::answer(request, std::move(page));
}

http::Response check_proof(const people::Needs& needs, const http::Request& request) {
    const page::Lang lang = page::lang_of(request);
    const std::string text(request.field("proof").value_or(""));
    auto refuse = [&](const char* key) {
        return check_page(needs, request, page::Form::again(request, {kernel::invalid("proof", key)}), std::nullopt);
    };
    // What a browser sends has CR LF; the file has LF, and ends in it.
    std::string file;
    for (char c : text)
        if (c != '\r') file += c;
    if (file.empty() || file.back() != '\n') file += '\n';
    const auto proof = merkle::TlogProof::parse(file);
    if (!proof) return refuse("proof.proof_unreadable");
    auto lease = needs.database.read();
    const auto now = ledger::receipt(*lease, proof->index);
    if (!now) return refuse("proof.proof_beyond");
    ledger::Receipt then = *now;
    then.proof = proof->proof;
    then.checkpoint = proof->checkpoint;
    const Checked before = check(then, needs.ledger.key());
    if (!before.signed_by_log) return refuse("proof.proof_other_key");
    if (!before.in_tree) return refuse("proof.proof_differs");
    const auto old_note = merkle::Note::parse(proof->checkpoint);
    const auto old_head = merkle::Checkpoint::parse(old_note->body);
    const auto new_head = merkle::Checkpoint::parse(merkle::Note::parse(now->checkpoint)->body);
    if (!old_head || !new_head || old_head->size > new_head->size) return refuse("proof.proof_beyond");
    const auto path = merkle::consistency_proof(old_head->size, new_head->size, ledger::hashes(*lease));
    if (!merkle::verify_consistency(old_head->size, new_head->size, path, old_head->root, new_head->root))
        return refuse("proof.proof_differs");
    page::Data data;
    data.set("index", proof->index);
    data.set("then", page::number(lang, old_head->size));
    data.set("now", page::number(lang, new_head->size));
    return check_page(needs, request, page::Form(request), page::render(lang, "proof/checked.html", data));
}

}  // namespace

void add_receipt_pages(http::Router& router, const people::Needs& needs, const Hooks& hooks) {
    router.get("/receipts/{index}",
               [needs, hooks](const http::Request& request) { return receipt_page(needs, hooks, request); });
    router.get("/receipts/{index}/proof",
               [needs, hooks](const http::Request& request) { return proof_file(needs, hooks, request); });
    router.get("/check", [needs](const http::Request& request) {
        const auto number = request.asked("number");
        if (!number || number->empty()) return check_page(needs, request, page::Form(request), std::nullopt);
        const auto index = kernel::parse_index(*number);
        if (!index || *index >= needs.ledger.size())
            return check_page(needs, request,
                              page::Form::again(request, {kernel::invalid("number", "proof.no_such_entry")}),
                              std::nullopt);
        return http::redirect("/receipts/" + std::to_string(*index));
    });
    router.post("/check", [needs](const http::Request& request) { return check_proof(needs, request); });
}

}  // namespace proof
