/** What a person's terminal gets: colours of a host, and sentences that fit. */

import { expect, test } from 'vitest'
import { displayWidth } from '../../src/text/display-width.ts'
import { runAtTerminal } from './run-at-terminal.ts'
import { projectWith, runCli } from './run-cli.ts'

const coloured = String.raw`printf '\033[1;31mred\033[0m \033[5;8mhidden\033[0m \033[2J\033]0;title\007\033[32mopen\n'; sleep 2`
const page = `# T\n\n\`\`\`bash {#x}\n${coloured}\n\`\`\`\n`
const escape = '\u001b'
const passed = `${escape}[1;31mred${escape}[0m hidden ${escape}[32mopen${escape}[0m`

test.each(['plain', 'live'])('colours of a host pass to a terminal (%s)', async (reporter) => {
  const shown = await runAtTerminal(['exec', 'a.md', '--reporter', reporter], '', {
    cwd: projectWith({ 'a.md': page }),
    env: { NO_COLOR: '' },
    ends: /never/,
  })
  const plain = (text: string) =>
    text.replaceAll(`${escape}[2m`, '').replaceAll(`${escape}[22m`, '')
  expect(plain(shown)).toContain(passed)
  expect(shown).not.toContain(`${escape}[5`)
  expect(shown).not.toContain(`${escape}[2J`)
  expect(shown).not.toContain(`${escape}]`)
})

test('with NO_COLOR, and in a pipe with forced colours, they do not', async () => {
  const cwd = projectWith({ 'a.md': page })
  const args = ['exec', 'a.md', '--reporter', 'plain']
  const env = { NO_COLOR: '1' }
  expect(await runAtTerminal(args, '', { cwd, env, ends: /never/ })).not.toContain(escape)
  const piped = await runCli(args, { cwd, env: { NO_COLOR: '', FORCE_COLOR: '1' } })
  expect(piped.stdout).toContain('red hidden open')
  expect(piped.stdout).not.toContain(`${escape}[1;31m`)
})

test.each(['zh', 'en'])('sentences fit 80 columns, and commands stay whole (%s)', async (lang) => {
  const long = '/srv/a-folder-with-a-long-name/another-folder/and-a-file-that-is-missing.conf'
  const failing = `# T\n\n\`\`\`bash {#x needs=file:${long}}\ntrue\n\`\`\`\n`
  const args = ['exec', 'a.md', '--reporter', 'plain', '--lang', lang]
  const shown = await runAtTerminal(args, '', {
    cwd: projectWith({ 'a.md': failing }),
    env: { NO_COLOR: '1' },
    columns: 80,
    ends: /never/,
  })
  const lines = shown.split(/\r?\n/)
  const failure = lines.slice(lines.findIndex((line) => /^(?:error|错误)\[/.test(line)))
  expect(
    failure.filter(
      (line) => displayWidth(line) > 80 && !line.includes(long) && !/^ *\|/.test(line),
    ),
  ).toEqual([])
  expect(failure.join('\n')).toContain(`\`${long}\``)
  expect(failure.join('\n')).toMatch(/`runbook resume \S+`/)
})
