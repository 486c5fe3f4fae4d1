/**
 * Every way in which a step fails, as a person reads it at 80 columns: `failures.en.txt` and
 * `failures.zh.txt`.
 */

import { verbatim, type Lang } from '../../src/model/message.ts'
import { describe, expect, test } from 'vitest'
import { unmetSentence } from '../../src/check/check-sentence.ts'
import { displayWidth } from '../../src/text/display-width.ts'
import { diffOutput } from '../../src/match/diff-output.ts'
import type { Check } from '../../src/model/check.ts'
import type { Reason } from '../../src/model/run-event.ts'
import { expectationsOf, type ShellStep } from '../../src/model/step.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { renderFailure } from '../../src/report/failure.ts'
import { failedEnd, lostEnd } from '../../src/run/failed-command.ts'
import { messages } from '../../src/run/messages.ts'
import type { CommandEnd } from '../../src/run/ports.ts'
import type { StepProgress } from '../../src/run/reduce.ts'
import { failed, type StepEnd } from '../../src/run/step-end.ts'

const page = `---
needs: [os:debian, cmd:curl]
---

\`\`\`bash {#provide ensures=file:/etc/shop.conf}
touch /etc/shop.conf
\`\`\`

\`\`\`bash {#x needs="cmd:bash file:/etc/shop.conf" ensures="port:80 service:nginx" onerror="/refused/ -> net.md#refused"}
systemctl start nginx
curl -s http://localhost/
\`\`\`

\`\`\`output
hello
<:\\d+> visits
bye
\`\`\`
`

const { runbook } = parseRunbook('shop.md', page)
const step = shellStep('x')

function shellStep(id: string): ShellStep {
  const found = runbook.steps.find((each) => each.id === id)
  if (found?.kind !== 'shell') throw new Error('the page has the step')
  return found
}

type BadReason = Exclude<
  Reason,
  'not-for-this-host' | 'already-done' | 'equal' | 'assumed' | 'rebooted' | 'by-hand' | 'undo-only'
>

interface Case {
  readonly end: (lang: Lang) => StepEnd
  /** How many commands had begun. */
  readonly commands?: number
  readonly denied?: string
  readonly output?: string
}

const command =
  (end: Exclude<CommandEnd, { readonly kind: 'exited' }>, lastLine?: string) =>
  (lang: Lang): StepEnd =>
    failedEnd(end, step, {
      options: { lang, timeoutMs: undefined },
      next: undefined,
      lastLine,
    })

const [expected] = expectationsOf(step)
if (!expected) throw new Error('the step expects an output')
const names = { names: new Set<string>(), values: {} }
const { text: diff, line } = diffOutput(expected, 'hello\nno visits\nbye\n', names)

