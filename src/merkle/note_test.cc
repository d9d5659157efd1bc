#include "note.h"

#include <bit>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <kernel/json.h>

#include "tile.h"
#include "vectors.h"

namespace {

using kernel::Bytes;
using merkle::Checkpoint;
using merkle::Note;
using merkle::SignerKey;
using merkle::VerifierKey;

SignerKey signer(std::string name = "example.org/log") {
    return SignerKey::from_seed(std::move(name), kernel::sha256(kernel::view("a seed for tests")));
}

TEST(Ed25519, wycheproof) {
    const kernel::Json json = merkle::test_json("wycheproof/ed25519_test.json");
    int tests = 0, valid = 0;
    for (const kernel::Json& group : *json["testGroups"].array()) {
        const Bytes key = *kernel::parse_hex(group["publicKey"].need_string("pk"));
        for (const kernel::Json& test : *group["tests"].array()) {
            const Bytes message = *kernel::parse_hex(test.need_string("msg")),
                        signature = *kernel::parse_hex(test.need_string("sig"));
            const bool want = test.need_string("result") == "valid";
            EXPECT_EQ(merkle::verify_ed25519(key, kernel::text(message), signature), want) << test.need_integer("tcId");
            ++tests;
            valid += want;
        }
    }
    EXPECT_EQ(tests, 151);
    EXPECT_EQ(valid, 88);
}

// RFC 8032 section 7.1, tests 1 and 2.
TEST(Ed25519, signs_as_rfc_8032) {
    const struct {
        const char *seed, *key, *message, *signature;
    } cases[] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bb"
         "e24655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302"
         "aeeb00d291612bb0c00"},
    };
    for (const auto& c : cases) {
        const SignerKey key = SignerKey::from_seed("x", *kernel::parse_hex(c.seed));
        EXPECT_EQ(kernel::hex(key.verifier().key), c.key);
        EXPECT_EQ(kernel::hex(key.sign(kernel::text(*kernel::parse_hex(c.message)))), c.signature);
    }
}

TEST(Ed25519, other_lengths_prove_nothing) {
    const SignerKey one = SignerKey::from_seed("a", Bytes(32));
    const Bytes& key = one.verifier().key;
    const Bytes signature = one.sign("m");
    EXPECT_TRUE(merkle::verify_ed25519(key, "m", signature));
    EXPECT_FALSE(merkle::verify_ed25519(kernel::View(key).first(31), "m", signature));
    EXPECT_FALSE(merkle::verify_ed25519(key, "m", kernel::View(signature).first(63)));
    EXPECT_FALSE(merkle::verify_ed25519({}, "m", signature));
}

TEST(VerifierKey, text_form) {
    // The public key of the foreign sample log.
    const std::string text = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
    const auto key = VerifierKey::parse(text);
    ASSERT_TRUE(key);
    EXPECT_EQ(key->name, "example.com/log/testdata");
    EXPECT_EQ(key->id, 0x33d7b496u);
    EXPECT_EQ(key->type, 1);
    EXPECT_EQ(key->key.size(), 32u);
    EXPECT_EQ(key->text(), text);
    for (const char* wrong :
         {"", "+", "++", "example.com/log/testdata",
          "example.com/log/testdata+33d7b497+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",  // other id
          "example.com/log/testdatb+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",  // other name
          "example.com/log/testdata+33D7B496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",  // upper case
          "example.com/log/testdata+33d7b49+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",   // short id
          "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkk",    // short key
          "example.com/log/testdata+33d7b496+AuHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",  // type 2
          "example.com/log/testdata+33d7b496+AQID",                                          // three bytes
          "+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"})
        EXPECT_FALSE(VerifierKey::parse(wrong)) << wrong;
}

TEST(SignerKey, names_and_seeds) {
    for (const char* name : {"", "a b", "a+b", "a\tb", "a\nb", "a\u00a0b", "\u3000", "a\u2028b", "\xff"}) {
        EXPECT_FALSE(merkle::valid_key_name(name));
        EXPECT_THROW(SignerKey::generate(name), std::invalid_argument) << name;
    }
    EXPECT_TRUE(merkle::valid_key_name("例え.example/log"));
    EXPECT_THROW(SignerKey::from_seed("a", Bytes(31)), std::invalid_argument);
    const SignerKey a = SignerKey::generate("a"), b = SignerKey::generate("a");
    EXPECT_NE(a.verifier().key, b.verifier().key);
    const SignerKey again = SignerKey::from_seed("a", a.seed());
    EXPECT_EQ(again.verifier().text(), a.verifier().text());
    EXPECT_EQ(again.sign("m"), a.sign("m"));
}

