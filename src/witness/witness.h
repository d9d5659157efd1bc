// A witness: it remembers the newest checkpoint of each log that it follows, and cosigns only what continues it.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/clock.h>
#include <merkle/note.h>

#include "add_checkpoint.h"
#include "kept.h"

namespace http {
class Router;
}

namespace witness {

class Witness {
public:
    struct Answer {
        int status = 200;
        std::string content_type = "text/plain; charset=utf-8";
        std::string body;
    };
    // `logs`: keys of type 1; several of one name are trusted for the same log. Reads what was kept; throws
    // std::runtime_error naming the file when it is damaged or another key cosigned it: then nothing may be signed.
    Witness(const std::filesystem::path& folder, merkle::SignerKey key, const std::vector<merkle::VerifierKey>& logs,
            const kernel::Clock& clock);

    // The body of POST /add-checkpoint and its answer: 200 with the cosignature, or 400, 403, 404, 409 (with the size
    // that was cosigned last), 422, 503 (it could not be kept; nothing was signed). Any thread. What it signed is on
    // the disk before it returns; of two requests for one log the second sees what the first left.
    Answer add(std::string_view body);
    // The newest cosigned checkpoint of the log whose origin has this SHA-256 (hexadecimal). Any thread.
    std::optional<std::string> newest(std::string_view hex_of_origin) const;
    const merkle::VerifierKey& key() const { return key_.verifier(); }

private:
    struct Log {
        std::string file;  // the SHA-256 of its origin
        std::vector<merkle::VerifierKey> keys;
        mutable std::mutex mutex;  // for the two below
        std::optional<Last> last;
        std::string note;
    };
    void recall(Log&);
    Answer cosign(Log&, const AddCheckpoint&);

    const merkle::SignerKey key_;
    const kernel::Clock& clock_;
    Kept kept_;
    std::map<std::string, std::unique_ptr<Log>, std::less<>> logs_;  // by origin; does not change after construction
};

// POST /add-checkpoint; GET /{SHA-256 of the origin}/checkpoint; GET /key; GET /healthz.
void add_routes(http::Router&, Witness&);

}  // namespace witness
