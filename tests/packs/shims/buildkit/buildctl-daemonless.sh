#!/bin/sh
# Stands in for BuildKit: notes what it was asked for in $RECORD and claims to have pushed.
set -eu
printf '%s\0' "$@" >"$RECORD/argv"
printf %s "$BUILDKITD_FLAGS" >"$RECORD/flags"
config=${BUILDKITD_FLAGS##*--config=}
[ "$config" = "$BUILDKITD_FLAGS" ] || cat "$config" >"$RECORD/buildkitd.toml"
for argument in "$@"; do
  case $argument in
    dockerfile=*) directory=${argument#dockerfile=} ;;
    filename=*) file=${argument#filename=} ;;
  esac
  metadata=$argument
done
cat "$directory/$file" >"$RECORD/Dockerfile"
printf %s "$METADATA" >"$metadata"
exit "$STATUS"
