#include "sandbox.h"

#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <thread>

#include "allowed_calls.h"
#include "sanitizer.h"

namespace {

namespace fs = std::filesystem;
using How = files::Ended::How;

class Sandbox : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "huiyin-sandbox-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
    }
    void TearDown() override { fs::remove_all(folder_); }
    files::Ended probe(const std::string& what, const files::Allowance& may = {}) {
        const fs::path input = folder_ / ("input" + std::to_string(++count_));
        std::ofstream(input) << what;
        return files::run_in_sandbox(fs::path(PROGRAMS) / "huiyin-probe", input, may);
    }
    static std::string out(const files::Ended& ended) { return std::string(kernel::text(ended.out)); }
    fs::path folder_;
    std::atomic<int> count_ = 0;
};

TEST_F(Sandbox, AProgramReadsItsInputAndAnswers) {
    const auto ended = probe("leave 7");
    EXPECT_EQ(ended.how, How::by_itself) << ended.said;
    EXPECT_EQ(ended.code, 7);
}

// Each by a call with harmless arguments: it ends the program before the kernel looks at them.
TEST_F(Sandbox, AForbiddenCallEndsTheProgram) {
    const struct {
        const char* name;
        long number;
    } calls[] = {{"socket", SYS_socket},
                 {"connect", SYS_connect},
                 {"bind", SYS_bind},
                 {"socketpair", SYS_socketpair},
                 {"sendmsg", SYS_sendmsg},
                 {"kill", SYS_kill},
                 {"ptrace", SYS_ptrace},
                 {"process_vm_writev", SYS_process_vm_writev},
                 {"mount", SYS_mount},
                 {"unshare", SYS_unshare},
                 {"setns", SYS_setns},
                 {"pivot_root", SYS_pivot_root},
                 {"keyctl", SYS_keyctl},
                 {"bpf", SYS_bpf},
                 {"perf_event_open", SYS_perf_event_open},
                 {"userfaultfd", SYS_userfaultfd},
                 {"io_uring_setup", SYS_io_uring_setup},
                 {"memfd_create", SYS_memfd_create},
                 {"pidfd_open", SYS_pidfd_open},
                 {"seccomp", SYS_seccomp},
                 {"open_by_handle_at", SYS_open_by_handle_at},
                 {"shmget", SYS_shmget},
                 {"setuid", SYS_setuid}};
    for (const auto& call : calls) {
        const auto ended = probe("call " + std::to_string(call.number));
        EXPECT_EQ(ended.how, How::forbidden) << call.name << ": " << ended.code << " " << out(ended);
        EXPECT_TRUE(ended.out.empty()) << call.name;
    }
    // The C library asks for clone3 first and goes on without.
    const auto clone3 = probe("call " + std::to_string(SYS_clone3));
    EXPECT_EQ(clone3.how, How::by_itself);
    EXPECT_EQ(out(clone3), std::strerror(ENOSYS) + std::string("\n"));
}

TEST_F(Sandbox, NoOtherProcessCanBeStarted) {
    if (files::sanitized) {
        EXPECT_FALSE(files::allowed_calls().empty()) << "a sanitizer's thread is started by the same call";
    } else {
        EXPECT_EQ(probe("fork").how, How::forbidden);
    }
    // What lies in /usr may take its place, under the same filter: a shell that wants to start something ends.
    EXPECT_NE(probe("execute /usr/bin/bash").how, How::late);
    EXPECT_EQ(probe("execute /usr/sbin/nothing").code, 10);
}

TEST_F(Sandbox, NoFileButItsOwnAndNoneToWrite) {
    std::ofstream(folder_ / "secret") << "secret";
    for (const std::string path :
         {"/etc/passwd", "/etc/fonts/fonts.conf", "/proc/self/status", "/proc/1/environ", "/dev/null", "/dev/mem",
          "/sys/kernel/notes", "/root", "/home", "/var/lib", "/tmp", "/run/dbus/system_bus_socket"}) {
        const auto ended = probe("read " + path);
        EXPECT_EQ(ended.code, 10) << path << out(ended);
        EXPECT_EQ(out(ended), "No such file or directory\n") << path;
    }
    EXPECT_EQ(out(probe("read " + (folder_ / "secret").string())), "No such file or directory\n");
    files::Allowance may;
    may.shown = {folder_.string(), "/nothing/here"};
    EXPECT_EQ(out(probe("read " + (folder_ / "secret").string(), may)), "secret");
    const auto all = probe("list /");
    EXPECT_EQ(all.how, How::by_itself);
    for (const char* name : {"etc", "var", "root", "home", "proc", "dev", "tmp"})
        EXPECT_EQ((" " + out(all)).find(std::string(" ") + name + " "), std::string::npos) << out(all);
    for (const std::string& path : {std::string("/new"), std::string("/usr/new"), (folder_ / "secret").string()}) {
        const auto ended = probe("write " + path, may);
        EXPECT_EQ(ended.how, How::by_itself);
        EXPECT_EQ(out(ended), "Read-only file system\n") << path;
    }
    for (const long change : {SYS_unlinkat, SYS_renameat2, SYS_mkdirat, SYS_fchmodat, SYS_symlinkat, SYS_linkat})
        EXPECT_EQ(out(probe("call " + std::to_string(change))), "Read-only file system\n") << change;
}

TEST_F(Sandbox, NothingOfTheServerIsInherited) {
    ::setenv("HUIYIN_SECRET_OF_THE_SERVER", "inherited", 1);
    const auto ended = probe("inherited");
    ::unsetenv("HUIYIN_SECRET_OF_THE_SERVER");
    EXPECT_EQ(out(ended), "HOME=/ PWD=/ 0 1 2 ");
}

TEST_F(Sandbox, MemoryTimeAndOutputEnd) {
    files::Allowance may;
    may.memory = 256u << 20;
    if (!files::sanitized) {
        const auto ended = probe("memory", may);
        EXPECT_EQ(ended.how, How::by_itself);
        EXPECT_LT(std::stoi(out(ended)), 256);
    }
    may.processor = 1;
    EXPECT_EQ(probe("spin", may).how, How::exhausted);
    may.output = 100'000;
    const auto flood = probe("flood", may);
    EXPECT_EQ(flood.how, How::exhausted);
    EXPECT_LE(flood.out.size(), may.output);
    may.patience = 1;
    EXPECT_EQ(probe("sleep", may).how, How::late);
    EXPECT_EQ(probe("fall").how, How::crashed);
}

TEST_F(Sandbox, WhatIsMissingIsThrown) {
    std::ofstream(folder_ / "input") << "leave 0";
    EXPECT_THROW(files::run_in_sandbox(folder_ / "nothing", folder_ / "input", {}), std::runtime_error);
    EXPECT_THROW(files::run_in_sandbox(fs::path(PROGRAMS) / "huiyin-probe", folder_ / "no-input", {}),
                 std::system_error);
    // A program that ends as bubblewrap would, but was there.
    EXPECT_EQ(probe("leave 1").code, 1);
    EXPECT_EQ(probe("leave 127").code, 127);
}

TEST_F(Sandbox, ManyAtOnceWaitForEachOther) {
    std::atomic<int> good = 0;
    std::vector<std::thread> all;
    for (int i = 0; i < 6; ++i)
        all.emplace_back([&, i] {
            files::Allowance may;
            may.patience = 60;
            good += probe("leave " + std::to_string(20 + i), may).code == 20 + i;
        });
    for (auto& one : all) one.join();
    EXPECT_EQ(good, 6);
}

}  // namespace
