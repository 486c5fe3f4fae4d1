/** A shell whose folder is gone never runs a step of the page somewhere else. */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eventsOf, projectWith, runCli } from './run-cli.ts'

const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`

function project(steps: string, vars = '') {
  const cwd = projectWith({ 'a.md': `---\nvars: { PROJECT: {} ${vars} }\n---\n${steps}` })
  return { cwd, env: { RUNBOOK_VAR_PROJECT: cwd, XDG_STATE_HOME: join(cwd, 'state') } }
}

interface Ends {
  readonly steps: readonly string[]
  /** Of the step that failed. */
  readonly message: string
  readonly printed: string
}

function endsOf(stdout: string): Ends {
  const events = eventsOf(stdout)
  const ends = events.filter(({ kind }) => kind === 'step-ended')
  const printed = events.flatMap(({ kind, text }) => (kind === 'output' ? [text] : []))
  return {
    steps: ends.map(({ step, status, reason }) =>
      [step, status, reason].flatMap((each) => (typeof each === 'string' ? [each] : [])).join(' '),
    ),
    message: String(ends.find(({ status }) => status === 'failed')?.['message']),
    printed: printed.join(''),
  }
}

const work = fence('bash {#work}', 'mkdir "$PROJECT/work"; cd "$PROJECT/work"')

describe('a shell whose folder is gone', () => {
  test.each([
    ['a command', fence('bash {#next}', 'echo in "$PWD"')],
    ['a command whose status does not matter', fence('bash {#next exit=any}', 'echo in "$PWD"')],
    ['a script', fence('txt {#next run="echo in"}', 'text')],
    ['a transcript', fence('console {#next}', '$ echo in')],
    ['a dialog', fence('bash {#next}', 'read -p "name: " name') + fence('dialog', 'name: => in')],
    ['a background step', fence('bash {#next background}', 'echo in; sleep 5')],
    ['a step with a folder below it', fence('bash {#next dir=sub}', 'echo in')],
    [
      'a step that would be skipped by what is there',
      fence('bash {#next unless=dir:tmp}', 'echo in'),
    ],
    ['a step that would not be for this host', fence('bash {#next when=file:here}', 'echo in')],
    ['a clean-up', fence('bash {#next always}', 'echo in')],
  ])('does not run %s elsewhere', async (_, next) => {
    const { cwd, env } = project(
      work + fence('bash {#leave}', 'rm -r "$PROJECT/work"; exit 0') + next,
    )
    const { code, stdout } = await runCli(['exec', 'a.md', '--json', '--lang', 'en'], { cwd, env })
    const { steps, message, printed } = endsOf(stdout)
    expect(steps).toEqual(['a#work passed', 'a#leave passed', 'a#next failed precondition'])
    expect(message).toContain(`${cwd}/work`)
    expect({ code, printed }).toEqual({ code: 1, printed: '' })
  })

  test('runs a step with an absolute `dir=`, and returns to the folder once it exists again', async () => {
    const { cwd, env } = project(
      work +
        fence('bash {#leave}', 'rm -r "$PROJECT/work"; exit 0') +
        fence('bash {#make dir=/}', 'mkdir "$PROJECT/work"') +
        fence('bash {#next}', 'echo in "${PWD#"$PROJECT"}"'),
    )
    const { code, stdout } = await runCli(['exec', 'a.md', '--json'], { cwd, env })
    expect({ code, printed: endsOf(stdout).printed }).toEqual({ code: 0, printed: 'in /work\n' })
  })

  test("does not stay in the folder of a step's `dir=`", async () => {
    const { cwd, env } = project(
      work +
        fence('bash {#leave dir=/}', 'rm -r "$PROJECT/work"') +
        fence('bash {#next}', 'echo in "$PWD"'),
    )
    const { stdout } = await runCli(['exec', 'a.md', '--json'], { cwd, env })
    expect(endsOf(stdout)).toMatchObject({
      printed: '',
      steps: { 2: 'a#next failed precondition' },
    })
  })

  test('is reported after a resume, and the run continues once the folder exists again', async () => {
    const { cwd, env } = project(
      work + fence('bash {#gate}', '[ -e "$PROJECT/mended" ]') + fence('bash {#next}', 'pwd'),
    )
    expect(await runCli(['exec', 'a.md'], { cwd, env })).toMatchObject({ code: 1 })
    writeFileSync(join(cwd, 'mended'), '')
    rmSync(join(cwd, 'work'), { recursive: true })
    const { code, stdout } = await runCli(['resume', '--lang', 'en'], { cwd, env })
    expect(code).toBe(1)
    expect(stdout).toContain('error[RB2003]: the folder')
    expect(stdout).toContain('work')
    mkdirSync(join(cwd, 'work'))
    const again = await runCli(['resume', '--json'], { cwd, env })
    expect(endsOf(again.stdout)).toMatchObject({
      steps: ['a#gate passed', 'a#next passed'],
      printed: `${cwd}/work\n`,
    })
  })

  test('starts a page again in the page’s own folder', async () => {
    const { cwd, env } = project(
      fence('bash {#first}', 'pwd; mkdir "$PROJECT/work"; cd "$PROJECT/work"') +
        fence('bash {#gate}', '[ -e "$PROJECT/mended" ]') +
        fence('bash {#clean always reverts=*}', 'rm -r "$PROJECT/work"'),
    )
    expect(await runCli(['exec', 'a.md'], { cwd, env })).toMatchObject({ code: 1 })
    writeFileSync(join(cwd, 'mended'), '')
    const { code, stdout } = await runCli(['resume', '--json'], { cwd, env })
    expect({ code, printed: endsOf(stdout).printed }).toEqual({ code: 0, printed: `${cwd}\n` })
  })

  test('with a secret in its name is neither stored on the host nor replaced by another', async () => {
    const { cwd, env } = project(
      fence('bash {#work}', 'mkdir "$PROJECT/$TOKEN"; cd "$PROJECT/$TOKEN"') +
        fence('bash {#gate}', '[ -e "$PROJECT/mended" ]') +
        fence('bash {#next}', 'echo in "$PWD"'),
      ', TOKEN: { secret: true }',
    )
    const secret = { ...env, RUNBOOK_VAR_TOKEN: 'hidden-value-1' }
    expect(await runCli(['exec', 'a.md'], { cwd, env: secret })).toMatchObject({ code: 1 })
    writeFileSync(join(cwd, 'mended'), '')
    const { stdout } = await runCli(['resume', '--json'], { cwd, env: secret })
    expect(endsOf(stdout)).toMatchObject({ steps: ['a#gate failed precondition'], printed: '' })
  })
})
