/** What a step costs, and the start of the program. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Contender, measure } from './measure.ts'
import type { ShellBench } from './shell.ts'
import { show, times } from './show.ts'

const rounds = 7

/** @param program - The built command line. */
export async function benchSteps(bench: ShellBench, program: string): Promise<void> {
  const { folder } = bench
  for (const steps of [1, 50, 200]) writeFileSync(join(folder, `${steps}.md`), pageOf(steps))
  const script = (steps: number): Contender => ({
    ...bench.ssh('bash -s'),
    name: `ssh bash -s, ${steps} commands`,
    stdin: Array.from({ length: steps }, (_, index) => `echo ${index}\n`).join(''),
  })
  const node = { command: process.execPath }
  const start: Contender = { ...node, name: 'node, nothing', args: ['-e', '0'] }
  const version: Contender = { ...node, name: 'runbook --version', args: [program, '--version'] }
  const exec = (steps: number): Contender => bench.exec(`${steps}.md`)
  const contenders = [start, version, script(50), script(200), exec(1), exec(50), exec(200)]
  const medians = await measure(contenders, { rounds, cwd: folder })
  const of = ({ name }: Contender) => medians.get(name) ?? Number.NaN
  show('runbook --version / node', times(of(version), of(start)))
  show('50 acknowledged steps / ssh bash -s', times(of(exec(50)), of(script(50))))
  show('200 acknowledged steps / ssh bash -s', times(of(exec(200)), of(script(200))))
  show('one more step', `${((of(exec(200)) - of(exec(50))) / 150).toFixed(1)} ms`)
}

function pageOf(steps: number): string {
  const blocks = Array.from(
    { length: steps },
    (_, index) => `\`\`\`bash {#s${index}}\necho ${index}\n\`\`\`\n`,
  )
  return `# ${steps}\n\n${blocks.join('\n')}`
}
