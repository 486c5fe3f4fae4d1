import { describe, expect, test } from 'vitest'
import { judgeStep } from '../../src/record/judge-step.ts'
import { pageStatus } from '../../src/record/page-status.ts'
import { readPage, recordOf } from './page.ts'

const page = (command: string, expected: string) =>
  readPage(`\`\`\`bash {#a}\n${command}\n\`\`\`\n\`\`\`output\n${expected}\n\`\`\`\n`)

function stateAfter(
  before: ReturnType<typeof page>,
  now: ReturnType<typeof page>,
  printed: string,
  differs?: true,
) {
  const record = recordOf(before, { a: printed }, differs ? { differs } : {}).steps['a']
  const [step] = now.steps
  if (!step) throw new Error('the page has a step')
  return judgeStep(now, step, record)
}

describe('a step is', () => {
  const asRun = page('date', 'Mon <...>')

  test('verified while its content and its expected output match the record', () => {
    expect(stateAfter(asRun, asRun, 'Mon 3\n')).toBe('verified')
  })

  test("still verified if only the expectation's form changed", () => {
    expect(stateAfter(asRun, page('date', '<:Mon|Tue> 3'), 'Mon 3\n')).toBe('verified')
  })

  test('stale once its command changed', () => {
    expect(stateAfter(asRun, page('date -u', 'Mon <...>'), 'Mon 3\n')).toBe('stale')
  })

  test('contradicted once the page expects another output', () => {
    expect(stateAfter(asRun, page('date', 'Tue <...>'), 'Mon 3\n')).toBe('contradicted')
  })

  test('changed if the run accepted a differing output', () => {
    expect(stateAfter(asRun, page('date', 'Tue <...>'), 'Mon 3\n', true)).toBe('changed')
  })

  test('never verified without a record', () => {
    const [step] = asRun.steps
    expect(step && judgeStep(asRun, step, undefined)).toBe('never')
  })
})

describe('a masked secret', () => {
  test('does not contradict the pattern that captured it', () => {
    const secret = readPage(
      '```bash {#a secret=TOKEN}\nx\n```\n```output\ntoken <TOKEN:[a-z]+>\n```\n',
    )
    const [step] = secret.steps
    expect(step && judgeStep(secret, step, recordOf(secret, { a: 'token ***\n' }).steps['a'])).toBe(
      'verified',
    )
  })
})

describe('the state of a page', () => {
  const two = readPage(
    '::: code-group\n```bash [CentOS] {#a when=os:centos@7}\nyum\n```\n```bash [Debian] {#a when=os:debian}\napt\n```\n:::\n\n```bash {#b when=os:centos}\nyum\n```\n\n```bash {#c}\nls\n```\n',
  )

  test("counts the host's variant, and no step for other systems", () => {
    const record = recordOf(two, { a: '', c: '' })
    expect(pageStatus(two, [record])).toEqual([
      expect.objectContaining({
        platform: 'debian-12',
        state: 'verified',
        steps: { total: 2, verified: 2 },
      }),
    ])
  })

  test('is partial if a step never ran', () => {
    expect(pageStatus(two, [recordOf(two, { c: '' })])[0]).toMatchObject({
      state: 'partial',
      steps: { total: 2, verified: 1 },
    })
  })
})
