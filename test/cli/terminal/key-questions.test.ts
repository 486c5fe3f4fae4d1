import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { askConfirm } from '../../../src/cli/terminal/key-questions.ts'
import type { ConfirmQuestion } from '../../../src/run/ports.ts'

const about = {
  step: 'shop#drop',
  host: 'web',
  user: 'root',
  place: 'shop.md:3',
  title: undefined,
  danger: 'all is lost',
  values: [],
  work: { kind: 'manual', text: 'look' },
} as const

const question = (kind: ConfirmQuestion['kind'], step = 'shop#drop'): ConfirmQuestion => ({
  kind,
  step,
  host: 'web',
  text: 'look',
  about,
})

/** The answers of a person, who is gone after the last. */
function person(answers: readonly string[]) {
  const left = [...answers]
  return async () => left.shift()
}

describe('a question answered by one key', () => {
  let said = ''
  beforeEach(() => {
    said = ''
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said += text.toString()
      return true
    })
  })
  afterEach(() => vi.restoreAllMocks())

  test.each([
    ['manual', ['d'], 'yes'],
    ['manual', ['s'], 'skip'],
    ['manual', [' q '], 'no'],
    ['manual', [], undefined],
    ['danger', ['drop'], 'yes'],
    ['danger', ['q'], 'no'],
    ['danger', ['no'], 'no'],
  ] as const)('%s: %j means %s', async (kind, answers, meant) => {
    expect(await askConfirm(question(kind), 'en', person(answers))).toBe(meant)
    expect(said).toBe('')
  })

  test('is repeated with its keys for anything else, including Enter', async () => {
    const answer = await askConfirm(question('danger'), 'en', person(['yes', '', 'drop']))
    expect(answer).toBe('yes')
    expect(said.split('\n')).toEqual([
      expect.stringContaining('q no drop'),
      expect.stringContaining('q no drop'),
      '',
    ])
  })

  test('about a dangerous step called `q` is stopped by another word', async () => {
    const step = 'shop#q'
    expect(await askConfirm(question('danger', step), 'en', person(['q']))).toBe('yes')
    expect(await askConfirm(question('danger', step), 'en', person(['quit']))).toBe('no')
  })
})
