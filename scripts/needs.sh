# shellcheck shell=bash
# Sourced by scripts/run, scripts/test and .ci/run: finds out what this machine lacks, and installs it.
#
# What is looked for is the thing itself (a command, a library opened at run time), not its package: what came
# another way is not installed again, and a machine without apt is told what it lacks.

missing=()  # things, each with its packages in brackets
packages=() # those packages, as Debian and Ubuntu call them

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

# Each of these takes the thing, then the packages that bring it.
lack() {
    missing+=("$1 (${*:2})")
    packages+=("${@:2}")
}

need_command() { type -P "$1" >/dev/null || lack "$@"; }

need_file() { [[ -e $1 ]] || lack "$@"; }

# The system's own Python: one that pyenv or a virtual environment puts first in PATH does not see its modules.
python=/usr/bin/python3
# Debian's policy calls the package of module Xlib python3-xlib; tkinter, a part of Python, is python3-tk.
# All in one call, for Python starts slowly.
need_python_modules() {
    local find='import importlib.util, sys; print(*(m for m in sys.argv[1:] if not importlib.util.find_spec(m)))'
    local absent module
    absent=$("$python" -I -c "$find" "$@" 2>/dev/null) || absent=$*
    for module in $absent; do
        case $module in
            tkinter) lack "Python module $module" python3-tk ;;
            *) lack "Python module $module" "python3-${module,,}" ;;
        esac
    done
}

need_library() {
    : "${libraries:=$(list_libraries || echo unknown)}"
    [[ $libraries == unknown || $libraries == *[[:space:]]"$1 ("* ]] || lack "$@"
}
# Debian leaves ldconfig out of a user's PATH. Where there is none (macOS, NixOS) nothing is known about
# libraries, and it is the program that names the one it cannot open.
list_libraries() { PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null; }
libraries=

need_cargo() {
    type -P cargo >/dev/null && return
    PATH=${CARGO_HOME:-${HOME-}/.cargo}/bin:$PATH # not yet there in a shell that is older than the toolchain
    type -P cargo >/dev/null && return
    say "cargo was not found. Install Rust as described at https://rustup.rs, then try again."
    exit 1
}

need_linker() {
    [[ $(uname -s) == Linux ]] || return 0 # elsewhere the toolchain's installer sees to it
    # The compiler alone is not enough: Debian packs the start files of every program with the C library's headers.
    [[ -e $(cc -print-file-name=crt1.o 2>/dev/null) ]] || lack "cc, which links programs" gcc libc6-dev
}

# What winit, glutin and xkbcommon-dl open when the window opens, and panic or give up without. Nothing is linked
# against them, so the compiler does not miss them. Mesa's drivers come with libgl1.
need_window_libraries() {
    need_library libX11.so.6 libx11-6
    need_library libX11-xcb.so.1 libx11-xcb1
    need_library libXcursor.so.1 libxcursor1
    need_library libXi.so.6 libxi6
    need_library libxkbcommon.so.0 libxkbcommon0
    need_library libxkbcommon-x11.so.0 libxkbcommon-x11-0
    need_library libwayland-client.so.0 libwayland-client0
    need_library libwayland-egl.so.1 libwayland-egl1
    need_library libEGL.so.1 libegl1
    need_library libGL.so.1 libgl1
}

install_missing() {
    ((${#missing[@]})) || return 0
    say "this machine lacks:"
    printf '  %s\n' "${missing[@]}" >&2
    if ! type -P apt-get >/dev/null; then
        say "Please install that (in brackets: what Debian calls the package), then try again."
        exit 1
    fi

    if ((EUID != 0)) && ! type -P sudo >/dev/null; then
        say "Please run this as root, then try again:"
        printf '  apt-get install %s\n' "${packages[*]}" >&2
        exit 1
    fi
    say "installing: ${packages[*]}"
    if ! as_root sh -c "$install" sh "${packages[@]}"; then
        say "The packages could not be installed."
        exit 1
    fi
}

as_root() { if ((EUID == 0)); then "$@"; else sudo "$@"; fi; }

# One script for one `sudo`. --no-remove: no package of the user's is worth less than ours.
# shellcheck disable=SC2016 # expanded by the sh that runs it
install='
    export DEBIAN_FRONTEND=noninteractive
    get() {
        apt-get install --yes --no-install-recommends --no-remove -o DPkg::Lock::Timeout=300 "$@" </dev/null
    }
    # A new system has no package lists, an old one lists files that are gone.
    apt-get install --simulate "$@" >/dev/null 2>&1 || apt-get update
    get "$@" || { apt-get update && get "$@"; }
'

# Runs cargo with these arguments, which build threadlab, and prints the program's path. Only cargo knows it: builds for
# a target (CARGO_BUILD_TARGET, or build.target in some config.toml) have a folder of their own.
build_threadlab() {
    cargo "$@" --message-format=json-render-diagnostics |
        sed -n 's/.*"name":"threadlab".*"test":false.*"executable":"\([^"]*\)".*/\1/p'
}

# Where cargo puts what it builds for the workspace in the current directory.
target_dir() { cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/'; }
