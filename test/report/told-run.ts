/** Runs as their events tell them, for what draws them: every way in which a step ends is in one. */

import type { RunEvent, RunHost, StampedEvent } from '../../src/model/run-event.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'

export const file = 'shop.md'

export const source = `---
title: 开店
---

# 开店

## Install

\`\`\`bash {#install title="安装 nginx"}
apt-get install -y nginx
nginx -v
\`\`\`

\`\`\`output
...
nginx version: <VERSION>
\`\`\`

\`\`\`ini {#config file=/etc/shop.conf}
name = shop
\`\`\`

\`\`\`bash {#user creates=/home/shop}
useradd shop
\`\`\`

- [ ] look at the shop's sign

\`\`\`bash {#open}
curl -s localhost
\`\`\`

\`\`\`output
welcome
3 customers
\`\`\`

\`\`\`bash {#serve}
serve customers
\`\`\`

\`\`\`bash {#close always}
close shop
\`\`\`
`

export const { runbook, diagnostics } = parseRunbook(file, source)

const outline = (host: string) =>
  runbook.steps.map((step) => ({
    step: `shop#${step.id}`,
    host,
    title: step.id,
    file,
    line: step.span.start.line,
    hash: `sha256:${step.id}`,
  }))

const hostOf = (name: string): RunHost => ({
  name,
  role: null,
  address: `${name}.example`,
  platform: 'debian-12',
})

type End = Omit<RunEvent & { readonly kind: 'step-ended' }, 'kind' | 'step' | 'host'>

/** One command of a step, with what it prints. */
interface Told {
  readonly id: string
  readonly commands?: readonly (readonly [text: string, output: string, exit: number])[]
  readonly end: Partial<End>
}

function stepEvents(host: string, { id, commands = [], end }: Told): readonly RunEvent[] {
  const at = { step: `shop#${id}`, host }
  return [
    { kind: 'step-started', ...at, user: 'root', variant: null },
    ...commands.flatMap(([text, output, exit], index): readonly RunEvent[] => [
      { kind: 'command-started', ...at, index, text, frame: null },
      ...(output === ''
        ? []
        : [{ kind: 'output' as const, ...at, index, stream: 'merged' as const, text: output }]),
      { kind: 'command-ended', ...at, index, exit, durationMs: 1200, next: null },
    ]),
    {
      kind: 'step-ended',
      ...at,
      status: 'passed',
      reason: null,
      message: '',
      exit: 0,
      durationMs: 1500,
      ...end,
    },
  ]
}

const installed: Told = {
  id: 'install',
  commands: [
    ['apt-get install -y nginx', 'Reading package lists... Done\r\n\u001b]52;c;aGk=\u0007', 0],
    ['nginx -v', 'nginx version: 1.22\n', 0],
  ],
  end: {},
}
const configured: Told = {
  id: 'config',
  end: {
    status: 'changed',
    message: 'wrote /etc/shop.conf',
    diff: '--- /etc/shop.conf\n+++ /etc/shop.conf\n@@ -1 +1 @@\n-name = stall\n+name = shop\n',
    backup: { file: '/etc/shop.conf', kept: '/root/kept/1', sha256: '0'.repeat(64) },
  },
}
const skipped: Told = {
  id: 'user',
  end: { status: 'skipped', reason: 'already-done', message: '/home/shop exists', exit: null },
}
const looked: Told = {
  id: runbook.steps.find(({ kind }) => kind === 'manual')?.id ?? '',
  end: { status: 'confirmed', reason: 'assumed', message: '', exit: null },
}
const wrong: Told = {
  id: 'open',
  commands: [['curl -s localhost', 'welcome\n2 customers\n', 0]],
  end: {
    status: 'failed',
    reason: 'output',
    message: 'line 2 of the output differs',
    diff: '  welcome\n- 3 customers\n+ 2 customers\n',
    expectedLine: 2,
  },
}
const opened: Told = {
  id: 'open',
  commands: [['curl -s localhost', 'welcome\n3 customers\n', 0]],
  end: {},
}
const stopped: Told = {
  id: 'serve',
  commands: [['serve customers', 'the first\n', 143]],
  end: { status: 'cancelled', reason: 'interrupted', message: 'cancelled', exit: null },
}
const served: Told = { id: 'serve', commands: [['serve customers', 'all\n', 0]], end: {} }
const lost: Told = {
  id: 'serve',
  commands: [['serve customers', '', 255]],
  end: { status: 'lost', reason: 'host-lost', message: 'no answer for 60s', exit: null },
}
const closed: Told = { id: 'close', commands: [['close shop', '', 0]], end: {} }

const none = {
  passed: 0,
  changed: 0,
  skipped: 0,
  failed: 0,
  confirmed: 0,
  cancelled: 0,
  lost: 0,
  notRun: 0,
}

function run(
  hosts: readonly { readonly name: string; readonly steps: readonly Told[] }[],
  ended: Omit<RunEvent & { readonly kind: 'run-ended' }, 'kind'>,
): readonly StampedEvent[] {
  const events: readonly RunEvent[] = [
    {
      kind: 'run-started',
      run: '20260102-0304-abcdef',
      tool: 'runbook 0.1.0',
      runbooks: [file],
      hosts: hosts.map(({ name }) => hostOf(name)),
      steps: hosts.flatMap(({ name }) => outline(name)),
    },
    ...hosts.flatMap(({ name, steps }) => steps.flatMap((told) => stepEvents(name, told))),
    { kind: 'run-ended', ...ended },
  ]
  const startMs = Date.parse('2026-01-02T03:04:05.000Z')
  return events.map((event, seq) => ({
    v: 1,
    seq,
    at: new Date(startMs + seq * 1000).toISOString(),
    ...event,
  }))
}

export const runs = {
  passed: run(
    [{ name: 'web', steps: [installed, configured, skipped, looked, opened, served, closed] }],
    {
      status: 'passed',
      counts: { ...none, passed: 4, changed: 1, skipped: 1, confirmed: 1 },
      exit: 0,
    },
  ),
  failed: run([{ name: 'web', steps: [installed, configured, skipped, looked, wrong, closed] }], {
    status: 'failed',
    counts: { ...none, passed: 2, changed: 1, skipped: 1, confirmed: 1, failed: 1, notRun: 1 },
    exit: 1,
  }),
  cancelled: run([{ name: 'web', steps: [installed, stopped, closed] }], {
    status: 'cancelled',
    counts: { ...none, passed: 2, cancelled: 1, notRun: 4 },
    exit: 130,
  }),
  fleet: run(
    [
      {
        name: 'web-1',
        steps: [installed, configured, skipped, looked, opened, served, closed],
      },
      { name: 'web-2', steps: [installed, wrong, closed] },
      { name: '数据库', steps: [installed, lost] },
    ],
    {
      status: 'lost',
      counts: {
        ...none,
        passed: 7,
        changed: 1,
        skipped: 1,
        confirmed: 1,
        failed: 1,
        lost: 1,
        notRun: 9,
      },
      exit: 3,
    },
  ),
} as const
