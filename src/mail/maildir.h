// The Maildir that a mail server fills: what was taken is moved to the folder .taken in it, what is refused to
// .refused.REASON, both as mail programs know them (Maildir++); nothing is deleted.
#pragma once
#include <functional>
#include <map>
#include <string>

#include <kernel/time.h>

#include <files/letters.h>

#include "taking.h"

namespace jobs {
class Run;
}

namespace mail {

// A move that overwrites nothing. False when the file is not there any more: a mail program may have moved it.
bool move_to(const std::filesystem::path& mail, const std::filesystem::path& folder, bool seen);

// Wipes what was taken and lies there for so long, of what arrived before; returns how many. What was refused stays.
int wipe_taken(const std::filesystem::path& maildir, kernel::Instant arrived_before,
               const std::function<bool()>& stopping);

class Maildir {
public:
    using Take = std::function<Outcome(const std::filesystem::path& mail)>;
    Maildir(std::filesystem::path folder, Take take) : folder_(std::move(folder)), take_(std::move(take)) {}
    // All that lies there now, one after another.
    void run(jobs::Run&);

private:
    void settle(const std::filesystem::path& mail, const Outcome&);

    const std::filesystem::path folder_;
    const Take take_;
    std::map<std::string, int> tries_;  // of mails for which there was no room or time, by name
};

}  // namespace mail
