/**
 * The private network of the hosts: a namespace and a veth pair each, and rules on the machine that
 * let them reach package mirrors. The first host creates the shared part, the last removes it.
 *
 * Every host has four addresses of 10.77.0.0/24. Packets to unused addresses of that network are
 * rejected here and never leave the machine.
 */

import { readFile, rm, writeFile } from 'node:fs/promises'
import { $ } from 'zx'
import { hostId } from './machine-hosts.ts'

const network = '10.77.0.0/24'
const forwardSwitch = '/proc/sys/net/ipv4/ip_forward'
const forwardBefore = '/run/runbook-hosts.ip-forward'
const mark = ['-m', 'comment', '--comment', 'runbook-hosts']

const rules = [
  ['nat', 'POSTROUTING', '-s', network, '!', '-d', network, ...mark, '-j', 'MASQUERADE'],
  ['filter', 'FORWARD', '-s', network, ...mark, '-j', 'ACCEPT'],
  ['filter', 'FORWARD', '-d', network, ...mark, '-j', 'ACCEPT'],
] as const

const quiet = $({ quiet: true })
const forgiving = $({ quiet: true, nothrow: true })

export function hostAddress(index: number): string {
  return `10.77.0.${index * 4 + 2}`
}

/** The machine's end of the host's link. */
function hostGateway(index: number): string {
  return `10.77.0.${index * 4 + 1}`
}

export async function addSharedNetwork(): Promise<void> {
  const before = await readFile(forwardSwitch, 'utf8')
  if (before.trim() === '0') {
    await writeFile(forwardBefore, before)
    await writeFile(forwardSwitch, '1')
  }
  await quiet`ip route replace unreachable ${network}`
  for (const [table, chain, ...rule] of rules) {
    const present = await forgiving`iptables -w -t ${table} -C ${chain} ${rule}`
    if (present.exitCode !== 0) await quiet`iptables -w -t ${table} -I ${chain} ${rule}`
  }
}

export async function removeSharedNetwork(): Promise<void> {
  for (const [table, chain, ...rule] of rules) {
    await forgiving`iptables -w -t ${table} -D ${chain} ${rule}`
  }
  await forgiving`ip route del unreachable ${network}`
  const before = await readFile(forwardBefore, 'utf8').catch(() => undefined)
  if (before === undefined) return
  await writeFile(forwardSwitch, before)
  await rm(forwardBefore, { force: true })
}

export async function addHostNetwork(index: number): Promise<void> {
  const id = hostId({ index })
  await quiet`ip netns add ${id}`
  await quiet`ip link add ${id} type veth peer name eth0 netns ${id}`
  await quiet`ip address add ${hostGateway(index)}/30 dev ${id}`
  await quiet`ip link set ${id} up`
  await quiet`ip -n ${id} link set lo up`
  await quiet`ip -n ${id} address add ${hostAddress(index)}/30 dev eth0`
  await quiet`ip -n ${id} link set eth0 up`
  await quiet`ip -n ${id} route add default via ${hostGateway(index)}`
}

export async function removeHostNetwork(index: number): Promise<void> {
  const id = hostId({ index })
  await forgiving`ip link del ${id}`
  await forgiving`ip netns del ${id}`
}

/**
 * Drops every packet in both directions silently: each end sends to a hardware address that the
 * other does not have. Taking the link down would be noticed at once.
 */
export async function cutHostNetwork(index: number): Promise<void> {
  const id = hostId({ index })
  const nowhere = '02:00:00:00:00:00'
  await quiet`ip neigh replace ${hostAddress(index)} lladdr ${nowhere} dev ${id} nud permanent`
  await quiet`ip -n ${id} neigh replace ${hostGateway(index)} lladdr ${nowhere} dev eth0 nud permanent`
}

export async function mendHostNetwork(index: number): Promise<void> {
  const id = hostId({ index })
  await forgiving`ip neigh del ${hostAddress(index)} dev ${id}`
  await forgiving`ip -n ${id} neigh del ${hostGateway(index)} dev eth0`
}
