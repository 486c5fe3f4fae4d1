/** Fifty steps on a host that is 40 ms away, there and back. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSlowLink } from '../transport/slow-link.ts'
import { type Contender, measure } from './measure.ts'
import { scriptOf, type Sending, writePage } from './pages.ts'
import type { ShellBench } from './shell-bench.ts'
import { show, times } from './show.ts'

const steps = 50
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
    const script = scriptOf({ ...ssh, args: ['-F', config, ...ssh.args.slice(2)] }, steps)
    const exec = (sending: Sending): Contender =>
      bench.exec(writePage(bench, steps, sending), { hosts: host.name, config })
    const contenders = [script, exec('waits'), exec('ahead')]
    const medians = await measure(contenders, { rounds, cwd: folder })
    const of = ({ name }: Contender) => medians.get(name) ?? Number.NaN
    show(
      `behind ${2 * delayMs} ms, ${steps} steps / ssh bash -s`,
      times(of(exec('waits')), of(script)),
    )
    const ahead = times(of(exec('ahead')), of(script))
    show(
      `behind ${2 * delayMs} ms, ${steps} steps, sent ahead / ssh bash -s`,
      ahead,
      'at most 1.2 ×',
    )
  } finally {
    await link.stop()
  }
}