/** A new reason does not compile without its row. */
const cases: Readonly<Record<BadReason, readonly Case[]>> = {
  output: [
    {
      end: (lang) => ({ ...failed('output', messages.output[lang]), diff, expectedLine: line }),
      commands: 2,
    },
  ],
  'exit-status': [
    {
      end: (lang) => failed('exit-status', messages.exitStatus(7, '0')[lang], 7),
      commands: 2,
      output: 'curl: (7) connection refused\n',
    },
  ],
  precondition: [
    {
      end: (lang) => failed('precondition', messages.precondition(unmet('cmd:curl', lang))[lang]),
      denied: 'cmd:curl',
    },
    {
      end: (lang) =>
        failed('precondition', messages.precondition(unmet('file:/etc/shop.conf', lang))[lang]),
      denied: 'file:/etc/shop.conf',
    },
    { end: (lang) => failed('precondition', messages.lostFolder('/srv/shop')[lang]) },
  ],
  'no-folder': [{ end: (lang) => failed('no-folder', messages.noFolder('/srv/shop')[lang]) }],
  postcondition: [
    {
      end: (lang) =>
        failed('postcondition', messages.postcondition(unmet('service:nginx', lang), '10s')[lang]),
      denied: 'service:nginx',
      commands: 2,
    },
  ],
  'not-ready': [
    {
      end: (lang) => failed('not-ready', messages.notReady(unmet('port:80', lang), '30s')[lang]),
      commands: 1,
    },
    { end: (lang) => failed('not-ready', messages.backgroundEnded('1')[lang]), commands: 1 },
  ],
  timeout: [
    { end: command({ kind: 'timeout', ended: [] }, 'Restoring database: 40%'), commands: 1 },
    { end: command({ kind: 'timeout', ended: ['sleep', 'tail'] }, ''), commands: 1 },
    { end: command({ kind: 'timeout', ended: [] }), commands: 1 },
    { end: (lang) => failed('timeout', messages.fileTimeout('/etc/shop.conf', '1m')[lang]) },
  ],
  'waiting-for-input': [
    { end: command({ kind: 'waiting', prompt: 'Continue? [y/N]', ended: ['apt'] }), commands: 1 },
  ],
  dialog: [{ end: (lang) => failed('dialog', messages.dialogLeftOver('`Password:`')[lang]) }],
  'not-confirmed': [
    { end: (lang) => failed('not-confirmed', messages.notConfirmed('--yes')[lang]) },
  ],
  'not-captured': [{ end: (lang) => failed('not-captured', messages.notCaptured('TOKEN')[lang]) }],
  'output-limit': [{ end: command({ kind: 'too-much', ended: ['yes'] }), commands: 1 }],
  'disk-full': [
    { end: command({ kind: 'disk-full', wasRun: true }), commands: 1 },
    { end: command({ kind: 'disk-full', wasRun: false }), commands: 1 },
  ],
  'command-lost': [
    { end: (lang) => lostEnd(verbatim('the shell of vm is gone'), { lang }), commands: 1 },
    { end: (lang) => lostEnd(messages.shellGone, { lang }), commands: 1 },
  ],
  reboot: [{ end: (lang) => failed('reboot', messages.neverDown('1m')[lang]), commands: 1 }],
  interrupted: [{ end: command({ kind: 'cancelled', ended: ['sleep'] }), commands: 1 }],
  'host-lost': [
    { end: (lang) => failed('host-lost', messages.hostLost('vm did not answer for 30s')[lang]) },
    { end: (lang) => failed('host-lost', messages.neverBack('5m', 'connection refused')[lang]) },
  ],
  'no-shell': [{ end: () => failed('no-shell', 'vm: no shell as app: sudo needs a password') }],
  file: [
    {
      end: (lang) =>
        failed(
          'file',
          messages.fileFailed('/etc/none/x', 'the folder /etc/none does not exist')[lang],
        ),
    },
  ],
  unsupported: [{ end: (lang) => failed('unsupported', messages.rebootHere[lang]) }],
}

/** The step's or its page's check by its text. */
function unmet(text: string, lang: Lang): string {
  const all: readonly Check[] = [...runbook.needs, ...step.needs, ...step.ensures]
  const check = all.find((each) => each.text === text)
  if (!check) throw new Error(`no such check: ${text}`)
  return unmetSentence(check, found[text] ?? '', lang)
}

const found: Readonly<Record<string, string>> = {
  'cmd:curl': 'not found',
  'file:/etc/shop.conf': 'missing',
  'service:nginx': 'failed',
  'port:80': 'not listening',
}

function drawn(
  reason: Reason,
  { end, commands = 0, denied, output = '' }: Case,
  lang: Lang,
): string {
  const { message, status, diff: difference, expectedLine, reason: own } = end(lang)
  expect(own).toBe(reason)
  const answers = new Map(
    denied === undefined ? [] : [[denied, { check: denied, holds: false, actual: '' }]],
  )
  const progress: StepProgress = {
    step: 'shop#x',
    host: 'vm',
    variant: null,
    status,
    reason,
    message,
    durationMs: 1,
    diff: difference,
    isDeviation: false,
    expectedLine,
    answers,
    commands: Array.from({ length: commands }, () => ({ text: '', exit: 0, durationMs: 1 })),
  }
  const { headline, details } = renderFailure({
    progress,
    step,
    steps: runbook.steps,
    pageNeeds: runbook.needs,
    dirSpan: runbook.dirSpan,
    file: 'shop.md',
    source: page,
    output,
    lang,
    columns: 80,
  })
  return [...headline, ...details].join('\n')
}

describe.each(['en', 'zh'] as const)('a failure in %s', (lang) => {
  const texts = Object.entries(cases).flatMap(([reason, each]) =>
    each.map((one) => drawn(reason as BadReason, one, lang)),
  )

  test('says what is wrong, where, and what to do', async () => {
    await expect(`${texts.join('\n\n')}\n`).toMatchFileSnapshot(`./failures.${lang}.txt`)
  })

  test("is no wider than the terminal, except for the page's own lines", () => {
    const ours = texts
      .flatMap((text) => text.split('\n'))
      .filter((each) => !/^ *\d* \| /.test(each))
    for (const each of ours) expect(displayWidth(each)).toBeLessThanOrEqual(80)
  })
})
