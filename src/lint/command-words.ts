/** First words of a line that are hardly ever anything but commands. */

const leading =
  /^(?:\$ |sudo |apt-get |apt (?:install|update|remove|upgrade)|yum |dnf |zypper |pacman -|brew |pip3? install |npm (?:i|install|run|start|test|ci)\b|npx |yarn |pnpm |git (?:clone|checkout|pull|push|commit|add|submodule|fetch|init|config) |cd [~/.\w]|mkdir |docker |docker-compose |kubectl |helm |systemctl |service \w|curl -|curl http|wget |make(?: [a-z-]+)?$|\.\/configure|cmake |cargo |go (?:get|install|build|test|run) |python3? -m |python3? \w+\.py|chmod |chown |ssh |scp |rsync |tar -?[a-z]*[xzc]|export [A-Z]\w*=|vim? [/~\w]|nano [/~]|mysql -|rpm -|gem install |bundle |composer |rails |ansible|terraform |vagrant )/

// Programs whose names are not words of a language. Sources: sections 1 and 8 of the Debian manual
// pages; redis.io, mongodb.com and kubernetes.io for their own tools.
const programs = new Set(
  `apt-key add-apt-repository adduser chkconfig createdb createuser crontab dpkg etcdctl ethtool
  fdisk firewall-cmd getenforce gpasswd groupadd grub2-mkconfig hostnamectl ifconfig iptables
  journalctl kubeadm localectl logrotate lsblk lsof lvcreate minikube mkfs mkswap modprobe
  mongod mongosh mysqladmin mysqldump netstat nginx nmcli nohup npm ntpdate openssl passwd
  pg_ctl pgrep pkill podman psql pvcreate redis-cli redis-server scp semanage setenforce
  setsebool sestatus setfacl sftp sshd ssh-keygen ssh-copy-id swapoff swapon sysctl tcpdump
  timedatectl touch ufw umount uname useradd userdel usermod vgcreate visudo xargs`.split(/\s+/),
)

/** The command at the start of a line; `undefined` if the line may be prose or output. */
export function commandWord(line: string): string | undefined {
  const [word = ''] = /^\S+/.exec(line) ?? []
  const isProgram = programs.has(word) && /^\S+(?: [^:：，。]*)?$/.test(line)
  return leading.exec(line)?.[0].trimEnd() ?? (isProgram ? word : undefined)
}
