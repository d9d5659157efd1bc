// On both engines: what becomes of mails, their receipts and answers, each once; and replay, also after erasure.
#include "store.h"

#include <gtest/gtest.h>

#include <random>

#include <kernel/testing.h>

#include "test_world.h"

namespace mail {
namespace {

using How = Outcome::How;
using Fate = files::Attached::Fate;

class Mails : public testing::TestWithParam<db::Engine>, protected World {
protected:
    Mails() : World(GetParam()) {}
};

TEST_P(Mails, BecomeMessagesForTheUnitAlone) {
    files::Letter l = letter();
    l.language = "zh-Hans";
    EXPECT_EQ(how(l), How::message);
    const auto all = messages();
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].title, "Lamp");
    EXPECT_EQ(all[0].text, l.text);
    EXPECT_EQ(all[0].lang, "zh-Hans");
    EXPECT_EQ(all[0].way, voice::Way::email);
    EXPECT_EQ(all[0].audience, voice::Audience::unit_only);
    EXPECT_EQ(all[0].kind, voice::Kind::help);
    EXPECT_EQ(voice::voice(*database->read(), all[0].id)->text, "") << "for everybody";
    const auto kept = contact::contact_of(*database->read(), needs->server_key, all[0].id);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->given, (contact::Given{"Ming", "", "ming@example.org", ""}));
    EXPECT_EQ(voice::channels(*database->read(), desk), (std::vector<voice::Channel>{{voice::Way::email, "", 1}}));
    EXPECT_EQ(counted("message"), 1);
    expect_same_after_rebuild();
}

TEST_P(Mails, EachIsTakenOnce) {
    EXPECT_EQ(how(letter()), How::message);
    EXPECT_EQ(how(letter()), How::known);
    files::Letter other = letter("Other words under the same id.");
    other.message_id = letter().message_id;
    EXPECT_EQ(how(other), How::message);
    files::Letter without = letter();
    without.message_id = "";
    EXPECT_EQ(how(without), How::message);
    EXPECT_EQ(how(without), How::known);
    restart();
    EXPECT_EQ(how(letter()), How::known);
    EXPECT_EQ(messages().size(), 3u);
    EXPECT_EQ(sent().size(), 3u);
    EXPECT_TRUE(sent().empty());
}

TEST_P(Mails, NothingOfProgramsIsTakenOrAnswered) {
    files::Letter l = letter();
    for (const auto sort : {files::Letter::Sort::automatic, files::Letter::Sort::bulk, files::Letter::Sort::bounce}) {
        l.sort = sort;
        l.message_id += "x";
        EXPECT_EQ(how(l), How::refused);
        EXPECT_EQ(how(l), How::refused) << "seen again, counted once";
    }
    EXPECT_EQ(counted("automatic") + counted("bulk") + counted("bounce"), 3);
    EXPECT_EQ(take(letter("x", "Notices@example.org")).why, rules::Why::own);
    EXPECT_TRUE(messages().empty());
    EXPECT_TRUE(sent().empty());
}

TEST_P(Mails, WithoutTextTheSubjectIsTheText) {
    files::Letter l = letter("");
    EXPECT_EQ(how(l), How::message);
    EXPECT_EQ(messages().at(0).text, "Lamp");
    l.subject = "";
    l.message_id = "two@mail.example.org";
    EXPECT_EQ(take(l).why, rules::Why::empty);
    EXPECT_EQ(take(l).why, rules::Why::empty) << "seen again, told once";
    EXPECT_EQ(counted("empty"), 1);
    const auto out = sent();
    ASSERT_EQ(out.size(), 2u);
    const http::Letter& told = out[0].message_id.starts_with("refused.") ? out[0] : out[1];
    EXPECT_EQ(told.to, l.from);
    EXPECT_NE(told.text.find("no text"), std::string::npos);
    EXPECT_EQ(code_in(told), "");
    http::bytes_of(told);
}

