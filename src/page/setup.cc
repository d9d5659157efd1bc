#include "setup.h"

#include "assets.h"
#include "template.h"

namespace page {
namespace {

Setup& stored() {
    static Setup one;
    return one;
}

}  // namespace

const Setup& setup() { return stored(); }

void set_up(Setup given) {
    stored() = std::move(given);
    load_templates();
    load_assets();
}

bool trial() { return setup().trial; }

const std::string& public_address() { return setup().address; }

}  // namespace page
