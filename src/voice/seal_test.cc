#include "seal.h"

#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

namespace voice {
namespace {

const kernel::Hash sealing = kernel::sha256(kernel::view("a key"));

TEST(VoiceSeal, OpensWhatItClosed) {
    const kernel::Hash browser = kernel::random_hash(), code = kernel::random_hash();
    const Speaker speakers[] = {{people::ParticipantId(), browser, code},
                                {people::ParticipantId(), {}, {}},
                                {people::ParticipantId(17), {}, {}},
                                {people::ParticipantId((std::int64_t{1} << 53) - 1), {}, code}};
    for (const Speaker& one : speakers) EXPECT_EQ(unseal(sealing, Mask::random(sealing).seal(one)), one);
}

TEST(VoiceSeal, EverySpeakerLooksAlikeAndNeverTwiceTheSame) {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        const std::string first =
            Mask::random(sealing).seal({people::ParticipantId(), kernel::random_hash(), kernel::random_hash()});
        const std::string again = Mask::random(sealing).seal({people::ParticipantId(17), {}, {}});
        EXPECT_EQ(first.size(), again.size());
        EXPECT_TRUE(seen.insert(first).second);
        EXPECT_TRUE(seen.insert(again).second);
        // Beyond the nonce nothing repeats either: the mask is another one.
        EXPECT_TRUE(seen.insert(again.substr(22)).second);
    }
}

TEST(VoiceSeal, RefusesWhatIsNoSeal) {
    const std::string good = Mask::random(sealing).seal({people::ParticipantId(17), {}, {}});
    EXPECT_THROW(unseal(sealing, ""), std::runtime_error);
    EXPECT_THROW(unseal(sealing, good.substr(1)), std::runtime_error);
    EXPECT_THROW(unseal(sealing, good + "A"), std::runtime_error);
    EXPECT_THROW(unseal(sealing, "*" + good.substr(1)), std::runtime_error);
    int refused = 0;
    for (int i = 0; i < 20; ++i) {
        try {
            unseal(kernel::random_hash(), good);
        } catch (const std::runtime_error&) { ++refused; }
    }
    EXPECT_EQ(refused, 20) << "another key";
}

}  // namespace
}  // namespace voice
