/**
 * Every flag of the commands that plan, run and go on, as commander has them: its effect, or the
 * refusal that says why it has none. A flag that is added fails here until it has its case.
 */

import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exec } from '../../src/cli/run/exec.ts'
import { plan } from '../../src/cli/plan/plan.ts'
import { resume } from '../../src/cli/run/resume.ts'
import { undo } from '../../src/cli/undo/undo.ts'
import { type Sshd, startSshd } from '../transport/sshd.ts'
import {
  type CommandName,
  commandNames,
  type FlagCase,
  flagCases,
  type Seen,
} from './flag-cases.ts'
import { program, projectWith, runCli } from './run-cli.ts'

const commands = { plan, exec, resume, undo }
const declared = commandNames.flatMap((command) =>
  commands[command].options.map(({ long, flags }) => ({ command, flag: long ?? flags })),
)

let ssh: Sshd
beforeAll(async () => {
  ssh = await startSshd()
})
afterAll(() => ssh.stop())

test('every flag has its case, and every case its flag', () => {
  const written = commandNames.flatMap((command) =>
    Object.keys(flagCases[command]).map((flag) => `${command} ${flag}`),
  )
  expect(written.toSorted()).toEqual(
    declared.map(({ command, flag }) => `${command} ${flag}`).toSorted(),
  )
})

describe.concurrent('an accepted flag has its effect', () => {
  test.for(declared)('$command $flag', async ({ command, flag }, { onTestFinished }) => {
    const found = flagCases[command][flag]?.(ssh)
    if (!found) throw new Error(`\`${command} ${flag}\` has no case`)
    // A key that is accepted stays accepted.
    const without = await seenOf(command, found, { flag: [], onTestFinished })
    expect({ hasEffect: found.effect(without), ...without }).toMatchObject({ hasEffect: false })
    const given = await seenOf(command, found, { flag: found.flag, onTestFinished })
    expect({ hasEffect: found.effect(given), ...given }).toMatchObject({ hasEffect: true })
  })
})

test.each([
  [['exec', 'a.md', '--dry-run', '--reporter', 'junit=x'], '`--reporter junit` has no effect'],
  [['plan', 'a.md', '--json', '--format', 'markdown'], "cannot be used with option '--json'"],
])('%j is refused: one flag has no effect beside the other', async (words, message) => {
  const cwd = projectWith({ 'a.md': '```bash {#x}\ntouch ran\n```\n' })
  const { code, stderr } = await runCli(words, { cwd })
  expect(code).toBe(2)
  expect(stderr).toContain(message)
})

test('`--json` and a report in a file are both written', async () => {
  const cwd = projectWith({ 'a.md': '```bash {#x}\ntrue\n```\n' })
  const words = ['exec', 'a.md', '--json', '--reporter', 'junit=out.xml']
  const { stdout } = await runCli(words, { cwd })
  expect(stdout).toContain('"kind":"run-ended"')
  expect(readFileSync(join(cwd, 'out.xml'), 'utf8')).toContain('<testsuites')
})

interface Taking {
  readonly flag: readonly string[]
  readonly onTestFinished: (clean: () => void) => void
}

async function seenOf(
  command: CommandName,
  { files, before = [], between = {}, words, atTerminal }: FlagCase,
  { flag, onTestFinished }: Taking,
): Promise<Seen> {
  const cwd = projectWith(files, onTestFinished)
  // Its own home: no run of another case is the last one, and no ssh config stands there.
  const env = { LANG: 'C.UTF-8', HOME: cwd }
  for (const earlier of before) await runCli(earlier, { cwd, env })
  for (const [name, text] of Object.entries(between)) {
    if (text === undefined) rmSync(join(cwd, name))
    else writeFileSync(join(cwd, name), text)
  }
  const pages = command === 'plan' || command === 'exec' ? ['a.md'] : []
  const all = [...(words ?? [command, ...pages]), ...flag]
  const result = atTerminal ? await atTerminalOf(all, cwd) : await runCli(all, { cwd, env })
  return { ...result, files: filesIn(cwd) }
}

function filesIn(cwd: string): Readonly<Record<string, string>> {
  const entries = readdirSync(cwd, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path.slice(cwd.length + 1), readFileSync(path, 'utf8')]),
  )
}

/** What stands on the terminal; every question is answered with `no`. */
function atTerminalOf(words: readonly string[], cwd: string): Promise<Omit<Seen, 'files'>> {
  const line = [process.execPath, program, ...words].map((word) => `'${word}'`).join(' ')
  return new Promise((resolve) => {
    const child = spawn('script', ['-qec', `${line}; echo "exit $?"`, '/dev/null'], {
      cwd,
      env: { ...process.env, LANG: 'C.UTF-8', TERM: 'xterm', HOME: cwd },
    })
    let shown = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text
      if (/[:?)] ?$/.test(stripVTControlCharacters(shown))) child.stdin.write('no\n')
    })
    child.on('close', () =>
      resolve({ code: null, stdout: stripVTControlCharacters(shown), stderr: '' }),
    )
  })
}
