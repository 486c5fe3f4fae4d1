/** Commands that do the same in every folder: what they name, they name from the root. */

import type { ShellWord } from '../../parse/simple-commands.ts'

/** Their operands are names of units, packages, users or rules; a `/` or a package's file is a path. */
const byName = new Set(
  `adduser addgroup apt apt-get apt-cache aptitude apt-key add-apt-repository chkconfig chpasswd
  createdb createuser crontab delgroup deluser df dnf dropdb dropuser firewall-cmd free getenforce
  getent gpasswd groupadd groupdel groupmod hostname hostnamectl id ip iptables journalctl kill
  killall localectl loginctl lsblk lsof modprobe mysqladmin netstat nft nginx pacman passwd pkill
  poweroff ps psql reboot rpm service setenforce setsebool shutdown snap ss sysctl systemctl
  timedatectl ufw update-alternatives update-grub update-rc.d useradd userdel usermod whoami yum
  zypper`.split(/\s+/),
)

/** Their operands are paths. */
const byPath = new Set(
  `cat chgrp chmod chown cp head install ln ls mkdir mv rm rmdir stat swapoff swapon tail tee touch
  umount mkswap fallocate restorecon dpkg`.split(/\s+/),
)

export function ignoresFolder(program: string, args: readonly ShellWord[]): boolean {
  const values = args.map(({ value }) => value)
  if (byName.has(program))
    return values.every((value) => !/^\.|\.(?:deb|rpm|sh|sql|conf)$/.test(value) || value.startsWith('/'))
  if (!byPath.has(program)) return false
  // `u+x`, `0644` and `root:root` stand before the paths.
  const isOwner = /^(?:chmod|chown|chgrp)$/.test(program)
  const operands = values.filter((value) => !value.startsWith('-'))
  return operands.slice(isOwner ? 1 : 0).every((value) => value.startsWith('/'))
}
