#include "taking.h"

#include <algorithm>

#include <contact/contact.h>
#include <cycle/cycle.h>
#include <db/database.h>
#include <http/mailer.h>
#include <kernel/clock.h>
#include <kernel/text.h>
#include <ledger/ledger.h>
#include <voice/casework.h>
#include <watch/watch.h>

#include "change.h"

namespace mail {
namespace {

kernel::Hash keyed(kernel::View server_key, std::string_view purpose, std::string_view what) {
    const kernel::Hash key = kernel::hmac_sha256(server_key, kernel::view(purpose));
    return kernel::hmac_sha256(key, kernel::view(what));
}

Outcome refused(rules::Why why) { return {Outcome::How::refused, why, false}; }

// Of a refusal by the ledger or a rule: what passes, and what does not.
Outcome outcome_of(const kernel::Error& error) {
    const bool passes = error.code == kernel::Code::unavailable || error.code == kernel::Code::no_space;
    return passes ? Outcome{Outcome::How::later, {}, true} : refused(rules::Why::unfit);
}

contact::Given given_by(const files::Letter& letter) {
    contact::Given given{std::string(kernel::first_code_points(letter.from_name, contact::max_name)), "", letter.from,
                         ""};
    return contact::faults(given).empty() ? given : contact::Given{};
}

rules::LeftOut left_by(const files::Letter& letter) {
    rules::LeftOut left;
    left.text = letter.cut;
    return left;
}

bool is_pdf(const files::Attached& file) { return kernel::text(file.content).starts_with("%PDF"); }

// What does not become a part of the message. Files that are for programs (a signature, a calendar entry) count
// among the others: their author sees that they were not taken.
void leave_out(const files::Attached& file, rules::LeftOut& left) {
    using Fate = files::Attached::Fate;
    if (file.fate == Fate::too_large)
        ++left.large;
    else if (file.fate == Fate::taken)
        ++(is_pdf(file) ? left.documents : left.photos);
    else
        ++left.others;
}

}  // namespace

struct Taking::Mail {
    const files::Letter& letter;
    const std::string origin;
    const kernel::Hash key;   // of its rows here
    const kernel::Hash from;  // who sent it, today
    const kernel::Day today;
    const page::Lang lang;  // of what is said to its author
    const int receipts;     // that went to them today
};

Taking::Taking(const people::Needs& needs, Means means, Makers make, How how)
    : needs_(needs), means_(std::move(means)), make_(std::move(make)), how_(how) {}

Outcome Taking::refuse(const std::string& origin, rules::Why why) const {
    const kernel::Hash key = keyed(needs_.server_key, "huiyin mail origin v1", origin);
    db::Database::Lease local = needs_.database.local();
    db::Transaction transaction(*local);
    if (first_refusal(*local, key, needs_.clock.now())) {
        count(*local, rules::name(why));
        watch::count("huiyin_mails_refused_total", {"why", rules::name(why)});
    }
    transaction.commit();
    return refused(why);
}

Outcome Taking::refuse(const Mail& mail, rules::Why why) const {
    db::Database::Lease local = needs_.database.local();
    db::Transaction transaction(*local);
    if (first_refusal(*local, mail.key, needs_.clock.now())) {
        count(*local, rules::name(why));
        watch::count("huiyin_mails_refused_total", {"why", rules::name(why)});
        // Whoever sends too many has had all their letters, and one more says so.
        const int most = rules::most_receipts + (why == rules::Why::too_many ? 1 : 0);
        if (how_.receipts && means_.answers() && http::mailable(mail.letter.from) && mail.receipts < most) {
            const Receipt told{mail.letter.from,       "", std::string(page::tag(mail.lang)),
                               mail.letter.message_id, "", std::string(rules::name(why))};
            queue_refusal(*local, mail.key, seal(needs_.server_key, mail.key, told), needs_.clock.now());
            add_to_sender(*local, mail.today, mail.from, 0, 1);
        }
    }
    transaction.commit();
    return refused(why);
}

Outcome Taking::take(const files::Letter& letter, const kernel::Hash& body) const {
    const std::string origin = rules::origin_of(letter, body);
    std::vector<std::string> own = {means_.address};
    if (means_.relay) own.push_back(means_.relay->from);
    if (const auto why = rules::not_by_a_person(letter, own)) return refuse(origin, *why);

    const kernel::Day today = kernel::local_day(needs_.clock.now());
    const kernel::Hash key = keyed(needs_.server_key, "huiyin mail origin v1", origin);
    const kernel::Hash from =
        keyed(needs_.server_key, "huiyin mail sender v1", kernel::iso(today) + "\n" + rules::folded(letter.from));
    Sender before;
    std::optional<VoiceId> known;
    bool reply_known = false;
    {
        auto db = needs_.database.read();
        known = voice::came_before(needs_, *db, voice::Way::email, "", origin);
        reply_known = reply_taken(*db, key);
        before = sender(*db, today, from);
    }
    const Mail mail{
        letter, origin, key, from, today, page::parse_lang(letter.language).value_or(page::Lang::en), before.receipts};
    if (known || reply_known) {
        // Its message was taken and the process ended before it said so: then its receipt waits for that.
        if (known) {
            db::Database::Lease local = needs_.database.local();
            db::Transaction transaction(*local);
            make_due(*local, key, *known, needs_.clock.now());
            transaction.commit();
        }
        return {Outcome::How::known, {}, false};
    }
    if (how_.limits && !letter.from.empty() && before.taken >= rules::most_of_sender)
        return refuse(mail, rules::Why::too_many);
    if (const auto taken = reply(mail)) return *taken;
    return message(mail);
}

// A receipt that somebody quotes or forwards must not put its code into words that others read.
std::string Taking::without_codes(std::string text) const {
    const std::vector<rules::Span> spans = rules::like_codes(text);
    if (spans.empty()) return text;
    auto db = needs_.database.read();
    const people::CycleId desk = cycle::standing_desk(*db).id;
    for (auto span = spans.rbegin(); span != spans.rend(); ++span) {
        const auto code = kernel::Code25::parse(span->digits);
        if (code && people::by_code(*db, desk, people::code_key(needs_.server_key, desk, *code)))
            text.replace(span->begin, span->end - span->begin, "·····");
    }
    return text;
}

std::optional<Outcome> Taking::reply(const Mail& mail) const {
    std::optional<VoiceId> about;
    for (const std::string& id : mail.letter.answers)
        if (!about) about = rules::answered(needs_.server_key, id);
    if (!about) return std::nullopt;
    std::optional<voice::Voice> message;
    {
        auto db = needs_.database.read();
        message = voice::voice(*db, *about);
    }
    if (!message) return std::nullopt;
    rules::LeftOut left = left_by(mail.letter);
    for (const files::Attached& file : mail.letter.files) leave_out(file, left);
    const std::string said = without_codes(rules::own_part(mail.letter.text));
    if (said.empty()) return refuse(mail, rules::Why::empty);
    const std::string text = rules::fitted(mail.lang, said, left, rules::most_word);
    const auto word = voice::add_word_by(
        voice::Way::email, needs_, *about, text,
        [&](db::Connection& db) -> kernel::Checked {
            if (!reply_taken(db, mail.key)) return {};
            return kernel::refuse(kernel::Code::conflict, "mail.reply_known");
        },
        [&](ledger::Writing& w, std::int64_t entry) {
            w.append(change::encode({message->cycle, entry, mail.key}));
        });
    if (word) {
        settle(mail, "reply", {});
        return Outcome{Outcome::How::reply, {}, false};
    }
    if (word.error().key == "mail.reply_known") return Outcome{Outcome::How::known, {}, false};
    // The case is over: what its author says is a message of its own, and nothing is lost.
    if (word.error().code == kernel::Code::conflict || word.error().code == kernel::Code::forbidden)
        return std::nullopt;
    return outcome_of(word.error());
}

bool Taking::attach(const Mail& mail, voice::Draft& draft, rules::LeftOut& left) const {
    // Whether it was made, and is in the draft now; an error that passes is one to wait for.
    const auto add = [&left](const files::Attached& file, auto made, auto& all) {
        if (made)
            all.push_back(*std::move(made));
        else if (made.error().code == kernel::Code::unavailable)
            return false;
        else
            leave_out(file, left);
        return true;
    };
    for (const files::Attached& file : mail.letter.files) {
        if (file.fate != files::Attached::Fate::taken || draft.photos.size() + draft.papers.size() >= voice::max_photos)
            leave_out(file, left);
        else if (is_pdf(file) ? !add(file, make_.paper(file.content), draft.papers)
                              : !add(file, make_.photo(file.content), draft.photos))
            return false;
    }
    return true;
}

// Written down before the message is taken: what is in it is made once, and found again after a kill.
std::optional<kernel::Code25> Taking::prepared(const Mail& mail, const rules::LeftOut& left) const {
    if (!how_.receipts || !means_.answers() || !http::mailable(mail.letter.from) ||
        mail.receipts >= rules::most_receipts)
        return std::nullopt;
    db::Database::Lease local = needs_.database.local();
    db::Transaction transaction(*local);
    if (const auto before = waiting(*local, mail.key)) {
        const auto receipt = unseal(needs_.server_key, mail.key, before->sealed);
        if (receipt && receipt->why.empty()) return kernel::Code25::parse(receipt->code);
        drop(*local, mail.key);
    }
    const kernel::Code25 code = kernel::Code25::random();
    const Receipt receipt{mail.letter.from, code.digits(), std::string(page::tag(mail.lang)), mail.letter.message_id,
                          rules::words_of(mail.lang, left)};
    prepare(*local, mail.key, seal(needs_.server_key, mail.key, receipt), needs_.clock.now());
    transaction.commit();
    return code;
}

Outcome Taking::message(const Mail& mail) const {
    const files::Letter& letter = mail.letter;
    voice::Draft draft;
    draft.way = voice::Way::email;
    draft.origin = mail.origin;
    draft.kind = means_.kind;
    draft.audience = voice::Audience::unit_only;
    draft.lang = letter.language.empty() ? "und" : letter.language;
    draft.title = kernel::first_code_points(without_codes(letter.subject), voice::max_title);
    const std::string said = without_codes(letter.text.empty() ? letter.subject : letter.text);
    if (said.empty()) return refuse(mail, rules::Why::empty);
    rules::LeftOut left = left_by(letter);
    if (!attach(mail, draft, left)) return {Outcome::How::later, {}, false};
    draft.text = rules::fitted(mail.lang, said, left, voice::max_text);
    {
        auto db = needs_.database.read();
        draft.cycle = cycle::standing_desk(*db).id;
    }
    draft.code = prepared(mail, left);
    // Nobody's browser, no member of staff: whoever writes can do no more than anybody.
    const auto received =
        voice::receive(needs_, people::Actor(), draft, {}, nullptr, contact::giving(needs_, given_by(letter)));
    if (!received && received.error().key == "voice.origin_known") return {Outcome::How::known, {}, false};
    if (!received) {
        const Outcome out = outcome_of(received.error());
        if (out.how != Outcome::How::refused) return out;
        watch::warn("mail.unfit", {{"why", received.error().key}});
        return refuse(mail, rules::Why::unfit);
    }
    settle(mail, "message", received->id);
    return {Outcome::How::message, {}, false};
}

void Taking::settle(const Mail& mail, std::string_view what, std::optional<VoiceId> voice) const {
    db::Database::Lease local = needs_.database.local();
    db::Transaction transaction(*local);
    const bool answers = voice && waiting(*local, mail.key).has_value();
    if (voice) make_due(*local, mail.key, *voice, needs_.clock.now());
    if (!mail.letter.from.empty()) add_to_sender(*local, mail.today, mail.from, 1, answers ? 1 : 0);
    count(*local, what);
    transaction.commit();
    watch::count("huiyin_mails_taken_total", {"as", what});
}

}  // namespace mail
