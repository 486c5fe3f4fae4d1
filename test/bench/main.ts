/**
 * Ratios of whole processes, measured in one run and in turns, so that a busy machine disturbs all
 * alike: `npm run bench -- shell`.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bootTestHost, hostsUnavailable } from '../hosts/test-host.ts'
import { benchLanguage } from './language.ts'
import { measure, type Contender } from './measure.ts'

const program = fileURLToPath(new URL('../../bin/runbook.js', import.meta.url))
const rounds = 7

async function benchShell(): Promise<void> {
  const reason = hostsUnavailable()
  if (reason !== undefined) throw new Error(`no host to measure on: ${reason}`)
  const host = await bootTestHost()
  const folder = mkdtempSync(join(tmpdir(), 'runbook-bench-'))
  try {
    writeFileSync(join(folder, 'runbook.yml'), 'pages: .\n')
    for (const steps of [1, 50, 200]) writeFileSync(join(folder, `${steps}.md`), pageOf(steps))
    const ssh = ['-F', host.sshConfig, host.name]
    const exec = (page: string): Contender => ({
      name: `runbook exec, ${page} steps`,
      command: process.execPath,
      args: [
        program,
        'exec',
        `${page}.md`,
        '--host',
        host.name,
        '--ssh-config',
        host.sshConfig,
        '--json',
      ],
    })
    const script = (steps: number): Contender => ({
      name: `ssh bash -s, ${steps} commands`,
      command: 'ssh',
      args: [...ssh, 'bash -s'],
      stdin: Array.from({ length: steps }, (_, index) => `echo ${index}\n`).join(''),
    })
    const start: Contender = { name: 'node, nothing', command: process.execPath, args: ['-e', '0'] }
    const version: Contender = {
      name: 'runbook --version',
      command: process.execPath,
      args: [program, '--version'],
    }
    const contenders = [start, version, script(50), script(200), exec('1'), exec('50'), exec('200')]
    const medians = await measure(contenders, { rounds, cwd: folder })
    const of = (contender: Contender) => medians.get(contender.name) ?? Number.NaN
    const step = (of(exec('200')) - of(exec('50'))) / 150
    const table: readonly (readonly [string, string])[] = [
      ['runbook --version / node', ratio(of(version), of(start))],
      ['50 acknowledged steps / ssh bash -s', ratio(of(exec('50')), of(script(50)))],
      ['200 acknowledged steps / ssh bash -s', ratio(of(exec('200')), of(script(200)))],
      ['one more step', `${step.toFixed(1)} ms`],
    ]
    for (const [what, value] of table) process.stdout.write(`${what.padEnd(40)} ${value}\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await host.dispose()
  }
}

function pageOf(steps: number): string {
  const blocks = Array.from(
    { length: steps },
    (_, index) => `\`\`\`bash {#s${index}}\necho ${index}\n\`\`\`\n`,
  )
  return `# ${steps}\n\n${blocks.join('\n')}`
}

function ratio(ours: number, theirs: number): string {
  return `${(ours / theirs).toFixed(2)} ×`
}

const [what] = process.argv.slice(2)
if (what === 'shell') await benchShell()
else if (what === 'language') await benchLanguage(program)
else {
  process.stderr.write('write `npm run bench -- shell` or `npm run bench -- language`\n')
  process.exitCode = 2
}
