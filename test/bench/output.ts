/** A gigabyte through one step: how fast, and in how much memory. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Cost, costOf, median } from './measure.ts'
import type { ShellBench } from './shell-bench.ts'
import { show, times } from './show.ts'

const gigabyte = 1024 ** 3
const rounds = 3

/** Lines of a kilobyte: neither side has to wait for what makes them. */
const command = `yes "$(printf %01023d 0)" | head -c ${gigabyte}`

export async function benchOutput(bench: ShellBench): Promise<void> {
  const { folder } = bench
  for (const [name, text] of [
    ['gigabyte', command],
    ['nothing', 'echo'],
  ] as const) {
    writeFileSync(join(folder, `${name}.md`), `\`\`\`bash {#${name} timeout=1h}\n${text}\n\`\`\`\n`)
  }
  const json = bench.exec('gigabyte.md')
  const plain = { ...json, args: json.args.filter((arg) => arg !== '--json') }
  const contenders = [bench.ssh(command), json, plain, bench.exec('nothing.md')]
  const costs: Cost[][] = contenders.map(() => [])
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      costs[index]?.push(await costOf(contender, folder))
    }
  }
  const [ssh, asJson, asText, nothing] = costs.map((all) => ({
    ms: median(all.map(({ ms }) => ms)),
    memoryBytes: median(all.map(({ memoryBytes }) => memoryBytes)),
  }))
  if (!ssh || !asJson || !asText || !nothing) throw new Error('unreachable: four were measured')
  show('1 GB by ssh', `${(gigabyte / ssh.ms / 1000).toFixed(0)} MB/s`)
  for (const [name, { ms, memoryBytes }] of [
    ['--json', asJson],
    ['as text', asText],
  ] as const) {
    const more = (memoryBytes - nothing.memoryBytes) / 1024 ** 2
    show(`throughput of 1 GB, ${name} / ssh`, times(ssh.ms, ms), 'at least 0.50 ×')
    show(`memory for 1 GB, ${name} - for nothing`, `${more.toFixed(0)} MB`, 'at most 128 MB')
  }
}
