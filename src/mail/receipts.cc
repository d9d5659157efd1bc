#include "receipts.h"

#include <db/database.h>
#include <jobs/jobs.h>
#include <kernel/clock.h>
#include <kernel/json.h>
#include <kernel/seal.h>
#include <ledger/ledger.h>
#include <watch/watch.h>

#include "rules.h"

namespace mail {
namespace {

constexpr std::string_view purpose = "huiyin mail receipt v1";

std::string in_fives(const std::string& digits) {
    const auto code = kernel::Code25::parse(digits);
    return code ? code->in_fives() : digits;
}

http::Letter begun(const people::Needs& needs, const Means& means, page::Lang lang, const Receipt& r) {
    http::Letter letter;
    letter.from = means.relay->from;
    letter.to = r.to;
    letter.from_name = means.organisation;
    letter.lang = page::tag(lang);
    letter.date = needs.clock.now();
    letter.more = {{"Reply-To", "<" + means.address + ">"},
                   {"Auto-Submitted", "auto-replied"},
                   {"X-Auto-Response-Suppress", "All"}};
    if (!r.answers.empty()) {
        letter.more.emplace_back("In-Reply-To", "<" + r.answers + ">");
        letter.more.emplace_back("References", "<" + r.answers + ">");
    }
    return letter;
}

}  // namespace

kernel::Bytes seal(kernel::View server_key, const kernel::Hash& key, const Receipt& r) {
    const std::string plain = kernel::canonical(kernel::Json::Object{{"answers", r.answers},
                                                                     {"code", r.code},
                                                                     {"lang", r.lang},
                                                                     {"left_out", r.left_out},
                                                                     {"to", r.to},
                                                                     {"why", r.why}});
    return kernel::seal(server_key, purpose, kernel::hex(key), kernel::view(plain));
}

std::optional<Receipt> unseal(kernel::View server_key, const kernel::Hash& key, const kernel::Bytes& sealed) {
    const auto plain = kernel::unseal(server_key, purpose, kernel::hex(key), sealed);
    const auto read = plain ? kernel::parse_json(kernel::text(*plain)) : kernel::Result<kernel::Json>(kernel::Json());
    if (!plain || !read) return std::nullopt;
    return Receipt{read->need_string("to"),      read->need_string("code"),     read->need_string("lang"),
                   read->need_string("answers"), read->need_string("left_out"), read->need_string("why")};
}

http::Letter letter_of(const people::Needs& needs, db::Connection& db, const Means& means, VoiceId id,
                       const Receipt& r) {
    const page::Lang lang = page::parse_lang(r.lang).value_or(page::Lang::en);
    const std::string number = std::to_string(id.value());
    const auto message = voice::voice(db, id);
    const auto line = [&](std::string_view key, const page::Args& args = {}) {
        return page::say(lang, key, args) + "\n";
    };
    http::Letter letter = begun(needs, means, lang, r);
    letter.message_id = rules::letter_id(needs.server_key, id, rules::host_of(means.site));
    letter.subject = page::say(lang, "mail.letter_subject", {{"n", number}});
    std::string& text = letter.text;
    text = rules::mark_line(lang) + "\n\n" + line("mail.letter_taken", {{"n", number}});
    if (message && message->due) text += line("mail.letter_due", {{"day", page::full_date(lang, *message->due)}});
    text += means.site + "/voices/" + number + "\n\n";
    text += line("mail.letter_code") + "\n    " + in_fives(r.code) + "\n\n" +
            line("mail.letter_code_for", {{"address", means.site + "/mine"}}) + "\n";
    if (!r.left_out.empty()) text += r.left_out + "\n\n";
    text += line("mail.letter_unit_only", {{"address", means.site + "/say"}}) + line("mail.letter_contact") +
            line("mail.letter_answer") + "\n" + line("mail.letter_proof") + means.site + "/receipts/" + number +
            "\n\n-- \n" + line("mail.letter_not_you");
    return letter;
}

http::Letter refusal_of(const people::Needs& needs, const Means& means, const kernel::Hash& key, const Receipt& r) {
    const page::Lang lang = page::parse_lang(r.lang).value_or(page::Lang::en);
    http::Letter letter = begun(needs, means, lang, r);
    letter.message_id = "refused." + kernel::hex(kernel::View(key).first(16)) + "@" + rules::host_of(means.site);
    letter.subject = page::say(lang, "mail.letter_refused_subject");
    letter.text = page::say(lang, "mail.letter_refused") + "\n" + page::say(lang, "mail.why_" + r.why) + "\n\n" +
                  page::say(lang, "mail.letter_refused_then", {{"address", means.site + "/say"}}) + "\n\n-- \n" +
                  page::say(lang, "mail.letter_not_you") + "\n";
    return letter;
}

void Sending::run(jobs::Run& run) {
    while (!run.stopping() && needs_.clock.now() >= pause_until_) {
        std::optional<Waiting> next;
        std::optional<http::Letter> letter;
        {
            auto db = needs_.database.read();
            next = next_due(*db, needs_.clock.now());
            if (!next) return;
            if (const auto receipt = unseal(needs_.server_key, next->key, next->sealed))
                letter = receipt->why.empty() ? letter_of(needs_, *db, means_, next->voice, *receipt)
                                              : refusal_of(needs_, means_, next->key, *receipt);
        }
        settle(*next,
               letter ? send_(*letter, [&] { return run.stopping(); }) : http::Taken{.how = http::Taken::How::refused});
    }
}

void Sending::settle(const Waiting& w, const http::Taken& taken) {
    using How = http::Taken::How;
    db::Database::Lease local = needs_.database.local();
    db::Transaction transaction(*local);
    const kernel::Instant now = needs_.clock.now();
    switch (taken.how) {
        case How::taken:
            watch::count("huiyin_mail_receipts_sent_total");
            drop(*local, w.key);
            break;
        case How::refused:  // there is no such recipient
            watch::count("huiyin_mail_receipts_refused_total");
            drop(*local, w.key);
            break;
        case How::later:
            if (const auto at = rules::try_again(now, w.tries + 1)) {
                put_off(*local, w.key, *at, w.tries + 1);
            } else {
                watch::count("huiyin_mail_receipts_given_up_total");
                drop(*local, w.key);
            }
            break;
        case How::unreachable:  // which costs no receipt a try
            pause_until_ = now + rules::relay_pause_ms(++unreachable_);
            watch::warn("mail.server_unreachable", {{"status", taken.status}, {"times", unreachable_}});
            break;
    }
    if (taken.how != How::unreachable) unreachable_ = 0;
    transaction.commit();
}

}  // namespace mail
