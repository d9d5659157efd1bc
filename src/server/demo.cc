#include <zlib.h>

#include <fstream>
#include <iostream>

#include <dialogue/polis.h>
#include <kernel/embedded.h>
#include <page/page.h>

#include "commands.h"

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

struct Conversation {
    const char *folder, *lang, *source;
};
constexpr Conversation conversations[] = {
    {"vtaiwan.uberx", "zh-Hant",
     "vTaiwan, UberX 自用車載客, 2015–2019 (pol.is/3phdex2kjf). Data was gathered using the Polis software "
     "(compdemocracy.org/polis) and is "
     "sub-licensed under CC BY 4.0 with Attribution to The Computational Democracy Project. "
     "https://compdemocracy.org/case-studies/2015-vtaiwan-uberx"},
    {"american-assembly.bowling-green", "en",
     "The American Assembly, Bowling Green, Kentucky, 2018. Data was gathered using the Polis software "
     "(compdemocracy.org/polis) and is "
     "sub-licensed under CC BY 4.0 with Attribution to The Computational Democracy Project. "
     "https://compdemocracy.org/case-studies/2018-kentucky"},
};

}  // namespace

void load_demo(House& house) {
    for (const Conversation& conversation : conversations) {
        const Unpacked unpacked(house.options().data / "spool", conversation.folder);
        dialogue::PolisImport import;
        import.folder = unpacked.folder().string();
        import.lang = conversation.lang;
        import.source = conversation.source;
        auto taken = dialogue::import_polis(house.needs(), import, progress(conversation.folder));
        if (!taken) throw std::runtime_error("the demo was refused: " + page::say(page::Lang::en, taken.error()));
    }
}

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

}  // namespace server
