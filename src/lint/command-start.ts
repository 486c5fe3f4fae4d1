/** Whether a line of a tutorial starts with a command: more is taken for one than lint would. */

import { commandWord } from './command-words.ts'

/** No word of English starts a sentence so. */
const programs = new Set(
  `adduser apk apt apt-cache apt-get autoconf bunzip2 bzip2 certbot chkconfig chmod chown chroot cmake conda cp
  crontab curl deactivate dd df dig dmesg dnf docker docker-compose dpkg du echo egrep envsubst ethtool
  fdisk firewall-cmd gcc gem getent git go grep groupadd gunzip gzip helm hostnamectl htop httpd ifconfig
  insmod iptables java javac journalctl jq kubeadm kubectl ldconfig ln localectl ls lsblk lsmod lsof
  mkdir mkfs modprobe mount mv mvn mysql mysqladmin mysqldump nano nc netstat nginx nmap nmcli node
  npm npx nslookup openssl pacman passwd pgrep php pip pip3 pkill podman ps psql pwd python python3
  redis-cli redis-server rm rmdir rmmod rpm rsync ruby scp sed semanage service setenforce sestatus
  sftp snap sqlite3 ss ssh ssh-copy-id ssh-keygen su sudo supervisorctl sysctl systemctl tar tcpdump tee
  telnet timedatectl traceroute ufw ulimit umount uname unzip useradd userdel usermod uwsgi vagrant vi vim
  virtualenv visudo wget xargs yarn yum zip zypper`.split(/\s+/),
)
/** Words of English: only what stands behind tells. */
const ambiguous = new Set(
  `awk bash cat cd date env exit export find free head ip kill killall less make more perl ping reboot service
  sh source tail test time top touch uptime which who whoami`.split(/\s+/),
)

export function startsWithCommand(line: string): boolean {
  const text = line.replace(/^(?:[A-Z_]+=\S*\s+)+/, '')
  const [word = ''] = /^[^\s：，。；]+/.exec(text) ?? []
  const bare = /^[\w./~+-]+/.exec(word)?.[0] ?? ''
  const rest = text.slice(bare.length)
  const next = rest.trim()
  if (/^[A-Z_][A-Z\d_]*=[^\s=]\S*$/.test(text)) return true
  if (isSentence(text)) return false
  if (/^(?:\p{P}|：|\p{Script=Han})/u.test(rest) && !/^[;&|]/.test(rest)) return false
  if (/^(?:cd|cat|sh|bash|ping|touch|source|tail)$/.test(bare) && /^[\w.-]+$/.test(next))
    return true
  if (bare === 'sudo') return next.startsWith('-') || startsWithCommand(next)
  // `git version 2.39.1` is what `git --version` prints.
  if (/^version(?::| v?\d)/.test(next)) return false
  if (programs.has(bare)) return !prose.test(next)
  if (ambiguous.has(bare))
    return (
      next === '' ||
      /^[-./~$"'&|;<>\d]|^\S*[./=@-]|^\p{Script=Han}/u.test(next) ||
      /^(?:install|clean|all|addr|link|test)\b/.test(next)
    )
  if (/^(?:\.{0,2}|~)\/[\w.-]/.test(bare))
    return /^(?:\.\/|\/(?:usr|opt|bin|sbin|etc\/init\.d)\/)/.test(bare)
  if (inFolder.test(text)) return true
  if (/^[a-z][\w.-]*$/.test(bare) && /^--?[a-z][\w-]*(?=[\s=]|$)/i.test(next)) return true
  return commandWord(text) !== undefined
}

/** `bin/kafka-topics.sh --list`, and not a path that an archiver prints. */
const inFolder = /^(?:[\w.-]+\/)*(?:s?bin|src|scripts?)\/[\w-]+(?:\.sh(?=\s|$)| +[-\w./]|$)/

/** Plain words with an article or a verb of a sentence between them. */
function isSentence(text: string): boolean {
  const [first, ...words] = text.replace(/[.!?]$/, '').split(/ +/)
  return (
    first !== 'echo' &&
    words.length > 2 &&
    words.every((word) => /^[a-z][a-z'’]*,?$/i.test(word)) &&
    words.some((word) => /^(?:the|a|an|is|are|your|you|this|that|will|can|it|its)$/i.test(word))
  )
}

/** What stands behind a program's name in a sentence. */
const prose =
  /^(?:is|are|was|were|has|have|can|will|may|might|should|must|and|or|the|a|an|to|of|in|for|with|does|did|uses?|command|commands|server|itself)\b/