TEST(Note, signs_and_verifies) {
    const Note note = merkle::sign("one\n\ntwo\n", signer());
    const auto read = Note::parse(note.text());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->body, "one\n\ntwo\n");
    EXPECT_EQ(read->text(), note.text());
    bool broken = true;
    EXPECT_TRUE(merkle::signed_by(*read, signer().verifier(), &broken));
    EXPECT_FALSE(broken);
    // The same key under another name, and another key, are strangers: neither right nor wrong.
    EXPECT_FALSE(merkle::signed_by(*read, signer("example.org/other").verifier(), &broken));
    EXPECT_FALSE(broken);
    EXPECT_FALSE(merkle::signed_by(*read, SignerKey::generate("example.org/log").verifier(), &broken));
    EXPECT_FALSE(broken);
    // A wrong line of the key spoils the note, also beside a right one.
    Note forged = *read;
    forged.signatures.push_back(forged.signatures[0]);
    forged.signatures[1].signature[5] ^= 1;
    EXPECT_FALSE(merkle::signed_by(forged, signer().verifier(), &broken));
    EXPECT_TRUE(broken);
    Note changed = *read;
    changed.body = "one\n\ntwi\n";
    EXPECT_FALSE(merkle::signed_by(changed, signer().verifier(), &broken));
    EXPECT_TRUE(broken);
    EXPECT_FALSE(merkle::signed_by(changed, signer().verifier()));
}

std::string note_with(std::size_t signatures) {
    Note note = merkle::sign("x\n", signer());
    note.signatures.resize(signatures, note.signatures[0]);
    return note.text();
}

