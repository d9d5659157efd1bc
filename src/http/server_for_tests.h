// For the tests of the real server: one that runs on a free port and says of a fault its key, status and path.
#pragma once
#include <gtest/gtest.h>

#include "raw_client_for_tests.h"

namespace http::testing {

class ServerTest : public ::testing::Test {
protected:
    ServerTest() { house.hooks.faults = http::testing::fault_page; }
    http::testing::Running house;
};

}  // namespace http::testing
