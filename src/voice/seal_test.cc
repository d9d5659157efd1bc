#include "seal.h"

#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

namespace voice {
namespace {

const kernel::Hash sealing = kernel::sha256(kernel::view("a key"));
const people::CycleId cycle(9);

std::string sealed(const Speaker& speaker) { return close(begin_seal(sealing, cycle), speaker); }

TEST(VoiceSeal, OpensWhatItClosed) {
    const kernel::Hash browser = kernel::random_hash(), code = kernel::random_hash();
    const Speaker speakers[] = {{people::ParticipantId(), browser, code},
                                {people::ParticipantId(), {}, {}},
                                {people::ParticipantId(17), {}, {}},
                                {people::ParticipantId((std::int64_t{1} << 53) - 1), {}, code}};
    for (const Speaker& one : speakers) EXPECT_EQ(unseal(sealing, cycle, sealed(one)), one);
}

TEST(VoiceSeal, EverySpeakerLooksAlikeAndNeverTwiceTheSame) {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        const std::string first = sealed({people::ParticipantId(), kernel::random_hash(), kernel::random_hash()});
        const std::string again = sealed({people::ParticipantId(17), {}, {}});
        EXPECT_EQ(first.size(), 135U);
        EXPECT_EQ(again.size(), 135U);
        EXPECT_TRUE(seen.insert(first).second);
        EXPECT_TRUE(seen.insert(again).second);
        // Beyond the nonce nothing repeats either.
        EXPECT_TRUE(seen.insert(again.substr(16)).second);
    }
}

TEST(VoiceSeal, RefusesWhatIsNoSeal) {
    const std::string good = sealed({people::ParticipantId(17), {}, {}});
    EXPECT_THROW(unseal(sealing, cycle, ""), std::runtime_error);
    EXPECT_THROW(unseal(sealing, cycle, good.substr(1)), std::runtime_error);
    EXPECT_THROW(unseal(sealing, cycle, good + "A"), std::runtime_error);
    EXPECT_THROW(unseal(sealing, cycle, "*" + good.substr(1)), std::runtime_error);
    EXPECT_THROW(unseal(kernel::random_hash(), cycle, good), std::runtime_error) << "another key";
    EXPECT_THROW(unseal(sealing, people::CycleId(10), good), std::runtime_error) << "another round";
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string changed = good;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_THROW(unseal(sealing, cycle, changed), std::runtime_error) << i;
    }
}

TEST(VoiceSeal, HasOneFormOnly) {
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const std::string good = sealed({people::ParticipantId(17), {}, {}});
    for (char last : alphabet) {
        if (last == good.back()) continue;
        EXPECT_THROW(unseal(sealing, cycle, good.substr(0, good.size() - 1) + last), std::runtime_error) << last;
    }
}

TEST(VoiceSeal, OpensTheMasksOfTheFirstVersionForEver) {
    const kernel::Hash browser = kernel::sha256(kernel::view("a browser")),
                       code = kernel::sha256(kernel::view("a code"));
    const std::string again =
        "L5hffFRkFd_tUGvaLy_aMcxJ8RsrL7AEAMuPJXh0nGllDV21LxtTBemRUtwNaoFpK-BwDgiffh5Bh5Rlmo04rU8y-"
        "pB3eVHEMd3Os0cALqvcNj26"
        "LDCZEKM";
    const std::string first =
        "nAqUGrVXh1UoWvLeCH6HRfgaHg2g-aGIzhhJVoMv-8c0CpCimvgg8Yo_79tPD238BoypIrZ-"
        "Epkud5Z20oQiEY6dLSAKvY972qMPvf3XrIo6H142"
        "jrc0U1s";
    EXPECT_EQ(unmask(sealing, again), (Speaker{people::ParticipantId(17), {}, code}));
    EXPECT_EQ(unmask(sealing, first), (Speaker{people::ParticipantId(), browser, code}));
    EXPECT_THROW(unmask(sealing, ""), std::runtime_error);
    EXPECT_THROW(unmask(sealing, first + "A"), std::runtime_error);
    EXPECT_THROW(unmask(sealing, sealed({})), std::runtime_error) << "a form of its own";
    EXPECT_THROW(unseal(sealing, cycle, first), std::runtime_error) << "a form of its own";
    EXPECT_THROW(unmask(kernel::sha256(kernel::view("another key")), first), std::runtime_error);
}

}  // namespace
}  // namespace voice
