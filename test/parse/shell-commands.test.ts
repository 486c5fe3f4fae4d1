import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { splitShell } from '../../src/parse/shell-commands.ts'
import { broken, snippets } from './shell-snippets.ts'

const folder = mkdtempSync(join(tmpdir(), 'runbook-shell-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a harmless script prints, in an environment that says nothing of this machine. */
function bash(script: string): { readonly stdout: string; readonly status: number | null } {
  const { stdout, status } = spawnSync('bash', ['--noprofile', '--norc', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: folder, LC_ALL: 'C.UTF-8' },
    input: '',
  })
  return { stdout, status }
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** The commands of a text that the grammar accepts. */
function unitsOf(text: string): readonly string[] {
  const { commands, problem } = splitShell(text)
  expect(problem).toBeUndefined()
  return commands.map(({ start, end }) => text.slice(start, end))
}

describe('a shell text', () => {
  test.each(snippets)('is split into whole commands: $name', ({ text, units }) => {
    expect(unitsOf(text)).toEqual(units)
  })

  test.each(snippets)('has the same effect command by command as at once: $name', ({ text }) => {
    const apart = unitsOf(text)
      .map((unit) => `eval ${quoted(unit)}`)
      .join('\n')
    const whole = bash(text)
    expect(whole.status).toBe(0)
    expect(bash(apart)).toEqual(whole)
  })

  test.each(broken)('is refused if bash refuses it: $text', ({ text: given, line, opened }) => {
    // As it stands in a fence: without a last line end.
    const text = given.trimEnd()
    const { commands, problem } = splitShell(text)
    const lineOf = (at: number) => text.slice(0, at).split('\n').length
    expect(commands).toEqual([])
    expect(problem && lineOf(problem.start)).toBe(line)
    expect(problem?.opened && [problem.opened.word, lineOf(problem.opened.at)]).toEqual(opened)
    const { status, stderr } = spawnSync('bash', ['-n', '-c', text], { encoding: 'utf8' })
    // An open here-document is a warning to bash, and the end of the text closes it.
    expect(status !== 0 || stderr !== '').toBe(true)
  })
})

describe('joined snippets', () => {
  const some = fc.subarray([...snippets], { minLength: 1, maxLength: 6 })

  test('are split like each of them alone, with any text between', () => {
    fc.assert(
      fc.property(some, fc.constantFrom('', '\n', '# a remark\n', '  \n\t\n'), (parts, between) => {
        const text = parts.map(({ text: each }) => each).join(between)
        expect(unitsOf(text)).toEqual(parts.flatMap(({ units }) => units))
      }),
      { numRuns: 100 },
    )
  })

  test('are each accepted by `bash -n`', () => {
    const refused = snippets
      .flatMap(({ units }) => units)
      .filter((unit) => spawnSync('bash', ['-n', '-c', unit]).status !== 0)
    expect(refused).toEqual([])
  })
})
