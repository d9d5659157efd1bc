#include "acknowledged.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "toy.h"

namespace {

using ledger::Acknowledged;

class AcknowledgedFile : public testing::Test {
protected:
    AcknowledgedFile()
        : folder_(std::filesystem::temp_directory_path() /
                  ("huiyin_acknowledged_" + kernel::hex(kernel::random_bytes(8)))) {
        std::filesystem::create_directory(folder_);
    }
    ~AcknowledgedFile() override { std::filesystem::remove_all(folder_); }
    std::string file() const { return folder_ / "acknowledged"; }
    std::string bytes() const {
        std::ifstream in(file(), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void write(const std::string& text) { std::ofstream(file(), std::ios::binary) << text; }

    std::filesystem::path folder_;
};

TEST_F(AcknowledgedFile, says_what_was_put_last) {
    EXPECT_EQ(Acknowledged::read(file()), 0);
    {
        Acknowledged kept(file());
        EXPECT_EQ(Acknowledged::read(file()), 0);
        for (const std::int64_t size : {std::int64_t{1}, std::int64_t{12}, std::int64_t{7}, INT64_MAX}) {
            kept.put(size);
            EXPECT_EQ(Acknowledged::read(file()), size);
        }
        kept.put(3);
    }
    struct stat info {};
    ASSERT_EQ(::stat(file().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600U);
    Acknowledged again(file());
    EXPECT_EQ(Acknowledged::read(file()), 3);
}

TEST_F(AcknowledgedFile, any_changed_bit_is_found) {
    Acknowledged(file()).put(1234567);
    const std::string good = bytes();
    for (std::size_t i = 0; i < good.size() * 8; ++i) {
        std::string flipped = good;
        flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << i % 8));
        write(flipped);
        EXPECT_EQ(Acknowledged::read(file()), std::nullopt) << i;
    }
    for (const std::string& wrong : {std::string(), good + "\n", good.substr(1), std::string(good.size(), '\0')}) {
        write(wrong);
        EXPECT_EQ(Acknowledged::read(file()), std::nullopt) << wrong;
    }
}

TEST_F(AcknowledgedFile, where_it_cannot_be) {
    EXPECT_THROW(Acknowledged(folder_ / "none" / "acknowledged"), std::system_error);
    EXPECT_THROW(Acknowledged{folder_.string()}, std::system_error);
    EXPECT_THROW(Acknowledged::read(folder_), std::system_error);
    Acknowledged nowhere("");
    nowhere.put(5);
    EXPECT_FALSE(std::filesystem::exists(file()));
}

// A database that is older than what people were told.
TEST_F(AcknowledgedFile, a_log_that_came_back_shorter_is_not_opened) {
    toy::Place place(db::Engine::sqlite);
    const auto refusal = [&] {
        place.ledger.reset();
        try {
            place.open({.acknowledged = file()});
        } catch (const std::runtime_error& e) { return std::string(e.what()); }
        return std::string();
    };
    EXPECT_EQ(refusal(), "");
    for (int i = 0; i < 3; ++i) place.must(toy::say(1, "x"));
    EXPECT_EQ(Acknowledged::read(file()), 3);
    EXPECT_FALSE(place.ledger->perform(toy::refuse()));
    EXPECT_EQ(Acknowledged::read(file()), 3);
    EXPECT_EQ(refusal(), "");

    Acknowledged(file()).put(5);
    EXPECT_EQ(refusal().find("the ledger cannot be opened: 5 entries were answered for, and those from 3 on are gone"),
              0U);
    EXPECT_EQ(Acknowledged::read(file()), 5) << "it says so again";
    std::filesystem::remove(file());
    EXPECT_EQ(refusal(), "") << "whoever knows what is lost goes on";
    EXPECT_EQ(Acknowledged::read(file()), 3);

    write("nonsense");
    EXPECT_EQ(refusal(), "");
    EXPECT_EQ(Acknowledged::read(file()), 3) << "written anew";
}

}  // namespace
