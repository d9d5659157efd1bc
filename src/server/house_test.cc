#include "house.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

#include <page/page.h>

#include "wiring.h"

namespace server {
namespace {

class NewHouse : public testing::Test {
protected:
    ~NewHouse() override { std::filesystem::remove_all(options.data); }
    Options options{.data = std::filesystem::temp_directory_path() / ("huiyin-house-test-" + std::to_string(getpid()))};
};

TEST_F(NewHouse, AFoundingThatIsRefusedLeavesNothing) {
    for (const Founding& one :
         {Founding{""}, Founding{"Office", ""}, Founding{"Office", "Chief"}, Founding{"Office", "a"},
          Founding{"Office", "two words"}, Founding{"\xff"}, Founding{"Office\n"}, Founding{std::string(1000, 'x')}}) {
        EXPECT_THROW(House::init(options, one), std::runtime_error) << one.organisation << ' ' << one.login;
        EXPECT_FALSE(std::filesystem::exists(options.data));
    }
}

TEST_F(NewHouse, TheFirstAdministratorIsCalledAsAsked) {
    EXPECT_EQ(House::init(options, {"Office", "chief.clerk"}).account.login, "chief.clerk");
    EXPECT_TRUE(House::exists(options));
    EXPECT_THROW(House::init(options, {"Office"}), std::runtime_error) << "there is one already";
}

// The administrator's page says of each task what it does.
TEST_F(NewHouse, EveryTaskIsNamedInEveryLanguage) {
    House::init(options, {"Office"});
    House house(options);
    const std::vector<jobs::Task> all = tasks(house);
    EXPECT_GT(all.size(), 8u);
    for (const jobs::Task& task : all) {
        std::string key = "server.job_" + task.name;
        std::replace(key.begin() + 11, key.end(), '.', '_');
        EXPECT_TRUE(page::has_message(key)) << key;
    }
    EXPECT_TRUE(page::has_message("server.job_log_witnesses")) << "there where witnesses are named";
}

}  // namespace
}  // namespace server
