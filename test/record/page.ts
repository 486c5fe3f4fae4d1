import type { RunbookRecord, StepRecord } from '../../src/model/record.ts'
import type { Runbook } from '../../src/model/runbook.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { stepHash } from '../../src/plan/content-hash.ts'

/** A page without errors, read. */
export function readPage(text: string): Runbook {
  const { runbook, diagnostics } = parseRunbook('page.md', text)
  if (diagnostics.length > 0)
    throw new Error(diagnostics.map(({ message }) => message.en).join('; '))
  return runbook
}

/** A record of a page whose steps printed what `outputs` says, by id. */
export function recordOf(
  runbook: Runbook,
  outputs: Readonly<Record<string, string>>,
  changes: Partial<StepRecord> = {},
): RunbookRecord {
  const steps = runbook.steps.flatMap((step) => {
    const output = outputs[step.id]
    if (output === undefined) return []
    const record: StepRecord = {
      hash: stepHash(runbook, step),
      at: '2026-11-23T10:00:00.000Z',
      status: 'passed',
      durationMs: 10,
      variant: step.variant?.label,
      commands: [{ exit: 0, durationMs: 10, output }],
      ...changes,
    }
    return [[step.id, record] as const]
  })
  return {
    v: 1,
    runbook: 'page.md',
    platform: 'debian-12',
    at: '2026-11-23T10:00:00.000Z',
    run: '20261123-1000-abc',
    tool: 'runbook 0.1.0',
    host: { name: 'vm', os: 'Debian', arch: 'x86_64', kernel: '6.1', bash: '5.2', hostKey: null },
    steps: Object.fromEntries(steps),
  }
}
