"""Becomes a server, after arranging that it is not root and does not outlive the process that asked for it.

Run as `python -I -S launch.py PARENT_PID USER SIGNAL COMMAND...`; USER is `-` (as is), `namespace` or `uid:gid`. A program of
its own rather than a preexec_fn, which is unsafe in a process with threads.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def enter_user_namespace() -> None:
    """PostgreSQL refuses uid 0. In here we are uid 1000 to ourselves and still own root's files."""
    uid, gid = os.geteuid(), os.getegid()
    os.unshare(os.CLONE_NEWUSER)
    for name, text in (("setgroups", "deny"), ("uid_map", f"1000 {uid} 1"), ("gid_map", f"1000 {gid} 1")):
        with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123 (pathlib would cost as much as the rest)
            file.write(text)


def main() -> None:
    parent, user, deadly, *command = sys.argv[1:]
    if user == "namespace":
        enter_user_namespace()
    elif user != "-":
        uid, gid = map(int, user.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":  # after any change of user, which would clear it
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.Signals[deadly]))
        if os.getppid() not in (int(parent), 0):
            sys.exit(1)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
