// For this module's tests: the register of issues, and people who say the same.
#pragma once
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <issue/testing.h>
#include <preset/preset.h>
#include <routing/routing.h>
#include <voice/casework.h>
#include <voice/importing.h>

#include "live.h"
#include "refresh.h"

namespace discovery {

struct World : issue::TestRegister {
    explicit World(db::Engine engine)
        : TestRegister(engine, {cycle::add_kinds, voice::add_kinds, dialogue::add_kinds, survey::add_kinds,
                                routing::add_kinds, preset::add_kinds, issue::add_kinds}) {}

    // Some people about one matter each: late buses, a dark lamp, a mixing plant.
    std::vector<voice::VoiceId> buses(int n) {
        static const std::vector<std::string> texts = {
            "The night bus of line seven to the harbour never comes on time",
            "Again the night bus of line seven to the harbour was late by half an hour",
            "Line seven, night bus to the harbour: waited forty minutes in the rain",
            "Why is the night bus of line seven to the harbour late every day?",
            "My daughter waits for the night bus of line seven to the harbour each evening"};
        return some("bus", "Night bus of line seven is late", texts, n);
    }
    std::vector<voice::VoiceId> plants(int n) {
        static const std::vector<std::string> texts = {
            "丽发新城小区旁边的搅拌站每天凌晨施工，噪音扰民，粉尘很大",
            "丽发新城附近的搅拌站灰尘大，孩子咳嗽不止，请尽快搬走", "麗發新城旁的攪拌站半夜還在攪拌，吵得睡不着",
            "请处理丽发新城二期旁边违规的搅拌站，粉尘污染严重", "搅拌站建在丽发新城家门口，噪音和粉尘什么时候能解决"};
        return some("plant", "丽发新城旁边的搅拌站扰民", texts, n);
    }
    // Messages of elsewhere about the same buses, in a round that is being prepared.
    people::CycleId imported(int n) {
        const auto id = must(cycle::open(*needs, as("head"), cycle::draft_for_tests(root)));
        const auto file = std::filesystem::temp_directory_path() /
                          ("huiyin-discovery-" + std::to_string(getpid()) + "-" + std::to_string(id.value()) + ".csv");
        std::ofstream out(file);
        out << "text\n";
        for (int i = 0; i < n; ++i)
            out << "Last year too the night bus of line seven to the harbour was late on day " << i << "\n";
        out.close();
        voice::ColumnMap map;
        map.text = "text", map.fixed_lang = "en";
        must(voice::import_csv(*needs, id, file, map, "last year's letters", {}));
        std::filesystem::remove(file);
        return id;
    }
    void group() {
        ledger::catch_up(*database, follower());
        live->sync(*database, [] { return true; });
        refresh(*database, needs->clock, [] { return true; });
    }
    std::vector<Group> suggested() { return groups(*database->read(), std::nullopt, std::nullopt, 100); }
    std::vector<Item> items(const Group& g) {
        std::vector<Item> all;
        for (const Grouped& one : grouped(*database->read(), g.id, 0, 1000)) all.push_back(one.item);
        return all;
    }

    std::shared_ptr<Live> live = discovery::live();

private:
    std::vector<voice::VoiceId> some(const std::string& who, const std::string& title,
                                     const std::vector<std::string>& texts, int n) {
        std::vector<voice::VoiceId> all;
        for (int i = 0; i < n; ++i)
            all.push_back(say(who + std::to_string(said_++), title,
                              texts[static_cast<std::size_t>(i) % texts.size()] + " (" + std::to_string(i) + ")"));
        return all;
    }
    int said_ = 0;
};

}  // namespace discovery
