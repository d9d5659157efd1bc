#include "commands.h"

namespace server {

void load_demo(House&) {}

}  // namespace server
