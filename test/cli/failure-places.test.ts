/** Where a run that fails points at, and what it says, from the page to the terminal. */

import { describe, expect, test } from 'vitest'
import { projectWith, runCli } from './run-cli.ts'

async function failureOf(page: string, flags: readonly string[] = []): Promise<string> {
  const { stdout } = await runCli(['exec', 'a.md', '--lang', 'en', ...flags], {
    cwd: projectWith({ 'a.md': page }),
  })
  return stdout
}

const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`

describe('a failure', () => {
  test('of a step points at the check that does not hold, not at its first one', async () => {
    expect(await failureOf(fence('bash {#x needs="cmd:bash file:gone cmd:none"}', 'true')))
      .toContain(`error[RB2003]: precondition not met: file \`gone\` does not exist
 --> a.md:1:29   step \`x\`, on local
  |
1 | \`\`\`bash {#x needs="cmd:bash file:gone cmd:none"}
  |                             ^^^^^^^^^
`)
  })

  test("of a page's condition draws the condition", async () => {
    const page = `---\nneeds:\n  - cmd:bash\n  - cmd:none-such\n---\n${fence('bash {#x}', 'true')}`
    expect(await failureOf(page)).toContain(
      `error[RB2003]: precondition not met: command \`none-such\` not found
 --> a.md:4:5
  |
4 |   - cmd:none-such
  |     ^^^^^^^^^^^^^
`,
    )
  })

  test('of a page with a missing folder points at its `dir:`', async () => {
    const page = `---\ntitle: Shop\ndir: /srv/none-such # moved\n---\n${fence('bash {#x}', 'true')}`
    expect(await failureOf(page)).toContain(
      `error[RB2003]: the page's folder /srv/none-such does not exist or cannot be entered
 --> a.md:3:6   step \`x\`, on local
  |
3 | dir: /srv/none-such # moved
  |      ^^^^^^^^^^^^^^
`,
    )
  })

  test('of a check after the step points at that check', async () => {
    const page = fence('bash {#x ensures="file:made file:gone" within=100ms}', 'touch made')
    expect(await failureOf(page)).toContain(
      `postcondition not met within 100ms: file \`gone\` does not exist\n --> a.md:1:32 `,
    )
  })

  test('of a background step points at the `ready` check that does not hold', async () => {
    const page = fence(
      'bash {#x background ready="cmd:bash file:gone" within=300ms}',
      'echo up; sleep 60',
    )
    const shown = await failureOf(page)
    expect(shown).toContain(
      'error[RB2011]: not ready within 300ms: file `gone` does not exist\n --> a.md:1:40 ',
    )
    expect(shown).toContain('  |  up\n')
  })

  test('of a transcript points at the line that differs', async () => {
    const page = `- a list\n\n${fence('console {#x}', '$ echo one; echo two\none\nzwei\n$ echo more\nmore').replaceAll(/^(?=.)/gm, '  ')}`
    expect(await failureOf(page)).toContain(`
6 |   zwei
  |   ^^^^
`)
  })

  test('by timeout shows the last line of output', async () => {
    const print = String.raw`printf 'first\nRestoring: 10%%\rRestoring: 40%%'; sleep 60`
    const page = fence('bash {#x timeout=500ms}', print)
    expect(await failureOf(page)).toMatch(
      /error\[RB2005\]: timed out after 500ms and was killed: sleep 60 \(pid \d+\); last line: Restoring: 40%\n/,
    )
    const silent = fence('bash {#x timeout=300ms}', 'sleep 60')
    expect(await failureOf(silent)).toMatch(/timed out after 300ms and was killed: .*; no output\n/)
    const hidden = fence('bash {#x timeout=300ms private}', 'echo hidden-word; sleep 60')
    const shown = await failureOf(hidden)
    expect(shown).toMatch(/timed out after 300ms and was killed: sleep 60 \(pid \d+\)\n/)
    expect(shown.replaceAll(/^.*echo hidden-word.*$/gm, '')).not.toContain('hidden-word')
  })

  test('does not happen with `--update`, which says that the output is recorded', async () => {
    const page = fence('bash {#x}', 'echo new') + fence('output', 'old')
    const shown = await failureOf(page, ['--update'])
    expect(shown).toContain('passed  output changed (recorded)')
    expect(shown).not.toContain('error[')
  })

  test('says what to type, in the form in which the program was called', async () => {
    const shown = await failureOf(fence('bash {#x}', 'false'))
    expect(shown).toMatch(
      /^fix the problem, then continue with `runbook resume \S+`\nall output: `runbook show \S+`$/m,
    )
  })
})
