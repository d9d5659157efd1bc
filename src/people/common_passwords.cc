#include "common_passwords.h"

#include <algorithm>
#include <vector>

#include <kernel/embedded.h>
#include <kernel/text.h>

namespace people {
namespace {

std::vector<std::string_view> read_list() {
    std::vector<std::string_view> out;
    for (std::string_view line : kernel::split(kernel::embedded_file("people/common_passwords.list"), '\n'))
        if (!line.empty() && line[0] != '#') out.push_back(line);
    return out;
}

}  // namespace

const std::vector<std::string_view>& common_passwords() {
    static const std::vector<std::string_view> all = read_list();
    return all;
}

bool is_common_password(std::string_view core) {
    return std::binary_search(common_passwords().begin(), common_passwords().end(), core);
}

}  // namespace people
