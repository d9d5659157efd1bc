#include "key.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>

#include <db/testing.h>
#include <gtest/gtest.h>

namespace {

class Key : public testing::Test {
protected:
    Key() : folder_(std::filesystem::temp_directory_path() / ("huiyin_key_" + kernel::hex(kernel::random_bytes(8)))) {
        std::filesystem::create_directory(folder_);
    }
    ~Key() override { std::filesystem::remove_all(folder_); }
    std::filesystem::path file() const { return folder_ / "log.key"; }
    void write(const std::string& text, mode_t mode = 0600) {
        std::ofstream(file()) << text;
        ::chmod(file().c_str(), mode);
    }
    std::string failure() {
        try {
            ledger::load_key(file());
        } catch (const std::runtime_error& e) {
            const std::string prefix = "key file " + file().string() + ": ", what = e.what();
            EXPECT_EQ(what.substr(0, prefix.size()), prefix);
            return what.substr(prefix.size());
        }
        return "";
    }

private:
    std::filesystem::path folder_;
};

TEST_F(Key, is_made_once_and_loaded) {
    const merkle::SignerKey made = ledger::make_key(file(), "toy.example/log");
    struct stat about {};
    ASSERT_EQ(::stat(file().c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 07777, 0600u);
    const merkle::SignerKey loaded = ledger::load_key(file());
    EXPECT_EQ(loaded.verifier().text(), made.verifier().text());
    EXPECT_EQ(loaded.verifier().name, "toy.example/log");
    EXPECT_EQ(loaded.sign("m"), made.sign("m"));
    EXPECT_THROW(ledger::make_key(file(), "toy.example/log"), std::runtime_error);
    EXPECT_EQ(ledger::load_key(file()).verifier().text(), made.verifier().text());
    EXPECT_THROW(ledger::make_key(file(), "https://toy.example"), std::invalid_argument);
}

TEST_F(Key, others_may_not_read_it) {
    ledger::make_key(file(), "toy.example/log");
    for (const mode_t mode : {0640, 0604, 0644, 0620, 0602, 0610, 0666}) {
        ::chmod(file().c_str(), mode);
        EXPECT_EQ(failure(), "others than its owner can open it; set its mode to 0600") << std::oct << mode;
    }
    ::chmod(file().c_str(), 0600);
    EXPECT_EQ(failure(), "");
    ::chmod(file().c_str(), 0400);
    EXPECT_EQ(failure(), "");
}

TEST_F(Key, damaged_files_are_refused) {
    EXPECT_EQ(failure(), "No such file or directory");
    // A key that another implementation made.
    const std::string good =
        "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg\n";
    write(good);
    EXPECT_EQ(ledger::load_key(file()).verifier().text(),
              "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
    for (const std::string& wrong : std::vector<std::string>{
             "", "\n", good.substr(0, good.size() - 1), good + "\n", good + good, good.substr(1), good.substr(8),
             "PRIVATE+KEY+example.com/log/testdata+33d7b497+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg\n",
             "PRIVATE+KEY+example.com/log/testdata+33d7b496+AuymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg\n",
             "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3\n",
             "PRIVATE+KEY+a b+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg\n", std::string(5000, 'x')}) {
        write(wrong);
        EXPECT_EQ(failure(), "it does not hold a signing key") << wrong.substr(0, 100);
    }
    std::filesystem::remove(file());
    std::filesystem::create_directory(file());
    EXPECT_EQ(failure(), "it is no file");
}

TEST_F(Key, a_key_of_another_type_is_refused) {
    ledger::make_key(file(), "toy.example/log", merkle::witness_key);
    EXPECT_EQ(failure(), "it is no log's key");
    EXPECT_EQ(ledger::load_key(file(), merkle::witness_key).verifier().type, merkle::witness_key);
    std::filesystem::remove(file());
    ledger::make_key(file(), "toy.example/log");
    EXPECT_THROW(ledger::load_key(file(), merkle::witness_key), std::runtime_error);
    EXPECT_EQ(failure(), "");
}

TEST_F(Key, a_disk_that_takes_or_gives_nothing_is_named) {
    // No file may grow: what a full disk does, for this process alone.
    const auto before = std::signal(SIGXFSZ, SIG_IGN);
    rlimit kept{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &kept), 0);
    const rlimit none{0, kept.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &none), 0);
    std::string said;
    try {
        ledger::make_key(file(), "toy.example/log");
    } catch (const std::runtime_error& e) { said = e.what(); }
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &kept), 0);
    std::signal(SIGXFSZ, before);
    EXPECT_EQ(said, "key file " + file().string() + ": File too large");
    EXPECT_EQ(failure(), "it does not hold a signing key");
    // A file whose first bytes nobody can read.
    try {
        ledger::load_key("/proc/self/mem");
        FAIL();
    } catch (const std::runtime_error& e) { EXPECT_STREQ(e.what(), "key file /proc/self/mem: Input/output error"); }
}

TEST(Origin, is_an_address_without_its_scheme) {
    for (const char* good :
         {"a", "huiyin.example", "Huiyin.Example/Z", "huiyin.example:8443/log", "x-y.example/~a/log_2"})
        EXPECT_TRUE(ledger::check_origin(good)) << good;
    for (const std::string& wrong :
         std::vector<std::string>{"", "https://huiyin.example", "huiyin.example/", "/log", "a b", "a+b", "a\n",
                                  "例.example", "a//b", "a?b", std::string(201, 'a')}) {
        const auto refused = ledger::check_origin(wrong);
        ASSERT_FALSE(refused) << wrong;
        EXPECT_EQ(refused.error().key, "ledger.origin_invalid");
        EXPECT_EQ(refused.error().field, "origin");
    }
}

}  // namespace
