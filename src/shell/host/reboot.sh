# shellcheck shell=bash
# Which start of the host this is, and whether it is still starting.

cat /proc/sys/kernel/random/boot_id
systemctl is-system-running 2>/dev/null || :
