#include <iostream>

#include <jobs/jobs.h>
#include <unistd.h>

#include "commands.h"
#include "wiring.h"

namespace server {

// Routes are made by the features themselves; an installation in memory of this process alone is enough to ask them.
int print_routes() {
    Options options;
    std::string name = (std::filesystem::temp_directory_path() / "huiyin-routes-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    options.data = std::filesystem::path(name) / "data";
    House::init(options, {"routes"});
    {
        House house(options);
        http::Router router;
        const auto none = jobs::Jobs::start({});
        add_routes(router, house, *none, {}, {}, {});
        for (const std::string& route : router.list()) std::cout << route << '\n';
    }
    std::filesystem::remove_all(name);
    return 0;
}

}  // namespace server
