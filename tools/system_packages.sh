#!/bin/sh
# Installs the system libraries that are missing where it may (apt, as root or with a silent sudo); else names them.
# Never ends a run: what cannot be installed costs one part of the program, and that part is said in words.
set -u
cd "$(dirname "$0")/.." || exit
wanted=${1:-run}

[ "$(uname -s)" = Linux ] || exit 0

# When | how to look | what to look for | package (older or newer name after a bar) | what does not work without it
table='
run  library libEGL.so.1            libegl1                       the window and every picture of it
run  library libGL.so.1             libgl1                        the window and every picture of it
run  library libfontconfig.so.1     libfontconfig1                the window and every picture of it
run  library libfreetype.so.6       libfreetype6                  the window and every picture of it
run  library libglib-2.0.so.0       libglib2.0-0t64|libglib2.0-0  the window and every picture of it
run  library libxkbcommon.so.0      libxkbcommon0                 the window and every picture of it
run  library libdbus-1.so.3         libdbus-1-3                   the window and every picture of it
run  library libX11.so.6            libx11-6                      the window and every picture of it
run  library libbrotlidec.so.1      libbrotli1                    the window and every picture of it
run  library libgssapi_krb5.so.2    libgssapi-krb5-2              the window and every picture of it
run  library libX11-xcb.so.1        libx11-xcb1                   the window on an X display
run  library libxcb-cursor.so.0     libxcb-cursor0                the window on an X display
run  library libxcb-glx.so.0        libxcb-glx0                   the window on an X display
run  library libxcb-icccm.so.4      libxcb-icccm4                 the window on an X display
run  library libxcb-image.so.0      libxcb-image0                 the window on an X display
run  library libxcb-keysyms.so.1    libxcb-keysyms1               the window on an X display
run  library libxcb-randr.so.0      libxcb-randr0                 the window on an X display
run  library libxcb-render-util.so.0 libxcb-render-util0          the window on an X display
run  library libxcb-shape.so.0      libxcb-shape0                 the window on an X display
run  library libxcb-sync.so.1       libxcb-sync1                  the window on an X display
run  library libxcb-util.so.1       libxcb-util1                  the window on an X display
run  library libxcb-xfixes.so.0     libxcb-xfixes0                the window on an X display
run  library libxcb-xkb.so.1        libxcb-xkb1                   the window on an X display
run  library libxkbcommon-x11.so.0  libxkbcommon-x11-0            the window on an X display
run  library libwayland-cursor.so.0 libwayland-cursor0            the window on a Wayland display
run  library libwayland-egl.so.1    libwayland-egl1               the window on a Wayland display
run  library libpulse.so.0          libpulse0                     the camera
run  library libdrm.so.2            libdrm2                       the camera
run  library libXext.so.6           libxext6                      the camera
run  library libXrandr.so.2         libxrandr2                    the camera
run  library libzbar.so.0           libzbar0t64|libzbar0          the second code reader
run  font    ar                     fonts-dejavu-core             text in Latin and Arabic letters
run  file    /etc/ssl/certs/ca-certificates.crt ca-certificates   asking a label office over the network
test command xvfb-run               xvfb                          the tests that need a display
test command xauth                  xauth                         the tests that need a display
test command nginx                  nginx-light|nginx             the tests behind a real web server
test command softhsm2-util          softhsm2|softhsm              the tests with a key on a hardware token
test command dbus-run-session       dbus|dbus-daemon              the tests that listen as a screen reader does
test file    /usr/libexec/at-spi-bus-launcher at-spi2-core        the tests that listen as a screen reader does
'

libraries=$( { /sbin/ldconfig -p || ldconfig -p; } 2>/dev/null)

font_for() {
    if command -v fc-list >/dev/null; then
        [ -n "$(fc-list ":lang=$1:lang=en" family)" ]
    else
        [ -n "$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/root}/.local/share/fonts" \
            \( -name DejaVuSans.ttf -o -iname '*arabic*' \) 2>/dev/null | head -n 1)" ]
    fi
}

is_there() { # how, what
    case $1 in
        library) case $libraries in *"$2 "*) true ;; *) false ;; esac ;;
        command) command -v "$2" >/dev/null ;;
        font) font_for "$2" ;;
        file) [ -e "$2" ] ;;
    esac
}

can_make_environment() {
    [ -x .venv/bin/python ] && return 0
    python=$(tools/find_python.sh 2>/dev/null) || return 0 # tools/environment.sh says it in words
    "$python" -c 'import ensurepip, venv' 2>/dev/null
}

# Sets `missing` (packages, with their other names) and `parts` (what will not work without them).
look() {
    missing='' parts=''
    if ! can_make_environment; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        missing="python$version-venv|python3-venv"
        parts='
    everything: without the venv module nothing can be installed'
    fi
    while read -r when how what package part; do
        [ "$when" = run ] || [ "$when" = "$wanted" ] || continue
        is_there "$how" "$what" && continue
        case " $missing " in *" $package "*) ;; *) missing="$missing $package" ;; esac
        case $parts in *"$part"*) ;; *) parts="$parts
    $part" ;; esac
    done <<EOF
$(printf '%s' "$table" | grep .)
EOF
}

# The name under which this system offers each package; the last one where none is known.
names() {
    for package in $missing; do
        for name in $(printf '%s' "$package" | tr '|' ' '); do
            LC_ALL=C apt-cache policy "$name" 2>/dev/null | grep -q 'Candidate: [^(]' && break
        done
        printf '%s ' "$name"
    done
}

look
[ -n "$missing" ] || exit 0

if command -v apt-get >/dev/null; then
    if [ "$(id -u)" = 0 ]; then root='env'; elif sudo -n true 2>/dev/null; then root='sudo -n env'; else root=''; fi
    if [ -n "$root" ]; then
        log=$(mktemp)
        apt() {
            $root DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 -o Acquire::Retries=1 \
                "$@" >>"$log" 2>&1 </dev/null
        }
        apt update
        printf 'Installing system packages: %s\n' "$(names)"
        # shellcheck disable=SC2046 # one word for each package
        apt install -y --no-install-recommends $(names) ||
            for name in $(names); do # one package that this system lacks must not cost the others
                apt install -y --no-install-recommends "$name"
            done
        libraries=$( { /sbin/ldconfig -p || ldconfig -p; } 2>/dev/null)
        look
        [ -n "$missing" ] || { rm -f "$log"; exit 0; }
        printf 'The package manager said (all of it: %s):\n' "$log"
        grep '^E:' "$log" | tail -n 3
    fi
fi

printf 'Not installed, so this part will not work:%s\n' "$parts"
if command -v apt-get >/dev/null; then
    printf 'An administrator can add it: sudo apt-get install %s\n' "$(names)"
else
    printf 'Add what your system calls: %s\n' "$(names)"
fi
exit 0
