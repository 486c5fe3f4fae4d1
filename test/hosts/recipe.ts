/**
 * Contents of a fresh host's disk: arguments of debootstrap, and the script that runs once in the
 * new root file system. A changed recipe has a new hash and is built again.
 */

import { createHash } from 'node:crypto'

/** The throwaway password of the user `dev`, as the README says. */
export const devPassword = 'runbook-dev'

/** Packages of a machine that boots and accepts logins. */
const machinePackages = `systemd systemd-sysv dbus openssh-server sudo iproute2 procps
  apt-utils ca-certificates curl python3-minimal iputils-ping less`

/** Dependencies of mariadb-server; preinstalled to save time. */
const databasePackages = 'perl libdbi-perl gawk lsof psmisc rsync socat bc pv netbase'

const packages = `${machinePackages} ${databasePackages}`.split(/\s+/)

const script = `
set -e
useradd --create-home --shell /bin/bash --groups sudo dev
echo 'dev:${devPassword}' | chpasswd
echo 'LANG=C.UTF-8' > /etc/default/locale
rm -f /etc/ssh/ssh_host_*
echo 'HostKey /etc/ssh/ssh_host_ed25519_key' > /etc/ssh/sshd_config.d/10-host-key.conf
systemctl --quiet enable ssh.service
systemctl --quiet mask systemd-firstboot.service console-getty.service
systemctl --quiet disable apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer
apt-get clean
rm -rf /var/lib/apt/lists/* /var/log/*.log
`

export const recipe = { suite: 'bookworm', packages, script, architecture: process.arch } as const

export function hashRecipe(): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 16)
}
