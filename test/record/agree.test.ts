import { describe, expect, test } from 'vitest'
import type { RunbookRecord } from '../../src/model/record.ts'
import { viewSteps } from '../../src/publish/step-view.ts'
import { pageStatus, stepsOn } from '../../src/record/page-status.ts'
import { judgeStep } from '../../src/record/judge-step.ts'
import { recordedStep } from '../../src/record/recorded-step.ts'
import { syncPage } from '../../src/sync/sync-page.ts'
import { readPage, recordOf } from './page.ts'

const asRun = `# Page

::: code-group

\`\`\`bash [Debian] {#install when=os:debian}
apt-get install -y nginx
\`\`\`

\`\`\`bash [CentOS] {#install when=os:centos}
yum install -y nginx
\`\`\`

:::

\`\`\`bash {#say}
echo one
\`\`\`

\`\`\`output
one
\`\`\`
`

/** What a run on Debian recorded; `said` is what `say` printed. */
function recorded(text: string, platform = 'debian-12', said = 'one\n'): RunbookRecord {
  const runbook = readPage(text)
  const steps = runbook.steps.filter(({ variant }) => variant?.label !== 'CentOS')
  return { ...recordOf({ ...runbook, steps }, { install: '', say: said }), platform }
}

/** The state of each step on the record's platform, by id. */
function states(text: string, record: RunbookRecord): Readonly<Record<string, string>> {
  const runbook = readPage(text)
  return Object.fromEntries(
    stepsOn(runbook, record).map((step) => [
      step.id,
      judgeStep(runbook, step, recordedStep(runbook, step, record)),
    ]),
  )
}

describe('after an edit, a step of a code group', () => {
  test.each<[string, [string, string], string]>([
    ['keeps its record under another label', ['[Debian]', '[Debian 12]'], 'verified'],
    ['is stale with another command', ['nginx\n', 'nginx-light\n'], 'stale'],
    [
      'is stale with another label and another command',
      ['[Debian] {#install when=os:debian}\napt-get', '[Debian 12] {#install when=os:debian}\napt'],
      'stale',
    ],
  ])('%s', (_, [from, to], state) => {
    const now = asRun.replace(from, to)
    expect(now).not.toBe(asRun)
    expect(states(now, recorded(asRun))).toEqual({ install: state, say: 'verified' })
  })
})

const one: readonly [string, readonly RunbookRecord[]] = ['one platform', [recorded(asRun)]]
const two: readonly [string, readonly RunbookRecord[]] = [
  'two platforms',
  [recorded(asRun), recorded(asRun, 'debian-13')],
]
const differing: readonly [string, readonly RunbookRecord[]] = [
  'two platforms that printed different texts',
  [recorded(asRun), recorded(asRun, 'debian-13', 'two\n')],
]

const edits: readonly [string, (text: string) => string][] = [
  ['nothing', (text) => text],
  ['a label', (text) => text.replace('[Debian]', '[Debian 12]')],
  ['a label and its command', (text) => text.replace('[Debian]', '[X]').replace('apt-get', 'apt')],
  ['a command', (text) => text.replace('echo one', 'echo  one')],
  ['an expectation', (text) => text.replace('\none\n```\n', '\nother\n```\n')],
  ['the other variant, removed', (text) => text.replace(/```bash \[CentOS\][^`]*```\n/, '')],
  ['the recorded variant, removed', (text) => text.replace(/```bash \[Debian\][^`]*```\n/, '')],
  ['an id', (text) => text.replace('{#say}', '{#tell}')],
]

describe.each([one, two, differing])('with records of %s', (_, records) => {
  test.each(edits)('status, site and sync say the same after a change of %s', (_name, edit) => {
    const text = edit(asRun)
    const runbook = readPage(text)
    const views = viewSteps(runbook, records)
    for (const status of pageStatus(runbook, records)) {
      const onSite = (wanted: string) =>
        views.flatMap(({ step, platforms }) =>
          platforms
            .filter(({ record, state }) => record.platform === status.platform && state === wanted)
            .map(() => step.id),
        )
      expect(onSite('verified')).toHaveLength(status.steps.verified)
      expect(onSite('stale')).toEqual(status.stale)
      expect(onSite('contradicted')).toEqual(status.contradicted)
    }
    const { changes, problems, notes } = syncPage(text, runbook, records)
    const named = (state: string) =>
      views
        .filter(({ platforms }) => platforms.some((each) => each.state === state))
        .map(({ step }) => step.id)
    expect([...changes, ...problems].map(({ step }) => step)).toEqual(named('contradicted'))
    expect(notes.map(({ step }) => step)).toEqual(named('stale'))
  })
})
