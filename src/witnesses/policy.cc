#include <stdexcept>

#include <http/client.h>

#include "witnesses.h"

namespace witnesses {
namespace {

[[noreturn]] void fail(const Named& witness, const std::string& why) {
    throw std::runtime_error("witness \"" + witness.name + "\": " + why);
}

bool one_word(const std::string& text) {
    for (char c : text)
        if (static_cast<unsigned char>(c) <= ' ') return false;
    return !text.empty();
}

}  // namespace

merkle::Policy policy_of(const merkle::VerifierKey& log, const std::vector<Named>& named, int quorum) {
    std::string text = "log " + log.text() + "\n", group;
    for (const Named& witness : named) {
        if (!one_word(witness.name)) fail(witness, "a name is one word");
        const auto key = merkle::VerifierKey::parse(witness.key);
        if (!key || key->type != merkle::witness_key) fail(witness, "its key is no witness's key");
        if (!http::fetchable(witness.url))
            fail(witness, "its url begins with https://, or with http:// on this very machine");
        text += "witness " + witness.name + " " + witness.key + " " + witness.url + "\n";
        group += " " + witness.name;
    }
    const int most = static_cast<int>(named.size());
    if (most == 0 ? quorum != 0 : quorum < 1 || quorum > most)
        throw std::runtime_error("quorum is a number from 1 to the number of witnesses, and absent without witnesses");
    text += most == 0 ? "quorum none\n" : "group witnesses " + std::to_string(quorum) + group + "\nquorum witnesses\n";
    auto policy = merkle::Policy::parse(text);
    if (const auto* fault = std::get_if<merkle::PolicyFault>(&policy))
        throw std::runtime_error("the witnesses cannot be so: " + fault->why);
    return std::get<merkle::Policy>(std::move(policy));
}

}  // namespace witnesses
