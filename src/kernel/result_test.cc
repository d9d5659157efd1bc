#include "result.h"

#include <gtest/gtest.h>

namespace kernel {
namespace {

TEST(FirstRefusal, IsThatOfTheFirstCheckThatRefuses) {
    EXPECT_TRUE(first_refusal({}));
    EXPECT_TRUE(first_refusal({Checked(), Checked()}));
    EXPECT_EQ(
        first_refusal({Checked(), invalid("a", "kernel.text_control"), invalid("b", "kernel.text_not_utf8")}).error(),
        invalid("a", "kernel.text_control"));
}

}  // namespace
}  // namespace kernel
