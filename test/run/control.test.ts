import { describe, expect, test } from 'vitest'
import { commandsOf, type Step } from '../../src/model/step.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { addressMeant, withText } from '../../src/run/control.ts'

const page = `\`\`\`bash {#both timeout=5s}
one
two
\`\`\`

\`\`\`output
1
\`\`\`

\`\`\`ini {#file file=/etc/a.conf}
a = 1
\`\`\`

- [ ] look
`
const { runbook } = parseRunbook('a.md', page)

function stepOf(kind: Step['kind']): Step {
  const found = runbook.steps.find((step) => step.kind === kind)
  if (!found) throw new Error(`the page has a step of kind ${kind}`)
  return found
}

describe('a step that a person edited', () => {
  test('has the commands of the text, and expects nothing of their output', () => {
    const edited = withText(stepOf('shell'), 'first &&\n  second\nthird')
    if (edited.kind !== 'shell') throw new Error('it is still a shell step')
    expect(commandsOf(edited).map(({ text }) => text)).toEqual(['first &&\n  second', 'third'])
    expect(edited).toMatchObject({ id: 'both', timeoutMs: 5000, expects: undefined })
  })

  test('writes a file that ends with a line end', () => {
    expect(withText(stepOf('file'), 'a = 2')).toMatchObject({ content: 'a = 2\n' })
  })

  test('is unchanged if there is nothing to run', () => {
    expect(withText(stepOf('manual'), 'other')).toBe(stepOf('manual'))
  })
})

test.each([
  ['shop#open', 'shop#open'],
  ['open', 'shop#open'],
  ['only', 'net#only'],
  ['net#open', 'net#open'],
  ['none', undefined],
  ['shop#only', undefined],
])('on the page `shop`, `%s` means %s', (text, address) => {
  const steps = ['net#open', 'net#only', 'shop#open']
  expect(addressMeant(text, { step: 'shop#start', steps })).toBe(address)
})
