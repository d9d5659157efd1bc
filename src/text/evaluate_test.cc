// The program evaluate_issues, as it is called.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "testing.h"

namespace {

namespace fs = std::filesystem;

struct EvaluateIssues : ::testing::Test {
    fs::path folder = fs::path(::testing::TempDir()) / ("evaluate_issues_" + std::to_string(getpid()));
    EvaluateIssues() { fs::create_directories(folder); }
    ~EvaluateIssues() override { fs::remove_all(folder); }

    fs::path write(const std::string& name, const std::string& content) const {
        std::ofstream(folder / name, std::ios::binary) << content;
        return folder / name;
    }
    // Its exit code; what it said is in `said`.
    int run(const std::string& words) {
        const std::string command =
            std::string(PROGRAMS) + "/evaluate_issues " + words + " > " + (folder / "said").string() + " 2>&1";
        const int status = std::system(command.c_str());
        said = read("said");
        return WEXITSTATUS(status);
    }
    std::string read(const std::string& name) const {
        std::ostringstream out;
        out << std::ifstream(folder / name, std::ios::binary).rdbuf();
        return out.str();
    }
    std::string said;
};

TEST_F(EvaluateIssues, prints_the_table_and_writes_each_message_with_its_cluster) {
    const text::testing::Made made = text::testing::make(400, 41);
    std::string messages = "id,user,title,text\n", gold = "issue,message_id\n";
    for (std::size_t i = 0; i < 400; ++i) {
        messages += "m" + std::to_string(i) + ",u" + std::to_string(made.people[i]) + ",\"" + made.titles[i] + "\",\"" +
                    made.bodies[i] + "\"\n";
        if (made.issue[i] >= 0 && made.issue[i] < 5)
            gold += "issue " + std::to_string(made.issue[i]) + ",m" + std::to_string(i) + "\n";
    }
    const std::string paths = write("messages.csv", messages).string() + " " + write("gold.csv", gold).string();
    ASSERT_EQ(run(paths + " --clusters " + (folder / "clusters.csv").string()), 0) << said;
    for (const char* part : {"400 messages", "| B-cubed, outsiders are errors | ", "| pairs | ",
                             "of the best cluster's F", "of 5", "largest cluster: ", "seconds: "})
        EXPECT_NE(said.find(part), std::string::npos) << part << said;
    const std::string clusters = read("clusters.csv");
    EXPECT_TRUE(clusters.starts_with("message_id,cluster\r\nm0,"));
    EXPECT_EQ(std::count(clusters.begin(), clusters.end(), '\n'), 401);
    ASSERT_EQ(run(paths + " --threads 1 --clusters " + (folder / "again.csv").string()), 0) << said;
    EXPECT_EQ(read("again.csv"), clusters);
}

TEST_F(EvaluateIssues, says_what_is_wrong_with_what_it_was_given) {
    const std::string good = write("good.csv", "id,title,text\n1,a,b\n").string(),
                      gold = write("gold.csv", "issue,message_id\nx,1\n").string();
    EXPECT_EQ(run(""), 2);
    EXPECT_EQ(run(good), 2);
    EXPECT_EQ(run(good + " " + gold), 0) << said;
    EXPECT_EQ(run(good + " " + (folder / "missing.csv").string()), 1);
    EXPECT_NE(said.find("missing.csv"), std::string::npos);
    EXPECT_EQ(run(write("columns.csv", "id,title\n1,a\n").string() + " " + gold), 1);
    EXPECT_NE(said.find("there is no column text"), std::string::npos) << said;
    EXPECT_EQ(run(write("twice.csv", "id,title,text\n1,a,b\n1,c,d\n").string() + " " + gold), 1);
    EXPECT_NE(said.find("the id 1 stands twice"), std::string::npos) << said;
    EXPECT_EQ(run(good + " " + write("other.csv", "issue,message_id\nx,77\n").string()), 1);
    EXPECT_NE(said.find("no message has the id 77"), std::string::npos) << said;
}

}  // namespace
