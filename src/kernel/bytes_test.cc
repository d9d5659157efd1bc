#include "bytes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <thread>
#include <type_traits>

namespace kernel {
namespace {

std::string repeated(std::uint8_t byte, std::size_t n) { return std::string(n, static_cast<char>(byte)); }

// FIPS 180-4 examples.
TEST(Sha256, Vectors) {
    EXPECT_EQ(hex(sha256(view(""))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(sha256(view("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(sha256(view("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(hex(sha256(view(repeated('a', 1'000'000)))),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PartsAreTheirConcatenation) {
    EXPECT_EQ(sha256({view("a"), view(""), view("bc")}), sha256(view("abc")));
    EXPECT_EQ(sha256(std::initializer_list<View>{}), sha256(view("")));
}

// RFC 4231 section 4, test cases 1, 2, 3, 4, 6 and 7; and the empty key.
TEST(HmacSha256, Vectors) {
    struct Case {
        std::string key, data;
        const char* mac;
    };
    const std::vector<Case> cases = {
        {repeated(0x0b, 20), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {"Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {repeated(0xaa, 20), repeated(0xdd, 50), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        {std::string(text(*parse_hex("0102030405060708090a0b0c0d0e0f10111213141516171819"))), repeated(0xcd, 50),
         "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
        {repeated(0xaa, 131), "Test Using Larger Than Block-Size Key - Hash Key First",
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        {repeated(0xaa, 131),
         "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be "
         "hashed before being used by the HMAC algorithm.",
         "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
        {"", "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"},
    };
    for (const Case& one : cases) EXPECT_EQ(hex(hmac_sha256(view(one.key), view(one.data))), one.mac);
    // An empty key after another one is empty, not the other one.
    EXPECT_EQ(hex(hmac_sha256(view("Jefe"), {})), hex(hmac_sha256(view("Jefe"), view(""))));
    EXPECT_EQ(hex(hmac_sha256({}, {})), cases.back().mac);
}

TEST(Hashes, FromManyThreads) {
    std::vector<std::thread> threads;
    std::vector<int> wrong(4);
    const Hash digest = sha256(view("abc")), mac = hmac_sha256(view("k"), view("abc"));
    for (int& count : wrong)
        threads.emplace_back([&count, digest, mac] {
            for (int i = 0; i < 200; ++i)
                count += (sha256(view("abc")) != digest) + (hmac_sha256(view("k"), view("abc")) != mac);
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(wrong, std::vector<int>(4));
}

TEST(ConstantTime, EqualOnlyIfEqual) {
    EXPECT_TRUE(equal_in_constant_time(view(""), View()));
    EXPECT_TRUE(equal_in_constant_time(view("abc"), view("abc")));
    EXPECT_FALSE(equal_in_constant_time(view("abc"), view("abd")));
    EXPECT_FALSE(equal_in_constant_time(view("abc"), view("ab")));
}

TEST(Hex, BothWays) {
    EXPECT_EQ(hex(view(std::string("\x00\x7f\x80\xff", 4))), "007f80ff");
    EXPECT_EQ(*parse_hex("007f80FF"), (Bytes{0x00, 0x7f, 0x80, 0xff}));
    EXPECT_EQ(*parse_hex(""), Bytes{});
    for (const char* wrong : {"0", "0g", "g0", "0x", " 0", "00 ", "\xEF\xBC"}) EXPECT_FALSE(parse_hex(wrong)) << wrong;
}

// RFC 4648 section 10.
TEST(Base64, Vectors) {
    const std::vector<std::pair<const char*, const char*>> cases = {{"", ""},
                                                                    {"f", "Zg=="},
                                                                    {"fo", "Zm8="},
                                                                    {"foo", "Zm9v"},
                                                                    {"foob", "Zm9vYg=="},
                                                                    {"fooba", "Zm9vYmE="},
                                                                    {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : cases) {
        EXPECT_EQ(base64(view(plain)), encoded);
        ASSERT_TRUE(parse_base64(encoded)) << encoded;
        EXPECT_EQ(text(*parse_base64(encoded)), plain);
    }
    EXPECT_EQ(base64(Bytes{0xfb, 0xff, 0xfe}), "+//+");
    EXPECT_EQ(base64url(Bytes{0xfb, 0xff, 0xfe}), "-__-");
    EXPECT_EQ(base64url(Bytes{0xfb}), "-w");
}

TEST(Base64, OnlyTheCanonicalForm) {
    for (const char* wrong : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8=Zg==", "Zg==\n", " Zg==", "Z g=", "====", "=",
                              "Zm9v=", "Zm9v====", "Zm-_", "Z===", "Zg=A"})
        EXPECT_FALSE(parse_base64(wrong)) << wrong;
}

RC_GTEST_PROP(BytesProperty, EncodingsReadBack, (const Bytes& bytes)) {
    RC_ASSERT(*parse_hex(hex(bytes)) == bytes);
    RC_ASSERT(*parse_base64(base64(bytes)) == bytes);
}

RC_GTEST_PROP(BytesProperty, EachBase64TextIsOneValue, (const std::string& text)) {
    const auto bytes = parse_base64(text);
    if (bytes) RC_ASSERT(base64(*bytes) == text);
}

TEST(Random, DiffersAndStaysInBounds) {
    EXPECT_EQ(random_bytes(0).size(), 0u);
    EXPECT_EQ(random_bytes(1'000).size(), 1'000u);
    EXPECT_NE(random_hash(), random_hash());
    std::set<std::int64_t> seen;
    for (int i = 0; i < 2'000; ++i) {
        const std::int64_t drawn = random_below(7);
        ASSERT_GE(drawn, 0);
        ASSERT_LT(drawn, 7);
        seen.insert(drawn);
    }
    EXPECT_EQ(seen.size(), 7u);  // one missing: 7 * (6/7)^2000, never
    EXPECT_EQ(random_below(1), 0);
    EXPECT_GE(random_below(std::numeric_limits<std::int64_t>::max()), 0);
    EXPECT_THROW(random_below(0), std::invalid_argument);
    EXPECT_THROW(random_below(-1), std::invalid_argument);
}

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
    out << value;
};

TEST(Secrets, DoNotPrint) {
    EXPECT_EQ(Secret("word").reveal(), "word");
    EXPECT_TRUE(Secret().empty());
    static_assert(!Printable<Secret>);
    static_assert(!std::is_convertible_v<Secret, std::string> && !std::is_convertible_v<Secret, std::string_view>);
}

}  // namespace
}  // namespace kernel
