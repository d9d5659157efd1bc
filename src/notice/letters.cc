#include "letters.h"

#include <algorithm>

#include <kernel/bytes.h>
#include <ledger/ledger.h>

#include "rules.h"

namespace notice {
namespace {

using page::Lang;

http::Letter begun(const Means& means, Lang lang, const std::string& token) {
    http::Letter letter;
    letter.from_name = means.organisation;
    letter.lang = page::tag(lang);
    const std::string own = means.address + "/notices/" + token;
    letter.more = {{"Auto-Submitted", "auto-generated"},
                   {"List-Unsubscribe", "<" + own + "/stop>"},
                   {"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"}};
    return letter;
}

std::string stop_lines(const Means& means, Lang lang, const std::string& token) {
    return "\n-- \n" + page::say(lang, "notice.mail_stop") + "\n" + means.address + "/notices/" + token + "\n";
}

}  // namespace

std::string sentence(Lang lang, const Happened& h) {
    page::Args args = {{"n", std::to_string(h.n)}};
    if (!h.state_key.empty()) args.emplace_back("state", page::say(lang, h.state_key));
    return page::say(lang, h.key, args);
}

std::vector<Told> told_of(db::Connection& db, const Hooks& hooks, Lang lang, std::int64_t address,
                          const std::vector<std::int64_t>& entries) {
    const std::vector<Follow> follows = follows_of(db, address);
    const auto followed = [&](const Matter& m) {
        return std::any_of(follows.begin(), follows.end(),
                           [&](const Follow& f) { return f.confirmed && f.matter == m; });
    };
    std::vector<Told> all;
    for (const std::int64_t index : entries) {
        const auto entry = ledger::entry(db, index);
        const auto happened = entry ? hooks.happened(db, *entry) : std::nullopt;
        if (!happened || std::none_of(happened->touched.begin(), happened->touched.end(), followed)) continue;
        all.push_back({sentence(lang, *happened), happened->link, entry->time});
    }
    return all;
}

std::string message_id(kernel::View server_key, const Means& means, const Waiting& w) {
    const kernel::Hash key = kernel::hmac_sha256(server_key, kernel::view("huiyin notice letter v1"));
    const std::string what = std::to_string(w.letter) + "." + std::to_string(static_cast<int>(w.kind));
    const kernel::Hash whose = kernel::hmac_sha256(key, kernel::view(what + "." + std::to_string(w.recipient)));
    return what + "." + kernel::hex(kernel::View(whose).first(12)) + "@" + rules::host_of(means.address);
}

http::Letter notice_letter(const Means& means, Lang lang, const std::string& token, const std::vector<Told>& told) {
    http::Letter letter = begun(means, lang, token);
    const std::string count = page::number(lang, static_cast<std::int64_t>(told.size()));
    letter.subject = told.size() == 1 ? told.front().sentence : page::say(lang, "notice.mail_digest", {{"n", count}});
    letter.text = page::say(lang, "notice.mail_hello") + "\n";
    std::vector<bool> said(told.size());
    for (std::size_t i = 0; i < told.size(); ++i) {
        if (said[i]) continue;
        letter.text += "\n";
        for (std::size_t j = i; j < told.size(); ++j) {
            if (told[j].link != told[i].link) continue;
            said[j] = true;
            letter.text += page::date_time(lang, told[j].at) + "  " + told[j].sentence + "\n";
        }
        letter.text += means.address + told[i].link + "\n";
    }
    letter.text += "\n" + page::say(lang, "notice.mail_no_words") + "\n" + stop_lines(means, lang, token);
    return letter;
}

http::Letter confirmation_letter(const Means& means, Lang lang, const std::string& token,
                                 const std::vector<std::string>& asked_for) {
    http::Letter letter = begun(means, lang, token);
    letter.subject = page::say(lang, asked_for.empty() ? "notice.mail_yours" : "notice.mail_confirm");
    if (asked_for.empty()) {
        letter.text = page::say(lang, "notice.mail_yours_text") + "\n";
    } else {
        letter.text = page::say(lang, "notice.mail_asked") + "\n\n";
        for (const std::string& each : asked_for) letter.text += "- " + each + "\n";
        letter.text += "\n" + page::say(lang, "notice.mail_button") + "\n";
    }
    letter.text += means.address + "/notices/" + token + "\n";
    if (!asked_for.empty()) letter.text += "\n" + page::say(lang, "notice.mail_not_you") + "\n";
    return letter;
}

}  // namespace notice
