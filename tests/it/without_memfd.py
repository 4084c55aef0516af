"""Starts a program to which the system refuses memfd_create, as the rules of a sandbox do: PROGRAM ARGUMENT…"""

import ctypes
import errno
import os
import platform
import struct
import sys

MEMFD_CREATE = {"x86_64": 319, "aarch64": 279}[platform.machine()]
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD_NUMBER, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
REFUSE, ALLOW = 0x00050000 | errno.EPERM, 0x7FFF0000

instructions = [(LOAD_NUMBER, 0, 0, 0), (JUMP_IF_EQUAL, 0, 1, MEMFD_CREATE), (RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *one) for one in instructions))
rules = struct.pack("H6xQ", len(instructions), ctypes.addressof(code))
prctl = ctypes.CDLL(None, use_errno=True).prctl
for arguments in ((PR_SET_NO_NEW_PRIVS, 1), (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, rules)):
    values = [ctypes.c_ulong(it) if isinstance(it, int) else it for it in (*arguments, 0, 0, 0)]
    if prctl(*values[:5]):
        raise OSError(ctypes.get_errno(), "prctl")
os.execv(sys.argv[1], sys.argv[1:])
