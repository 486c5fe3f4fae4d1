/** Fifty commands on a host that is 40 ms away, there and back. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSlowLink } from '../transport/slow-link.ts'
import { type Contender, measure } from './measure.ts'
import { type Layout, scriptOf, writePage } from './pages.ts'
import type { ShellBench } from './shell-bench.ts'
import { show, times } from './show.ts'

const commands = 50
const delayMs = 20
const rounds = 5

export async function benchFar(bench: ShellBench): Promise<void> {
  const { host, folder } = bench
  const link = await startSlowLink({ host: host.address, port: 22, delayMs })
  try {
    const config = join(folder, 'far')
    const near = readFileSync(host.sshConfig, 'utf8')
    // Its key is known by the address that it has.
    const far = `  HostName 127.0.0.1\n  Port ${link.port}\n  HostKeyAlias ${host.address}\n`
    writeFileSync(config, near.replace(/^\s*HostName .*\n/m, far))
    const ssh = bench.ssh('bash -s')
    const script = scriptOf({ ...ssh, args: ['-F', config, ...ssh.args.slice(2)] }, commands)
    const exec = (layout: Layout): Contender =>
      bench.exec(writePage(bench, commands, layout), { hosts: host.name, config })
    const contenders = [script, exec('steps'), exec('one-step')]
    const medians = await measure(contenders, { rounds, cwd: folder })
    const of = ({ name }: Contender) => medians.get(name) ?? Number.NaN
    const what = `behind ${2 * delayMs} ms, ${commands}`
    show(`${what} steps / ssh bash -s`, times(of(exec('steps')), of(script)))
    const oneStep = times(of(exec('one-step')), of(script))
    show(`${what} commands in one step / ssh bash -s`, oneStep, 'at most 1.3 ×')
    const trips = (of(exec('steps')) - of(exec('one-step'))) / (commands - 1) / (2 * delayMs)
    show('round trips of one more step', trips.toFixed(2), 'at most 1')
  } finally {
    await link.stop()
  }
}
