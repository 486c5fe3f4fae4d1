/** Commands that destroy something, one a line, in the notation of `command-pattern.ts`. */

import type { Message } from '../../model/message.ts'
import { loses } from '../messages.ts'

export interface LosingCommand {
  readonly command: string
  readonly lost: Message
  /** Where its words are documented. */
  readonly source: string
}

function row(command: string, lost: Message, source: string): LosingCommand {
  return { command, lost, source }
}

const kinds =
  'ns|namespace|namespaces|pv|pvc|persistentvolume|persistentvolumes|persistentvolumeclaim|persistentvolumeclaims|crd|crds|customresourcedefinition|customresourcedefinitions'

export const losingCommands: readonly LosingCommand[] = [
  // Disks and files.
  row('mkfs|mkfs.* mark /dev/*', loses.device, 'mkfs(8)'),
  row('wipefs mark /dev/*', loses.device, 'wipefs(8)'),
  row('mkswap mark /dev/*', loses.device, 'mkswap(8)'),
  row('shred|blkdiscard *', loses.forGood, 'shred(1), blkdiscard(8)'),
  row('lvremove|vgremove|pvremove', loses.volume, 'lvremove(8), vgremove(8), pvremove(8)'),
  row('zpool|zfs destroy', loses.content, 'zpool-destroy(8), zfs-destroy(8)'),
  row('userdel with -*r|--remove', loses.home, 'userdel(8)'),
  row('git push mark --force|-f|--mirror', loses.pushes, 'git-push(1)'),
  row('git clean mark -*f unless -*n', loses.untracked, 'git-clean(1)'),

  // Databases.
  row('dropdb *', loses.forGood, 'dropdb(1)'),
  row('mysqladmin mark drop', loses.database, 'mysqladmin(1)'),
  row('redis-cli mark flushall|FLUSHALL|flushdb|FLUSHDB', loses.keys, 'redis.io/docs/latest/commands'),

  // The network.
  row('firewall-cmd mark --panic-on', loses.connections, 'firewall-cmd(1)'),
  row('iptables|ip6tables mark -P with INPUT with DROP', loses.connection, 'iptables(8)'),
  row('iptables|ip6tables with -F|--flush', loses.firewallRules, 'iptables(8)'),
  row('ufw reset', loses.firewallRules, 'ufw(8)'),
  row('nft flush ruleset end', loses.firewallRules, 'nft(8)'),

  // Containers and clouds.
  row('docker|podman volume rm|prune', loses.dataInVolumes, 'docker-volume(1), podman-volume(1)'),
  row('docker|podman system prune with -*a|--all|--volumes', loses.images, 'docker-system-prune(1)'),
  row('docker|podman compose down with -*v|--volumes', loses.dataInVolumes, 'docs.docker.com/reference'),
  row('docker-compose down with -*v|--volumes', loses.dataInVolumes, 'docs.docker.com/reference'),
  row(`kubectl|oc delete ${kinds}`, loses.allInIt, 'kubernetes.io/docs/reference/kubectl'),
  row('kubectl|oc delete * with --all', loses.allInIt, 'kubernetes.io/docs/reference/kubectl'),
  row('kubectl|oc delete with --all', loses.allInIt, 'kubernetes.io/docs/reference/kubectl'),
  row('terraform|tofu|pulumi|terragrunt destroy', loses.infrastructure, 'developer.hashicorp.com/terraform/cli, pulumi.com/docs'),
  row('aws s3 rb', loses.objects, 'docs.aws.amazon.com/cli'),
  row('aws s3 rm with --recursive', loses.objects, 'docs.aws.amazon.com/cli'),

  // The host itself.
  row('poweroff|halt', loses.host, 'poweroff(8)'),
  row('shutdown unless -*r -*c --reboot', loses.host, 'shutdown(8)'),
  row('systemctl poweroff|halt', loses.host, 'systemctl(1)'),
]
