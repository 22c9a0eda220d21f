#!/bin/sh
# Runs `router` with the search that was compiled into the image.
#
# numba uses compiled code only from a directory that it may write to, and the image is read-only: so the directory is
# made under /tmp, of links into the image. They take no memory, and nothing is compiled.
set -eu

umask 077
mkdir -p "$NUMBA_CACHE_DIR"
cp --recursive --symbolic-link --no-clobber /opt/selat/kernels/. "$NUMBA_CACHE_DIR/"
exec /opt/selat/bin/router "$@"
