#include "totp.h"

#include <gtest/gtest.h>

namespace people {
namespace {

using kernel::Instant;

// RFC 6238 appendix B, the SHA-1 rows; the last six of its eight digits.
TEST(Totp, ComputesTheVectorsOfRfc6238) {
    const std::string secret = "12345678901234567890";
    const std::pair<std::int64_t, const char*> rows[] = {{59, "287082"},         {1111111109, "081804"},
                                                         {1111111111, "050471"}, {1234567890, "005924"},
                                                         {2000000000, "279037"}, {20000000000, "353130"}};
    for (const auto& [seconds, code] : rows)
        EXPECT_EQ(totp(kernel::view(secret), totp_step_of({seconds * 1000})), code) << seconds;
}

// RFC 4226 appendix D.
TEST(Totp, ComputesTheVectorsOfRfc4226) {
    const std::string secret = "12345678901234567890";
    const char* const codes[] = {"755224", "287082", "359152", "969429", "338314",
                                 "254676", "287922", "162583", "399871", "520489"};
    for (std::int64_t step = 0; step < 10; ++step) EXPECT_EQ(totp(kernel::view(secret), step), codes[step]);
}

TEST(Totp, TakesOneStepEitherSideAndEachCodeOnce) {
    const kernel::Bytes secret(20, 9);
    const Instant now{1'795'000'020'000};
    const std::int64_t step = totp_step_of(now);
    for (std::int64_t d = -3; d <= 3; ++d)
        EXPECT_EQ(totp_match(secret, totp(secret, step + d), now, 0).has_value(), d >= -1 && d <= 1) << d;
    EXPECT_EQ(totp_match(secret, totp(secret, step), now, 0), step);
    EXPECT_FALSE(totp_match(secret, totp(secret, step), now, step)) << "used";
    EXPECT_FALSE(totp_match(secret, totp(secret, step - 1), now, step)) << "older than the one used";
    EXPECT_EQ(totp_match(secret, totp(secret, step + 1), now, step), step + 1);
}

TEST(Totp, RefusesWhatIsNoCode) {
    const kernel::Bytes secret(20, 9);
    const Instant now{1'795'000'020'000};
    const std::string right = totp(secret, totp_step_of(now));
    for (const std::string& bad : {std::string(), right.substr(1), right + "0", " " + right, std::string("abcdef"),
                                   std::string(6, '\0'), std::string(100'000, '1')})
        EXPECT_FALSE(totp_match(secret, bad, now, 0)) << bad.size();
}

TEST(Totp, WritesTheAddressThatAppsRead) {
    const kernel::Bytes secret = *kernel::parse_hex("3132333435363738393031323334353637383930");
    EXPECT_EQ(otpauth("Test office & co", "a.desk", secret),
              "otpauth://totp/Test%20office%20%26%20co:a.desk?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
              "&issuer=Test%20office%20%26%20co");
    EXPECT_EQ(in_fours(secret), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    std::string han;
    for (int i = 0; i < 80; ++i) han += "区";
    EXPECT_LE(otpauth(han, std::string(40, 'a'), secret).size(), 300u) << "fits a QR code";
    EXPECT_EQ(otpauth("é" + std::string(30, 'x'), "a", secret).find("%c3&"), std::string::npos);
}

}  // namespace
}  // namespace people
