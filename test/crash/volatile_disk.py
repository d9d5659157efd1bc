"""A plugin of nbdkit: a disk with a cache that writes back. What was not flushed lies in a file of its own, write by
write, so that after a cut some of it can be lost and some not, in any order. While the file `lies` is there, a flush does
nothing.
    nbdkit python volatile_disk.py image=FILE unsynced=FILE lies=FILE"""
import os
import struct

import nbdkit

API_VERSION = 2
settings = {}
state = {}


def config(key, value):
    settings[key] = value


def get_ready():
    state["image"] = os.open(settings["image"], os.O_RDWR)
    state["unsynced"] = os.open(settings["unsynced"], os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    state["now"] = bytearray(os.pread(state["image"], os.fstat(state["image"]).st_size, 0))
    state["waiting"] = []


def open(_readonly):
    return 1


def thread_model():
    return nbdkit.THREAD_MODEL_SERIALIZE_ALL_REQUESTS


def get_size(_handle):
    return len(state["now"])


def can_write(_handle):
    return True


def can_flush(_handle):
    return True


def can_fua(_handle):
    return nbdkit.FUA_NONE


def pread(_handle, buf, offset, _flags):
    buf[:] = state["now"][offset:offset + len(buf)]


def pwrite(_handle, buf, offset, _flags):
    data = bytes(buf)
    state["now"][offset:offset + len(data)] = data
    os.write(state["unsynced"], struct.pack("<QQ", offset, len(data)) + data)
    state["waiting"].append((offset, data))


def flush(_handle, _flags):
    if os.path.exists(settings["lies"]):
        return
    for offset, data in state["waiting"]:
        os.pwrite(state["image"], data, offset)
    state["waiting"].clear()
    os.ftruncate(state["unsynced"], 0)
    os.lseek(state["unsynced"], 0, os.SEEK_SET)