TEST(Note, refuses_all_but_the_one_form) {
    EXPECT_TRUE(Note::parse(note_with(16)));
    EXPECT_TRUE(Note::parse(note_with(64)));
    EXPECT_FALSE(Note::parse(note_with(65)));
    EXPECT_FALSE(Note::parse(note_with(0)));
    const std::string good = note_with(1), line = good.substr(3);
    ASSERT_EQ(good.substr(0, 3), "x\n\n");
    EXPECT_TRUE(Note::parse("x\n\n" + line));
    for (const std::string& wrong : std::vector<std::string>{std::string(),
                                                             std::string("\n"),
                                                             std::string("x\n\n"),
                                                             "x\n" + line,
                                                             "x" + line,
                                                             line,
                                                             good.substr(0, good.size() - 1),
                                                             good + "\n",
                                                             good + "x",
                                                             good + "x\n",
                                                             "x\r\n\n" + line,
                                                             "x\ty\n\n" + line,
                                                             std::string("x\0\n\n", 4) + line,
                                                             "x\x1f\n\n" + line,
                                                             "\xc0\x80\n\n" + line,
                                                             "x\n\n-- " + line.substr(4),
                                                             "x\n\n" + line.substr(0, 3) + line.substr(4),
                                                             "x\n\n\u2014 a AAAA\n",
                                                             "x\n\n\u2014 a AAAAAA==\n",
                                                             "x\n\n\u2014 a+b AAAAAAA=\n",
                                                             "x\n\n\u2014 a\u3000b AAAAAAA=\n",
                                                             "x\n\n\u2014  AAAAAAA=\n",
                                                             "x\n\n\u2014 a AAAAAAB=\n",
                                                             "x\n\n\u2014 a AAAA AAA=\n",
                                                             "x\n\n\u2014 a\n",
                                                             std::string(65'536, 'x') + "\n\n" + line})
        EXPECT_FALSE(Note::parse(wrong)) << wrong.substr(0, 80);
    EXPECT_TRUE(Note::parse("x\n\n\u2014 a AAAAAAA=\n"));
}

TEST(Checkpoint, reads_three_lines_and_no_more) {
    const std::string root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    const auto checkpoint = Checkpoint::parse("example.com/behind-the-sofa\n20852163\n" + root + "\n");
    ASSERT_TRUE(checkpoint);
    EXPECT_EQ(checkpoint->origin, "example.com/behind-the-sofa");
    EXPECT_EQ(checkpoint->size, 20'852'163);
    EXPECT_EQ(kernel::base64(checkpoint->root), root);
    EXPECT_EQ(checkpoint->body(), "example.com/behind-the-sofa\n20852163\n" + root + "\n");
    EXPECT_TRUE(Checkpoint::parse("a\n0\n" + root + "\n"));
    for (const std::string& wrong :
         {std::string(), "\n1\n" + root + "\n", "\xff\n1\n" + root + "\n", "a\n1\n" + root, "a\n01\n" + root + "\n",
          "a\n-1\n" + root + "\n", "a\n+1\n" + root + "\n", "a\n\n" + root + "\n", "a\n1 \n" + root + "\n",
          "a\n9007199254740992\n" + root + "\n", "a\n99999999999999999999\n" + root + "\n",
          "a\n1\n" + root + "\nextension\n", "a\n1\n" + root + "\n\n", "a\n1\n" + root.substr(4) + "\n",
          std::string("a\n1\n\n"), "a\n1\n" + root + "AAAA\n"})
        EXPECT_FALSE(Checkpoint::parse(wrong)) << wrong;
}

TEST(TlogProof, stands_by_itself) {
    const std::string checkpoint =
        merkle::sign("a\n3\n" + kernel::base64(merkle::empty_root()) + "\n", signer()).text();
    merkle::TlogProof proof{2, {merkle::leaf_hash({}), merkle::empty_root()}, checkpoint, std::nullopt};
    EXPECT_EQ(proof.text(),
              "c2sp.org/tlog-proof@v1\nindex 2\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n"
              "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" +
                  checkpoint);
    auto read = merkle::TlogProof::parse(proof.text());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->index, 2);
    EXPECT_EQ(read->proof, proof.proof);
    EXPECT_EQ(read->checkpoint, checkpoint);
    EXPECT_FALSE(read->extra);
    proof.extra = std::string("any\0thing", 9);
    read = merkle::TlogProof::parse(proof.text());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->extra, proof.extra);
    EXPECT_EQ(read->text(), proof.text());
    proof.proof.resize(64);
    EXPECT_FALSE(merkle::TlogProof::parse(proof.text()));
    proof.proof.clear();
    EXPECT_TRUE(merkle::TlogProof::parse(proof.text()));
    const std::string head = "c2sp.org/tlog-proof@v1\n";
    for (const std::string& wrong :
         {std::string(), head, "c2sp.org/tlog-proof@v2\nindex 0\n\n" + checkpoint, head + "index 00\n\n" + checkpoint,
          head + "index -1\n\n" + checkpoint, head + "index\n\n" + checkpoint, head + "\nindex 0\n\n" + checkpoint,
          head + "extra !\nindex 0\n\n" + checkpoint, head + "extra AA==\nextra AA==\nindex 0\n\n" + checkpoint,
          head + "index 0\n" + checkpoint, head + "index 0\nAAAA\n\n" + checkpoint, head + "index 0\n\n",
          head + "index 0\n" + kernel::base64(merkle::empty_root()) + "\n", head + "extra AA==\n",
          head + "index 0\n\nnot a note\n", " " + head + "index 0\n\n" + checkpoint})
        EXPECT_FALSE(merkle::TlogProof::parse(wrong)) << wrong;
}

// Parsers of what strangers send: whatever they accept they write again byte for byte, and nothing brings them down.
RC_GTEST_PROP(NoteProperty, accepted_text_is_written_the_same, ()) {
    std::string text = merkle::TlogProof{7, {merkle::empty_root()}, note_with(2), "e"}.text();
    const int edits = *rc::gen::inRange(0, 4);
    for (int i = 0; i < edits; ++i) {
        const std::size_t at = *rc::gen::inRange<std::size_t>(0, text.size());
        switch (*rc::gen::inRange(0, 3)) {
            case 0:
                text[at] = *rc::gen::element('\n', ' ', '0', '1', '=', '+', 'A', '\xe2', '\0');
                break;
            case 1:
                text.erase(at, *rc::gen::inRange<std::size_t>(1, 30));
                break;
            case 2:
                text.insert(at, *rc::gen::element<std::string>("\n", "\n\n", "extra AA==\n", "index 1\n"));
                break;
        }
        if (text.empty()) break;
    }
    if (const auto proof = merkle::TlogProof::parse(text)) RC_ASSERT(proof->text() == text);
    if (const auto note = Note::parse(text)) RC_ASSERT(note->text() == text);
    if (const auto checkpoint = Checkpoint::parse(text)) RC_ASSERT(checkpoint->body() == text);
}

// ---- logs that others made ------------------------------------------------------------------------------------------

// Complete subtrees computed from the leaf hashes of level 0 tiles.
merkle::Reader reader_of(const std::vector<merkle::Hash>& leaves) {
    return [&leaves](int level, std::int64_t index) {
        merkle::Frontier frontier;
        for (std::int64_t i = index << level; i < (index + 1) << level; ++i)
            frontier.append(leaves.at(static_cast<std::size_t>(i)));
        return frontier.root();
    };
}

TEST(ForeignLog, tessera) {
    const VerifierKey key =
        *VerifierKey::parse("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
    const std::vector<merkle::Hash> leaves = merkle::hashes_of(merkle::test_file("tessera/tile/0/000.p/15"));
    const merkle::Reader reader = reader_of(leaves);
    ASSERT_EQ(leaves.size(), 15u);
    std::vector<Checkpoint> checkpoints;
    for (int size = 0; size <= 15; ++size) {
        const auto note = Note::parse(merkle::test_file("tessera/checkpoint." + std::to_string(size)));
        ASSERT_TRUE(note);
        EXPECT_TRUE(merkle::signed_by(*note, key)) << size;
        const auto checkpoint = Checkpoint::parse(note->body);
        ASSERT_TRUE(checkpoint);
        EXPECT_EQ(checkpoint->size, size);
        EXPECT_EQ(checkpoint->origin, key.name);
        EXPECT_EQ(checkpoint->root, merkle::root(size, reader));
        for (const Checkpoint& before : checkpoints) {
            const merkle::Proof proof = merkle::consistency_proof(before.size, size, reader);
            EXPECT_EQ(merkle::verify_consistency(before.size, size, proof, before.root, checkpoint->root),
                      before.size > 0);
        }
        checkpoints.push_back(*checkpoint);
    }
    // The bundle's entries, each with its length in front, are what the tile hashes.
    const std::string bundle = merkle::test_file("tessera/tile/entries/000.p/15");
    std::size_t at = 0;
    for (std::size_t i = 0; i < 15; ++i) {
        const std::size_t length = static_cast<std::size_t>(static_cast<unsigned char>(bundle.at(at)) << 8 |
                                                            static_cast<unsigned char>(bundle.at(at + 1)));
        const std::string entry = bundle.substr(at + 2, length);
        at += 2 + length;
        EXPECT_EQ(merkle::leaf_hash(kernel::view(entry)), leaves[i]);
        const merkle::Proof proof = merkle::inclusion_proof(static_cast<std::int64_t>(i), 15, reader);
        EXPECT_TRUE(merkle::verify_inclusion(static_cast<std::int64_t>(i), 15, leaves[i], proof, checkpoints[15].root));
    }
    EXPECT_EQ(at, bundle.size());
}

TEST(ForeignLog, sunlight_witnesses) {
    const struct {
        const char *file, *key;
    } cosigned[] = {
        {"witness", "witness.example.org+b8a2cf20+BFLN3yikSfFkVAJtrnh/CiY3Zozkoy7clp+P7XB28qUN"},
        {"witness2", "witness2.example.org+2e55b896+BIZ7fpceQWd60IfqQeS9IAnmNOCZjMDne8lZuguz/bi9"},
        {"mirror", "mirror.example.org+3fb148ef+BAAjjch9GyYz0sJsJx7ALhbdAtz2ov0unbzSl1vMp94O"},
    };
    for (const auto& c : cosigned) {
        auto note = Note::parse(merkle::test_file("sunlight/" + std::string(c.file) + "_checkpoint"));
        const auto key = VerifierKey::parse(c.key);
        ASSERT_TRUE(note && key) << c.file;
        EXPECT_EQ(key->type, 4);
        EXPECT_TRUE(merkle::signed_by(*note, *key)) << c.file;
        note->signatures.back().signature[7] ^= 1;  // the time is signed too
        bool broken = false;
        EXPECT_FALSE(merkle::signed_by(*note, *key, &broken));
        EXPECT_TRUE(broken);
        note->signatures.back().signature.resize(8);
        EXPECT_FALSE(merkle::signed_by(*note, *key));
    }
    std::vector<merkle::Hash> leaves = merkle::hashes_of(merkle::test_file("sunlight/tile/0/000"));
    ASSERT_EQ(leaves.size(), 256u);
    EXPECT_EQ(merkle::root(256, reader_of(leaves)),
              merkle::hashes_of(merkle::test_file("sunlight/tile/1/000.p/1")).at(0));
    const auto rest = merkle::hashes_of(merkle::test_file("sunlight/tile/0/001.p/44"));
    leaves.insert(leaves.end(), rest.begin(), rest.end());
    const auto checkpoint = Checkpoint::parse(Note::parse(merkle::test_file("sunlight/mirror_checkpoint"))->body);
    ASSERT_TRUE(checkpoint);
    EXPECT_EQ(checkpoint->size, 300);
    EXPECT_EQ(merkle::root(300, reader_of(leaves)), checkpoint->root);
}

}  // namespace