TEST_P(Mails, WhatIsNotTakenIsNamedByCountAndKind) {
    files::Letter l = letter();
    for (int i = 0; i < 4; ++i) l.files.push_back(attached(Fate::taken, "\xFF\xD8\xFF" + std::to_string(i)));
    l.files.push_back(attached(Fate::taken, "broken"));
    l.files.push_back(attached(Fate::taken, "%PDF-1.7"));
    l.files.push_back(attached(Fate::too_large));
    l.files.push_back(attached(Fate::other_kind));
    EXPECT_EQ(how(l), How::message);
    const auto one = messages().at(0);
    EXPECT_EQ(one.photos, 3);
    for (const std::string part : {"2 pictures", "1 PDF file", "1 file that is too large", "1 other file"})
        EXPECT_NE(one.text.find(part), one.text.npos) << part << "\n" << one.text;
    EXPECT_EQ(one.text.find("name"), one.text.npos);
    EXPECT_NE(sent().at(0).text.find("1 PDF file"), std::string::npos);
    files::Letter endless = letter(std::string(6'000, 'x'));
    EXPECT_EQ(how(endless), How::message);
    EXPECT_EQ(messages().at(0).text.size(), voice::max_text);
}

TEST_P(Mails, ThreeFilesAreTakenPicturesAndPdfsTogether) {
    files::Letter l = letter();
    for (const char* content : {"%PDF-1.4 one", "\xFF\xD8\xFF", "%PDF-1.4 two", "%PDF-1.4 three"})
        l.files.push_back(attached(Fate::taken, content));
    EXPECT_EQ(how(l), How::message);
    const auto one = messages().at(0);
    EXPECT_EQ(one.photos, 1);
    EXPECT_EQ(one.papers, 2);
    EXPECT_NE(one.text.find("1 PDF file ("), one.text.npos) << one.text;
}

TEST_P(Mails, WhoWritesGetsAReceiptWhoseCodeOpens) {
    files::Letter l = letter();
    EXPECT_EQ(how(l), How::message);
    const auto out = sent();
    ASSERT_EQ(out.size(), 1u);
    EXPECT_EQ(out[0].to, l.from);
    EXPECT_EQ(out[0].text.find(l.text), std::string::npos) << "nothing of what was written goes out";
    EXPECT_NE(out[0].text.find("https://voices.example.org/voices/"), std::string::npos);
    const auto header = [&](std::string_view name) {
        for (const auto& [each, value] : out[0].more)
            if (each == name) return value;
        return std::string();
    };
    EXPECT_EQ(header("Auto-Submitted"), "auto-replied");
    EXPECT_EQ(header("Reply-To"), "<voices@example.org>");
    EXPECT_EQ(header("In-Reply-To"), "<" + l.message_id + ">");
    http::bytes_of(out[0]);
    const VoiceId id = messages().at(0).id;
    EXPECT_EQ(rules::answered(needs->server_key, local_part(out[0])), id);
    const std::string code = code_in(out[0]);
    ASSERT_EQ(code.size(), 25u);
    kernel::must(voice::add_word(*needs, {}, id, code, "More.", {}));
    EXPECT_EQ(how_many_wait(*database->read()), 0) << "address and code are gone once it is sent";
}

TEST_P(Mails, AReceiptSurvivesAnEndAtAnyMoment) {
    // Written down, and the process ended before the message was taken.
    const files::Letter l = letter();
    const kernel::Code25 code = kernel::Code25::random();
    {
        const std::string origin = rules::origin_of(l, kernel::sha256(kernel::view(l.text)));
        const kernel::Hash of_mail = kernel::hmac_sha256(needs->server_key, kernel::view("huiyin mail origin v1"));
        const kernel::Hash key = kernel::hmac_sha256(of_mail, kernel::view(origin));
        db::Database::Lease local = database->local();
        prepare(*local, key, seal(needs->server_key, key, {l.from, code.digits(), "en", "", ""}), clock.now());
    }
    EXPECT_TRUE(sent().empty()) << "nothing is due before the message is there";
    EXPECT_EQ(how(l), How::message);
    EXPECT_EQ(code_in(sent().at(0)), code.digits()) << "the code that was written down";
    // Taken, and the process ended before it said so: the row waits still.
    const files::Letter second = letter("Second.");
    EXPECT_EQ(how(second), How::message);
    {
        db::Database::Lease local = database->local();
        local->run("update local.mail_outbox set voice = 0, due = 0");
    }
    EXPECT_TRUE(sent().empty());
    EXPECT_EQ(how(second), How::known);
    EXPECT_EQ(sent().size(), 1u);
    EXPECT_EQ(how(second), How::known);
    EXPECT_TRUE(sent().empty());
}

TEST_P(Mails, ReceiptsAreTriedAgainUnderOneName) {
    EXPECT_EQ(how(letter()), How::message);
    const auto first = sent(http::Taken::How::later);
    ASSERT_EQ(first.size(), 1u);
    EXPECT_TRUE(sent().empty()) << "not at once";
    clock.set(clock.now() + 60'000);
    const auto again = sent();
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].message_id, first[0].message_id);
    EXPECT_EQ(code_in(again[0]), code_in(first[0]));
    EXPECT_EQ(how(letter("No such recipient.")), How::message);
    EXPECT_EQ(sent(http::Taken::How::refused).size(), 1u);
    EXPECT_EQ(how_many_wait(*database->read()), 0);
}

TEST_P(Mails, NobodyIsWrittenToAgainAndAgain) {
    const auto nth = [](int i) { return letter("Mail " + std::to_string(i)); };
    for (int i = 0; i < rules::most_of_sender; ++i) EXPECT_EQ(how(nth(i)), How::message) << i;
    EXPECT_EQ(take(nth(99)).why, rules::Why::too_many);
    EXPECT_EQ(how(nth(0)), How::known) << "what was taken stays known";
    EXPECT_EQ(take(nth(98)).why, rules::Why::too_many);
    EXPECT_EQ(sent().size(), rules::most_receipts + 1u) << "one says that there were too many";
    EXPECT_EQ(how(letter("Mail 0", "bert@example.org")), How::message) << "others are not meant";
    EXPECT_EQ(how(nth(99), {false, false}), How::message) << "an import has no such limit";
    go_to("2026-11-24");
    EXPECT_EQ(how(nth(100)), How::message);
    EXPECT_EQ(sent().size(), 2u);
}

TEST_P(Mails, WithoutAMailServerMessagesAreTakenAllTheSame) {
    means.relay.reset();
    EXPECT_EQ(how(letter()), How::message);
    EXPECT_EQ(how_many_wait(*database->read()), 0);
    EXPECT_EQ(how(letter("x", "")), How::message) << "nobody can be written to, and it says something";
    EXPECT_FALSE(contact::contact_of(*database->read(), needs->server_key, messages().at(0).id));
}

TEST_P(Mails, AnAnswerIsItsAuthorsFurtherWord) {
    EXPECT_EQ(how(letter()), How::message);
    const auto receipt = sent().at(0);
    const VoiceId id = messages().at(0).id;
    assign(id);
    kernel::must(voice::ask_back(*needs, as("roads"), id, "Which lamp?"));
    std::string quoted = "\nOn Monday, Office <notices@example.org> wrote:\n";
    for (const std::string_view line : kernel::split(receipt.text, '\n')) quoted += "> " + std::string(line) + "\n";
    files::Letter reply = letter("Number 7.\n" + quoted);
    reply.answers = {local_part(receipt)};
    EXPECT_EQ(how(reply), How::reply);
    EXPECT_EQ(how(reply), How::known);
    EXPECT_EQ(voice::voice(*database->read(), id)->state, voice::State::assigned) << "the clock runs again";
    const std::int64_t word = ledger->size() - 2;
    EXPECT_EQ(*(*ledger::entry(*database->read(), word)->words)["text"].string(), "Number 7.");
    EXPECT_EQ(slip(*database->read(), word + 1)->link, "/voices/" + std::to_string(id.value()));
    EXPECT_FALSE(slip(*database->read(), word));
    EXPECT_EQ(messages().size(), 1u);
    EXPECT_TRUE(sent().empty()) << "an answer is not answered";
    files::Letter forged = letter("Not by them.");
    forged.answers = {"huiyin-" + std::to_string(id.value()) + ".000000000000000000000000"};
    EXPECT_EQ(how(forged), How::message) << "what answers nothing of ours is a message of its own";
    expect_same_after_rebuild();
}

TEST_P(Mails, AnAnswerToWhatIsOverIsAMessageOfItsOwn) {
    EXPECT_EQ(how(letter()), How::message);
    const auto receipt = sent().at(0);
    const VoiceId id = messages().at(0).id;
    kernel::must(voice::withdraw(*needs, {}, id, code_in(receipt), false));
    files::Letter reply = letter("It is dark again. My code was " + code_in(receipt));
    reply.answers = {local_part(receipt)};
    EXPECT_EQ(how(reply), How::message);
    EXPECT_EQ(messages().size(), 2u);
    EXPECT_EQ(messages().at(0).text, "It is dark again. My code was ·····") << "no code gets into words";
    EXPECT_EQ(how(reply), How::known);
}

TEST_P(Mails, OfAnotherWayNoAnswerByMailIsTaken) {
    voice::Draft d;
    d.cycle = desk;
    d.text = "Said on the site.";
    d.lang = "en";
    const VoiceId id = kernel::must(voice::receive(*needs, visitor("a"), d, {})).id;
    files::Letter reply = letter("I am not them.");
    const std::string receipt = rules::letter_id(needs->server_key, id, "voices.example.org");
    reply.answers = {receipt.substr(0, receipt.find('@'))};
    EXPECT_EQ(how(reply), How::message);
}

TEST_P(Mails, ReplayEqualsLifeWhateverWasErased) {
    std::mt19937 random(20261129);
    std::vector<http::Letter> receipts;
    for (int i = 0; i < 30; ++i) {
        files::Letter l = letter("Mail " + std::to_string(i), "m" + std::to_string(i % 7) + "@example.org");
        if (!receipts.empty() && random() % 2) l.answers = {local_part(receipts[random() % receipts.size()])};
        take(l);
        for (const http::Letter& one : sent()) receipts.push_back(one);
        const std::int64_t newest = ledger->size() - 1 - static_cast<std::int64_t>(random() % 2);
        if (random() % 3 == 0 && ledger::entry(*database->read(), newest)->words) erase(newest);
    }
    EXPECT_GT(counted("reply"), 3);
    expect_same_after_rebuild();
}

TEST_P(Mails, WhatIsOldIsForgotten) {
    const kernel::Hash key = kernel::sha256(kernel::view("k"));
    db::Database::Lease local = database->local();
    prepare(*local, key, kernel::Bytes(3, 1), clock.now());
    drop_prepared(*local, clock.now());
    EXPECT_TRUE(waiting(*local, key));
    drop_prepared(*local, clock.now() + 1);
    EXPECT_FALSE(waiting(*local, key));
    add_to_sender(*local, today(), key, 1, 1);
    add_to_sender(*local, today(), key, 1, 0);
    EXPECT_EQ(sender(*local, today(), key).taken, 2);
    drop_senders(*local, today() + 1);
    EXPECT_EQ(sender(*local, today(), key).taken, 0);
    EXPECT_TRUE(first_refusal(*local, key, clock.now()));
    EXPECT_FALSE(first_refusal(*local, key, clock.now()));
    drop_refusals(*local, clock.now() + 1);
    EXPECT_TRUE(first_refusal(*local, key, clock.now()));
}

INSTANTIATE_TEST_SUITE_P(Engines, Mails, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace mail
