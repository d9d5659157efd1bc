#include "seal.h"

#include <gtest/gtest.h>

namespace contact {
namespace {

const kernel::Bytes key(32, 7);
// Of Anna, once.
constexpr std::string_view written =
    "Y6vL9qFBEl9eEo3c2HI2Sc6Es8qRt+Iy11DT2ySy7p+Ap1Pg9LalGcFujZGCpHxXNmKGt9W+E0KNjsOxiZZZUdV3F9s8WCg8QyGJ"
    "vLOs4lhpfrKuwacStfQtiOo2v3iEwnX1iyH1FuLDFmfmm9Ju7vd3Kb3WtxCttzBM5U6ftZ89a1m0YsNsCD6Lb6iIrBKxJTW+8K7W"
    "ABByhVcc";
const Given anna{"Anna", "+86 21 5551 2345", "anna@example.org", "Mornings"};

TEST(ContactSeal, OpensUnderItsKeyForItsMessageAlone) {
    const std::string sealed = close(key, VoiceId(40), anna);
    EXPECT_EQ(unsealed(key, VoiceId(40), sealed), anna);
    EXPECT_NE(close(key, VoiceId(40), anna), sealed) << "never twice the same";
    EXPECT_EQ(sealed.find("Anna"), std::string::npos);
    EXPECT_FALSE(unsealed(key, VoiceId(41), sealed));
    EXPECT_FALSE(unsealed(kernel::Bytes(32, 8), VoiceId(40), sealed));
    for (std::size_t i = 0; i < sealed.size(); i += 7) {
        std::string changed = sealed;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(unsealed(key, VoiceId(40), changed)) << i;
    }
    for (const char* none : {"", "AAAA", "not base64"}) EXPECT_FALSE(unsealed(key, VoiceId(40), none)) << none;
}

TEST(ContactSeal, ItsLengthTellsLittle) {
    const std::size_t empty = close(key, VoiceId(40), {}).size();
    EXPECT_EQ(close(key, VoiceId(40), {"", "+86 21 5551 2345", "", ""}).size(), empty);
    EXPECT_EQ(close(key, VoiceId(40), {"王小明", "13800000000", "ming@example.org", ""}).size(), empty);
    const Given longest{std::string(max_name, 'n'), std::string(max_telephone, '1'), std::string(max_email, 'e'),
                        std::string(max_wish, 'w')};
    EXPECT_EQ(unsealed(key, VoiceId(40), close(key, VoiceId(40), longest)), longest);
}

// What was sealed once is opened for ever.
TEST(ContactSeal, OpensWhatWasSealedBefore) { EXPECT_EQ(unsealed(key, VoiceId(40), written), anna); }

}  // namespace
}  // namespace contact
