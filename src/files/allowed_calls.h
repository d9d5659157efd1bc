// What a program in the sandbox may ask of the kernel.
#pragma once
#include <kernel/bytes.h>

namespace files {

// A filter of seccomp, as bubblewrap takes it (`--seccomp`): a list of what is allowed. Any other call ends the program
// by SIGSYS. Opening a file to write it, and changing what a folder holds, fail with EROFS: libraries try that in
// passing. clone3 fails with ENOSYS, because the filter cannot look into its arguments. Made once; any thread. Throws
// when libseccomp cannot make it.
const kernel::Bytes& allowed_calls();

}  // namespace files
