#include "cosignature.h"

#include <limits>

#include <gtest/gtest.h>

#include "vectors.h"

namespace {

using merkle::Note;
using merkle::NoteSignature;
using merkle::SignerKey;
using merkle::VerifierKey;

const std::string body = "example.org/log\n3\nPh1P5cH7JjdfsbvgXiYnGLPV14oUzGl1+e6PL8XWkRg=\n";

SignerKey key(std::string name, std::uint8_t type, const char* seed = "a seed for tests") {
    return SignerKey::from_seed(std::move(name), kernel::sha256(kernel::view(seed)), type);
}

TEST(Cosignature, what_is_signed) {
    EXPECT_EQ(merkle::cosignature_message("example.com/behind-the-sofa\n20852163\n"
                                          "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                                          1679315147),
              "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
              "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n");
}

TEST(Cosignature, signs_and_verifies) {
    const SignerKey witness = key("witness.example.org", merkle::witness_key);
    for (std::int64_t seconds :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{1'790'000'000}, std::numeric_limits<std::int64_t>::max()}) {
        const NoteSignature line = merkle::cosign(body, witness, seconds);
        EXPECT_EQ(line.signature.size(), 72u);
        EXPECT_EQ(merkle::claimed_time(line), seconds);
        EXPECT_EQ(merkle::cosigned_at(body, line, witness.verifier()), seconds);
        EXPECT_FALSE(merkle::cosigned_at(body + "x\n", line, witness.verifier()));
        const auto read = merkle::parse_signatures(line.text());
        ASSERT_TRUE(read);
        EXPECT_EQ(read->at(0).text(), line.text());
        EXPECT_EQ(merkle::cosigned_at(body, read->at(0), witness.verifier()), seconds);
        for (std::size_t bit = 0; bit < 72 * 8; ++bit) {
            NoteSignature flipped = line;
            flipped.signature[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
            EXPECT_FALSE(merkle::cosigned_at(body, flipped, witness.verifier())) << bit;
        }
    }
    EXPECT_THROW(merkle::cosign(body, witness, -1), std::invalid_argument);
    EXPECT_THROW(merkle::cosign(body, key("log", merkle::log_key), 1), std::invalid_argument);
    EXPECT_THROW(merkle::sign(body, witness), std::invalid_argument);
}

// One seed under both types is two keys: neither's signature counts for the other.
TEST(Cosignature, types_do_not_mix) {
    const SignerKey log = key("example.org", merkle::log_key), witness = key("example.org", merkle::witness_key);
    EXPECT_EQ(log.verifier().key, witness.verifier().key);
    EXPECT_NE(log.verifier().id, witness.verifier().id);
    Note note = merkle::sign(body, log);
    EXPECT_FALSE(merkle::signed_by(note, witness.verifier()));
    EXPECT_FALSE(merkle::cosigned_at(body, note.signatures[0], witness.verifier()));
    note.signatures[0].id = witness.verifier().id;
    EXPECT_FALSE(merkle::cosigned_at(body, note.signatures[0], witness.verifier()));
    EXPECT_FALSE(merkle::cosigned_at(body, merkle::cosign(body, witness, 5), log.verifier()));
}

TEST(Cosignature, lengths) {
    const SignerKey witness = key("witness.example.org", merkle::witness_key);
    for (std::size_t length : {0u, 7u, 8u, 64u, 71u, 73u, 200u}) {
        NoteSignature line = merkle::cosign(body, witness, 5);
        line.signature.resize(length);
        EXPECT_FALSE(merkle::claimed_time(line)) << length;
        EXPECT_FALSE(merkle::cosigned_at(body, line, witness.verifier())) << length;
    }
    NoteSignature line = merkle::cosign(body, witness, 5);
    line.signature[0] = 0x80;  // 2^63
    EXPECT_FALSE(merkle::claimed_time(line));
}

TEST(Cosignature, of_others) {
    const struct {
        const char *file, *key;
        std::int64_t seconds;
    } cases[] = {
        {"witness", "witness.example.org+b8a2cf20+BFLN3yikSfFkVAJtrnh/CiY3Zozkoy7clp+P7XB28qUN", 1767139200},
    };
    for (const auto& c : cases) {
        const auto note = Note::parse(merkle::test_file("sunlight/" + std::string(c.file) + "_checkpoint"));
        const auto witness = VerifierKey::parse(c.key);
        ASSERT_TRUE(note && witness);
        EXPECT_EQ(merkle::cosigned_at(note->body, note->signatures.back(), *witness), c.seconds);
        EXPECT_FALSE(merkle::cosigned_at(note->body, note->signatures.front(), *witness));
    }
    // The line of the specification's example; its witness's key is not printed there.
    const auto line = merkle::parse_signatures(
        "\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5"
        "nNo0xUe+mbIUBkBIfZ+qnA==\n");
    ASSERT_TRUE(line);
    EXPECT_EQ(merkle::claimed_time(line->at(0)), 1679315147);
}

// Another name with the same key id, four bytes that anybody can find: it is another's line.
TEST(Cosignature, a_key_is_its_name_too) {
    const SignerKey witness = key("w.example", merkle::witness_key);
    NoteSignature line = merkle::cosign(body, witness, 5);
    EXPECT_TRUE(merkle::cosigned_at(body, line, witness.verifier()));
    line.name = "v.example";
    EXPECT_FALSE(merkle::cosigned_at(body, line, witness.verifier()));
}

TEST(SignatureLines, one_spelling) {
    const std::string good = merkle::cosign(body, key("w.example", merkle::witness_key), 5).text();
    EXPECT_TRUE(merkle::parse_signatures(good));
    EXPECT_EQ(merkle::parse_signatures(good + good)->size(), 2u);
    std::string many;
    for (int i = 0; i < 64; ++i) many += good;
    EXPECT_TRUE(merkle::parse_signatures(many));
    for (const std::string& wrong :
         {std::string(), std::string("\n"), good + "\n", "\n" + good, good.substr(0, good.size() - 1),
          "- w.example AAAAAAA=\n" + good, "\u2014 w.example AAAAAA==\n" + std::string(),
          "\u2014  AAAAAAA=\n" + std::string(), many + good})
        EXPECT_FALSE(merkle::parse_signatures(wrong)) << wrong;
}

TEST(PrivateKey, text) {
    for (std::uint8_t type : {merkle::log_key, merkle::witness_key}) {
        const SignerKey one = key("example.org", type);
        const auto again = SignerKey::parse_private(one.private_text());
        ASSERT_TRUE(again);
        EXPECT_EQ(again->verifier().text(), one.verifier().text());
        EXPECT_EQ(again->verifier().type, type);
        std::string other_type = one.private_text();
        EXPECT_FALSE(SignerKey::parse_private(other_type.substr(1)));
        EXPECT_FALSE(SignerKey::parse_private(other_type.substr(0, other_type.size() - 1)));
        EXPECT_FALSE(SignerKey::parse_private(other_type + "\n"));
    }
    for (const char* wrong : {"PRIVATE+KEY+", "PRIVATE+KEY+example.org\n", "PRIVATE+KEY+example.org+01020304\n",
                              "PRIVATE+KEY+example.org+01020304+\n", "PRIVATE+KEY+example.org+01020304+AQID\n",
                              "PRIVATE+KEY+example.org+01020304+!\n"})
        EXPECT_FALSE(SignerKey::parse_private(wrong)) << wrong;
    EXPECT_THROW(key("example.org", 2), std::invalid_argument);
}

}  // namespace
