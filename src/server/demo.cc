#include <zlib.h>

#include <fstream>
#include <iostream>

#include <dialogue/polis.h>
#include <dialogue/statements_file.h>
#include <kernel/code.h>
#include <kernel/embedded.h>
#include <page/page.h>

#include "commands.h"
#include "rehearsal_stage.h"

namespace server {
namespace {

std::string inflated(std::string_view gzip) {
    z_stream stream{};
    if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) throw std::runtime_error("zlib does not start");
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzip.data()));
    stream.avail_in = static_cast<uInt>(gzip.size());
    std::string out;
    char piece[65536];
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(piece);
        stream.avail_out = sizeof piece;
        state = inflate(&stream, Z_NO_FLUSH);
        out.append(piece, sizeof piece - stream.avail_out);
    }
    inflateEnd(&stream);
    if (state != Z_STREAM_END) throw std::runtime_error("a file of the demo is damaged");
    return out;
}

// The files of one conversation, unpacked for as long as this lives.
class Unpacked {
public:
    Unpacked(const std::filesystem::path& spool, std::string_view name)
        : folder_(spool / ("demo-" + std::string(name))) {
        std::filesystem::create_directories(folder_);
        const std::string start = "demo/" + std::string(name) + "/";
        for (const kernel::EmbeddedFile& file : kernel::embedded_files()) {
            if (!file.path.starts_with(start) || !file.path.ends_with(".gz")) continue;
            const std::string_view bare = file.path.substr(start.size(), file.path.size() - start.size() - 3);
            std::ofstream(folder_ / bare, std::ios::binary) << inflated(file.content);
        }
    }
    ~Unpacked() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Unpacked(const Unpacked&) = delete;
    const std::filesystem::path& folder() const { return folder_; }

private:
    std::filesystem::path folder_;
};

constexpr int rehearsed_days = 120;
constexpr const char* unfinished = "demo.unfinished";

struct Conversation {
    const char *folder, *lang, *name, *source;
    std::vector<std::string> context, criteria;
};
const Conversation conversations[] = {
    {"vtaiwan.uberx",
     "zh-Hant",
     "網路叫車與自用車載客",
     "vTaiwan, UberX 自用車載客, 2015–2019 (pol.is/3phdex2kjf). Data was gathered using the Polis software "
     "(compdemocracy.org/polis) and is "
     "sub-licensed under CC BY 4.0 with Attribution to The Computational Democracy Project. "
     "https://compdemocracy.org/case-studies/2015-vtaiwan-uberx",
     {"搭車的人、自用車與計程車司機、平台業者", "本次通過的事項六十天內開始辦理", "營運許可科六人，沒有新增預算",
      "費率與車輛登記由上級主管，本處不能改"},
     {"坐車安全", "規則公平", "資訊公開"}},
    {"american-assembly.bowling-green",
     "en",
     "A town and its streets",
     "The American Assembly, Bowling Green, Kentucky, 2018. Data was gathered using the Polis software "
     "(compdemocracy.org/polis) and is "
     "sub-licensed under CC BY 4.0 with Attribution to The Computational Democracy Project. "
     "https://compdemocracy.org/case-studies/2018-kentucky",
     {"Everybody who lives or works in the town", "An answer on each issue before the budget is made",
      "The road works section and what is left of this year's road budget", "Laws on schools, drugs and elections"},
     {"People get where they must go", "Children are safe on their way"}},
};

// A round of the sample office with the conversation in it. The statements and votes are real; the round is not.
Imported imported(Stage& stage, const Conversation& conversation) {
    const auto& c = conversation.context;
    cycle::Draft draft;
    draft.name = conversation.name;
    draft.lang = conversation.lang;
    draft.organiser = stage.root;
    draft.context = {c[0], c[1], c[2], c[3]};
    draft.criteria = conversation.criteria;
    draft.source = conversation.source;
    draft.sample = true;
    const auto round = must(cycle::open(stage.needs(), stage.as("sample-clerk"), draft), conversation.name);
    const Unpacked unpacked(stage.spool(), conversation.folder);
    dialogue::PolisImport import;
    import.folder = unpacked.folder().string();
    import.cycle = round;
    import.lang = conversation.lang;
    import.source = conversation.source;
    const auto taken =
        must(dialogue::import_polis(stage.needs(), import, progress(conversation.folder)), conversation.folder);
    return {taken.cycle, taken.dialogue};
}

}  // namespace

Demo make_demo(const Options& options) {
    const kernel::Day today = kernel::local_day(kernel::SystemClock().now());
    kernel::SetClock clock(kernel::start_of({today.days - rehearsed_days}));
    Demo demo;
    demo.made = House::init(options, {"Sample transport office 示例交通处", "admin", true}, &clock);
    std::ofstream(options.data / unfinished) << "Remove this folder and start again.\n";
    {
        House house(options, &clock);
        Stage stage(house, clock, demo.made.account.login, today);
        plan_desk(stage);
        const Imported rides = imported(stage, conversations[0]), town = imported(stage, conversations[1]);
        plan_rides(stage, rides);
        plan_town(stage, town);
        plan_next(stage, rides.cycle);
        plan_matter(stage);
        plan_survey(stage, town.cycle);
        const kernel::Secret passphrase(kernel::Code25::random().words());
        plan_ways(stage, passphrase);
        stage.play();
        demo.inspector = must(people::new_password(house.needs(), "sample-inspector"), "a password");
        demo.passphrase = passphrase.reveal();
        // Given today, as far as the rehearsal goes: what was given at its beginning has run out long ago.
        demo.made.account = must(people::new_password(house.needs(), demo.made.account.login), "a password");
        demo.clerk = must(people::new_password(house.needs(), "sample-clerk"), "a password");
    }
    std::filesystem::remove(options.data / unfinished);
    return demo;
}

bool demo_unfinished(const Options& options) { return std::filesystem::exists(options.data / unfinished); }

int import_polis(const Options& options, const PolisArgs& args) {
    House house(options);
    dialogue::PolisImport import;
    import.folder = args.folder;
    import.lang = args.lang;
    import.source = args.source;
    if (args.cycle) import.cycle = people::CycleId(args.cycle);
    auto taken = dialogue::import_polis(house.needs(), import, progress("lines"));
    if (!taken) {
        std::cerr << "huiyin: " << page::say(page::Lang::en, taken.error()) << '\n';
        return 1;
    }
    std::cout << taken->statements << " statements and " << taken->votes_cast << " votes taken; round "
              << taken->cycle.value() << ", dialogue " << taken->dialogue.value() << '\n';
    return 0;
}

int import_statements(const Options& options, const StatementsArgs& args) {
    House house(options);
    const dialogue::StatementsFile import{args.file, dialogue::DialogueId(args.dialogue), args.lang};
    const auto taken = dialogue::import_statements(house.needs(), import, progress("statements"));
    if (!taken) {
        std::cerr << "huiyin: " << page::say(page::Lang::en, taken.error()) << '\n';
        return 1;
    }
    std::cout << taken->taken << " statements taken, " << taken->passed_over << " rows passed over; dialogue "
              << args.dialogue << '\n';
    return 0;
}

}  // namespace server
