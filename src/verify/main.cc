// huiyin-verify: checks a public log without asking its operator for anything but the log.
#include <unistd.h>

#include <kernel/clock.h>
#include <kernel/id.h>
#include <iostream>
#include <stdexcept>

#include "report.h"

namespace {

using namespace verify;

constexpr const char* usage =
    "usage: huiyin-verify [options] LOG\n"
    "LOG is the log's address (https://example.org/log), the folder of an export, or a data folder.\n"
    "  --key KEY         the log's public key, as it was published elsewhere\n"
    "  --policy FILE     tlog-policy: the log's key, its witnesses, and how many of them must have signed\n"
    "  --since FILE      a checkpoint kept from an earlier visit: today's log must continue it; may be repeated\n"
    "  --receipt FILE…   receipts (.tlog-proof), whose entries must be in the log\n"
    "  --slack SECONDS   by how much the log's clock may differ from the witnesses' (10)\n"
    "  --json            print the result as JSON\n"
    "Ends with 0 when nothing is wrong, 1 at the first fault, 2 when the log could not be read.\n";

struct Line {
    Ask ask;
    std::string log;
    bool json = false, help = false;
};

std::int64_t seconds(const std::string& text) {
    const auto number = kernel::parse_index(text);
    if (!number) throw std::invalid_argument("no number of seconds: " + text);
    return *number;
}

Line read_line(int argc, char** argv) {
    Line line;
    const std::vector<std::string> args(argv + 1, argv + argc);
    std::size_t at = 0;
    const auto value = [&](const std::string& option) -> const std::string& {
        if (++at == args.size()) throw std::invalid_argument(option + " needs a value");
        return args[at];
    };
    const auto file = [](const std::string& path) { return Text{path, read_file(path)}; };
    for (; at < args.size(); ++at) {
        const std::string& arg = args[at];
        if (arg == "--key")
            line.ask.key = value(arg);
        else if (arg == "--policy")
            line.ask.policy = file(value(arg));
        else if (arg == "--since")
            line.ask.since.push_back(file(value(arg)));
        else if (arg == "--receipt")
            do line.ask.receipts.push_back(file(value(arg)));
            while (at + 1 < args.size() && args[at + 1].ends_with(".tlog-proof"));
        else if (arg == "--slack")
            line.ask.slack_seconds = seconds(value(arg));
        else if (arg == "--json")
            line.json = true;
        else if (arg == "--help" || arg == "-h")
            line.help = true;
        else if (arg.starts_with("-") || !line.log.empty())
            throw std::invalid_argument("not understood: " + arg);
        else
            line.log = arg;
    }
    if (line.log.empty() && !line.help) throw std::invalid_argument("which log?");
    return line;
}

std::unique_ptr<Source> open(const std::string& log) {
    if (log.starts_with("https://") || log.starts_with("http://")) return open_url(log);
    if (is_file(log + "/main.db")) return open_data(log);
    if (is_folder(log)) return open_folder(log);
    throw std::runtime_error("there is no log at " + log);
}

int run(Line line) {
    const double start = kernel::stopwatch();
    if (::isatty(2) && !line.json)
        line.ask.progress = [last = std::int64_t{-1}](std::int64_t done, std::int64_t of) mutable {
            if (of == 0 || done * 100 / of == last) return;
            last = done * 100 / of;
            std::cerr << "\rentries " << last << " %" << (last == 100 ? "\n" : "") << std::flush;
        };
    try {
        const Report report = check(*open(line.log), line.ask);
        const double seconds = kernel::stopwatch() - start;
        std::cout << (line.json ? json(report, seconds) : text(report, seconds));
        return 0;
    } catch (const Fault& fault) {
        std::cout << (line.json ? json(fault) : text(fault));
        return 1;
    }
}

}  // namespace

int main(int argc, char** argv) {
    Line line;
    try {
        line = read_line(argc, argv);
        if (line.help) {
            std::cout << usage;
            return 0;
        }
        return run(std::move(line));
    } catch (const std::invalid_argument& error) {
        std::cerr << "huiyin-verify: " << error.what() << "\n" << usage;
    } catch (const std::exception& error) { std::cerr << "huiyin-verify: " << error.what() << '\n'; }
    return 2;
}
