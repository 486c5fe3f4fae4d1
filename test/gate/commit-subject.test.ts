import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { subjectProblem } from './commit-subject.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Commits that were written before the rule was checked are as they are. */
const checkedSinceMs = Date.parse('2026-11-30T05:00:00Z')

/** Of all commits that this clone has: a shallow one has few, a folder without a repository none. */
function subjects(): readonly string[] {
  const args = ['log', '--no-merges', '--format=%aI %s']
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) return []
  return stdout
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const)
    .filter(([at]) => Date.parse(at) >= checkedSinceMs)
    .map(([, subject]) => subject)
}

test('every commit of this repository follows the rule', () => {
  const problems = subjects().flatMap((subject) => {
    const problem = subjectProblem(subject)
    return problem === undefined ? [] : [`${subject}\n  ${problem}`]
  })
  expect(problems).toEqual([])
})

describe('a subject', () => {
  test.each([
    'shell: keep map keys that end in a backslash',
    'match, run: break the cycles of type imports',
    'README, docs/adr: need no reader to know the past',
    `parse: ${'x'.repeat(65)}`,
  ])('`%s` is accepted', (subject) => {
    expect(subjectProblem(subject)).toBeUndefined()
  })

  test.each([
    ['keep map keys', 'name the folder first'],
    ['shell:keep map keys', 'name the folder first'],
    [`parse: ${'x'.repeat(66)}`, 'at most 72 characters'],
    ['shell: keep map keys.', 'no full stop'],
    ['shell: Keep map keys', 'lower case'],
    ['shell: the engine tells its events', '`the` is none'],
    ['shell: what a login exports is kept', '`what` is none'],
    ['shell: keys of maps are kept', '`keys` is none'],
    ['shell: keeps map keys', '`keeps` is none'],
    ['shell: fixed the keys of maps', '`fixed` is none'],
    ['shell: keeping the keys of maps', '`keeping` is none'],
  ])('`%s` is refused: %s', (subject, problem) => {
    expect(subjectProblem(subject)).toContain(problem)
  })
})
