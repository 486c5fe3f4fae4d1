import { verbatim } from '../../src/model/message.ts'
import { expect, test } from 'vitest'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { runOn } from './run-on.ts'
import { scriptedHost } from './scripted-host.ts'

const page = `::: code-group
\`\`\`bash [A] {#x when=file:/a}
true
\`\`\`
\`\`\`bash [B] {#x when=file:/b}
true
\`\`\`
:::

\`\`\`bash {#clean always}
true
\`\`\`
`

test('a host that is lost while it is asked for the variant ends its step, and clean-up still runs', async () => {
  let asked = 0
  const host = scriptedHost({
    probe: () => {
      asked++
      throw new Error('the connection is gone')
    },
  })
  const { runbook } = parseRunbook('p.md', page)
  const events = await runOn([host], runbook, {
    clock: { nowMs: () => 0, sleep: async () => {} },
    prompt: {
      confirm: async () => undefined,
      step: async () => undefined,
      failure: async () => undefined,
    },
    hostFailure: (error) => ({ kind: 'host-lost', message: verbatim(String(error)) }),
  })
  expect(asked).toBe(1)
  expect(events.flatMap((event) => (event.kind === 'step-ended' ? [event] : []))).toMatchObject([
    { step: 'p#x', status: 'failed', reason: 'host-lost' },
    { step: 'p#clean', status: 'passed' },
  ])
  expect(events.at(-1)).toMatchObject({ kind: 'run-ended', exit: 3 })
})
