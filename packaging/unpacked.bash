# SPDX-License-Identifier: MIT
# To be sourced by what makes a package. unpacked TREE: sets tree, version and target by the name of the folder of an
# unpacked archive, and SOURCE_DATE_EPOCH, unless it is set, by the date of the program in it: same tree, same package.
# shellcheck shell=bash disable=SC2034
unpacked() {
    tree=$(realpath "$1")
    local name=${tree##*/}
    [[ $name =~ ^luaheat-(.+)-(linux-[a-z0-9-]+)$ ]] || { echo "$name is no luaheat-VERSION-TARGET" >&2 && return 1; }
    version=${BASH_REMATCH[1]} target=${BASH_REMATCH[2]}
    export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(stat -c %Y "$tree/bin/luaheat")}
}
