#include "work.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace http {
namespace {

// What our script does, straight on.
std::string solved(const WorkAsked& asked) {
    const int bits = asked.bits;
    std::string proof, all;
    const std::string head = asked.challenge + ":";
    for (int part = 0; part < asked.parts; ++part) {
        for (std::uint64_t n = 0;; ++n) {
            const kernel::Hash hash =
                kernel::sha256(kernel::view(head + std::to_string(part) + ":" + std::to_string(n)));
            int zero = 0;
            while (zero < bits && (hash[static_cast<std::size_t>(zero / 8)] >> (7 - zero % 8) & 1) == 0) ++zero;
            if (zero < bits) continue;
            proof += (part > 0 ? "." : "") + std::to_string(n);
            break;
        }
    }
    return proof;
}

Request with(std::string challenge, std::string proof) {
    Request out;
    out.form.emplace_back("work", std::move(challenge));
    out.form.emplace_back("work_proof", std::move(proof));
    return out;
}

// One that has been flooded: more than one a minute was accepted, and what one network may send unasked is used up.
struct Flooded {
    Flooded() {
        for (int i = 0; i < 6; ++i) work.ask(Request(), "/say", 1000);
    }
    WorkAsked asked(double now = 1000) { return work.ask(Request(), "/say", now).value(); }
    Work work{1};
};

TEST(Work, NothingIsAskedWhileItIsQuiet) {
    Work work(60);
    for (int second = 0; second < 600; second += 2) EXPECT_FALSE(work.ask(Request(), "/say", 1000 + second));
    Work never(0);
    for (int i = 0; i < 10'000; ++i) EXPECT_FALSE(never.ask(Request(), "/say", 1000));
}

TEST(Work, GrowsWithTheLoadAndGoesWhenItGoes) {
    EXPECT_EQ(work_bits(100, 100), 0);
    EXPECT_EQ(work_bits(101, 100), least_work);
    EXPECT_EQ(work_bits(200, 100), least_work + 2);
    EXPECT_EQ(work_bits(1e9, 100), most_work);
    EXPECT_EQ(work_bits(1e9, 0), 0);
    int before = 0;
    for (double rate = 1; rate < 1e7; rate *= 1.1) {
        EXPECT_GE(work_bits(rate, 100), before);
        before = work_bits(rate, 100);
    }
    Flooded flooded;
    EXPECT_TRUE(flooded.work.ask(Request(), "/say", 1000));
    EXPECT_FALSE(flooded.work.ask(Request(), "/say", 1200)) << "three minutes later it is quiet again";
}

Request from(std::uint8_t network) {
    Request out;
    out.client.fill(network);
    return out;
}

// A few networks that send much do not make work for those that send once; very many networks do.
TEST(Work, ANetworkSendsAFewUnasked) {
    Work work(10);
    for (int i = 0; i < 100; ++i) work.ask(from(1), "/say", 1000);
    EXPECT_TRUE(work.ask(from(1), "/say", 1000));
    for (int i = 0; i < firsts_per_minute; ++i) EXPECT_FALSE(work.ask(from(2), "/say", 1000)) << i;
    EXPECT_TRUE(work.ask(from(2), "/say", 1000));
    EXPECT_FALSE(work.ask(from(2), "/say", 1031)) << "half a minute later there is one more";
    int unasked = 0;
    for (std::uint8_t network = 3; network < 200; ++network) unasked += !work.ask(from(network), "/say", 1031);
    EXPECT_GT(unasked, 10);
    EXPECT_LE(unasked, firsts_up_to * 10);
}

TEST(Work, WhoIsSignedInIsNeverAsked) {
    Flooded flooded;
    Request staff;
    staff.who.officer = 7;
    for (int i = 0; i < 100; ++i) EXPECT_FALSE(flooded.work.ask(staff, "/say", 1000));
}

TEST(Work, SolvedItOpensOnceByFormAndByHeader) {
    Flooded flooded;
    const WorkAsked asked = flooded.asked();
    EXPECT_EQ(asked.parts, work_parts);
    EXPECT_GE(asked.bits, least_work - 3);
    const std::string proof = solved(asked);
    EXPECT_FALSE(flooded.work.ask(with(asked.challenge, proof), "/say", 1010));
    EXPECT_TRUE(flooded.work.ask(with(asked.challenge, proof), "/say", 1011)) << "replayed";
    const WorkAsked next = flooded.asked(1012);
    Request by_header;
    by_header.headers["x-work"] = next.challenge + ":" + solved(next);
    EXPECT_FALSE(flooded.work.ask(by_header, "/say", 1013));
    EXPECT_TRUE(flooded.work.ask(by_header, "/say", 1014)) << "replayed";
}

TEST(Work, RefusesWhatIsNotItsOwn) {
    Flooded flooded, other;
    const WorkAsked asked = flooded.asked(), foreign = other.asked();
    const std::string proof = solved(asked);
    EXPECT_TRUE(flooded.work.ask(with(asked.challenge, proof), "/vote", 1010)) << "another route";
    EXPECT_TRUE(flooded.work.ask(with(foreign.challenge, solved(foreign)), "/say", 1010)) << "another process";
    std::string easier = asked.challenge;
    easier.replace(easier.rfind('.') - 2, 2, "03");
    EXPECT_TRUE(flooded.work.ask(with(easier, "0.0.0.0.0.0.0.0"), "/say", 1010)) << "its own difficulty";
    EXPECT_TRUE(flooded.work.ask(with(asked.challenge, "0.0.0.0.0.0.0.0"), "/say", 1010)) << "unsolved";
    EXPECT_TRUE(flooded.work.ask(with(asked.challenge, proof.substr(0, proof.rfind('.'))), "/say", 1010)) << "a part";
    EXPECT_FALSE(flooded.work.ask(with(asked.challenge, proof), "/say", 1010)) << "and still good for what it is";
    const double late = 1010 + work_lasts + 1;
    const WorkAsked old = flooded.asked(1010);
    for (int i = 0; i < 6; ++i) flooded.work.ask(Request(), "/say", late);
    EXPECT_TRUE(flooded.work.ask(with(old.challenge, solved(old)), "/say", late)) << "expired";
}

RC_GTEST_PROP(Work, OneChangedCharacterIsEnough, ()) {
    static Flooded flooded;
    static const WorkAsked asked = flooded.asked();
    static const std::string proof = solved(asked);
    std::string changed = asked.challenge;
    const auto at = *rc::gen::inRange<std::size_t>(0, changed.size());
    const char c = *rc::gen::arbitrary<char>();
    RC_PRE(changed[at] != c);
    changed[at] = c;
    RC_ASSERT(flooded.work.ask(with(changed, proof), "/say", 1010).has_value());
}

RC_GTEST_PROP(Work, AnyBytesAreRefused, (const std::string& challenge, const std::string& proof)) {
    static Flooded flooded;
    RC_ASSERT(flooded.work.ask(with(challenge, proof), "/say", 1000).has_value());
    Request by_header;
    by_header.headers["x-work"] = challenge + ":" + proof;
    RC_ASSERT(flooded.work.ask(by_header, "/say", 1000).has_value());
}

// Without a script: waiting is as good as working, but a few times a minute from one network.
TEST(Work, WhoWaitsGetsThroughAFewAtATime) {
    Flooded flooded;
    std::vector<WorkAsked> tickets;
    for (int i = 0; i < 6; ++i) tickets.push_back(flooded.asked());
    EXPECT_TRUE(flooded.work.ask(with(tickets[0].challenge, ""), "/say", 1001)) << "too early";
    const double later = 1000 + tickets[0].wait;
    EXPECT_FALSE(flooded.work.ask(Request(), "/say", later)) << "the one it may send unasked by then";
    EXPECT_FALSE(flooded.work.ask(with(tickets[0].challenge, ""), "/say", later));
    EXPECT_TRUE(flooded.work.ask(with(tickets[0].challenge, ""), "/say", later)) << "replayed";
    EXPECT_FALSE(flooded.work.ask(with(tickets[1].challenge, ""), "/say", later));
    EXPECT_TRUE(flooded.work.ask(with(tickets[2].challenge, ""), "/say", later)) << "more than two a minute";
    EXPECT_FALSE(flooded.work.ask(with(tickets[2].challenge, ""), "/say", later + 60)) << "refused, it was not used up";
    Request elsewhere = with(tickets[3].challenge, "");
    elsewhere.client.fill(9);
    EXPECT_FALSE(flooded.work.ask(elsewhere, "/say", later)) << "another network";
}

}  // namespace
}  // namespace http
