#include "version.h"

#include <kernel/bytes.h>
#include <fstream>
#include <iterator>

namespace server {

std::string build_hash() {
    std::ifstream program("/proc/self/exe", std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(program)), {});
    return kernel::hex(kernel::sha256(kernel::view(bytes)));
}

}  // namespace server
