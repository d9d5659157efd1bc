// What is sent to another authority's server, and what its answers are read as: JSON alone. All of it may be broken or
// hostile. The names of faults stand in rows and in message keys handover.fault_NAME.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <http/client.h>

#include "directory.h"

namespace handover::wire {

inline constexpr std::size_t most_services = 1000, most_service_name = 200;
inline constexpr std::size_t longest_directory = 1 << 20, longest_answer = 64 * 1024;

http::Asked services(const Authority&);
http::Asked discovery(const Authority&);
http::Asked report(const Authority&, const Means::Key&, const Handover&, const std::string& idempotency);
http::Asked token(const Authority&, std::string_view token);
http::Asked request(const Authority&, std::string_view number);

// Without a fault: services and how many were left out.
struct Services {
    std::vector<Service> all;
    int left_out = 0;
    std::string fault;
};
Services read_services(const http::Answered&);
// Whether it says that a report with the same Idempotency-Key is one for ever. False for whatever cannot be read.
bool says_once(const http::Answered&);

// Of a report.
struct Sent {
    enum class Is {
        taken,    // under `number`
        token,    // they tell the number later
        refused,  // `notes` says why
        later,    // surely not taken, for `fault`
        unsure,   // taken or not, for `fault`
    } is = Is::unsure;
    std::string number, token, notes, fault;
    std::int64_t retry_after = 0;  // milliseconds
};
Sent read_sent(const http::Answered&);

// Of a token and of a request.
struct Looked {
    std::string number;  // of a token; "" while they have none
    State state = State::open;
    std::string notes;
    std::string fault;
    bool unknown = false;  // they do not know it
    std::int64_t retry_after = 0;
};
Looked read_token(const http::Answered&);
Looked read_request(const http::Answered&, std::string_view number);

// Text of theirs as it may stand on a page and pass kernel::admit: what controls or turns text is gone, the rest cut.
std::string clean(std::string_view utf8, std::size_t most);
// A number that can be asked for: some text in one line, and no step up in a path.
bool good_number(std::string_view);

}  // namespace handover::wire
