#include "seal.h"

#include <stdexcept>

#include <kernel/json.h>
#include <kernel/seal.h>

namespace contact {
namespace {

using kernel::Json;

constexpr std::string_view purpose = "huiyin contact data v1";

std::string about(VoiceId voice) { return "voice " + std::to_string(voice.value()); }

}  // namespace

std::string close(kernel::View server_key, VoiceId voice, const Given& given) {
    std::string plain = kernel::canonical(Json::Object{
        {"email", given.email}, {"name", given.name}, {"telephone", given.telephone}, {"wish", given.wish}});
    plain.resize((plain.size() + seal_step - 1) / seal_step * seal_step, ' ');
    return kernel::base64(kernel::seal(server_key, purpose, about(voice), kernel::view(plain)));
}

std::optional<Given> unsealed(kernel::View server_key, VoiceId voice, std::string_view sealed) {
    const auto bytes = kernel::parse_base64(sealed);
    const auto plain = bytes ? kernel::unseal(server_key, purpose, about(voice), *bytes) : std::nullopt;
    if (!plain) return std::nullopt;
    const auto json = kernel::parse_json(std::string_view(reinterpret_cast<const char*>(plain->data()), plain->size()));
    if (!json) throw std::runtime_error("contact data of message " + std::to_string(voice.value()) + " is no JSON");
    return Given{json->need_string("name"), json->need_string("telephone"), json->need_string("email"),
                 json->need_string("wish")};
}

}  // namespace contact
