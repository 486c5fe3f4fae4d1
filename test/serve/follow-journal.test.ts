import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Journal } from '../../src/journal/journal.ts'
import type { RunEvent } from '../../src/model/run-event.ts'
import { followJournal } from '../../src/serve/follow-journal.ts'

test('a journal that lacks numbers is followed from any of them, nothing lost and nothing twice', async () => {
  const runs = mkdtempSync(join(tmpdir(), 'runbook-follow-'))
  onTestFinished(() => rmSync(runs, { recursive: true, force: true }))
  const of = { step: 'p#a', host: 'vm', index: 0 }
  const events: readonly RunEvent[] = [
    { kind: 'command-started', ...of, text: 'x', frame: null },
    // All but the first and the last of these are in the log beside the journal only.
    ...Array.from({ length: 9 }, (): RunEvent => ({
      kind: 'output',
      ...of,
      stream: 'merged',
      text: 'y'.repeat(524_288),
    })),
    { kind: 'command-ended', ...of, exit: 0, durationMs: 1, next: null },
  ]
  const journal = await Journal.open(runs, 'r', 'new')
  for (const [seq, event] of events.entries())
    await journal.append({ v: 1, seq, at: '2026-11-23T10:00:00.000Z', ...event })
  await journal.close()

  const seqsFrom = async (from: number) => {
    const { signal } = new AbortController()
    const seqs: number[] = []
    const lines = followJournal(journal.file, { from, signal, isOver: () => Promise.resolve(true) })
    for await (const line of lines) seqs.push((JSON.parse(line) as { seq: number }).seq)
    return seqs
  }
  expect(await seqsFrom(0)).toEqual([0, 1, 9, 10])
  expect(await seqsFrom(2)).toEqual([9, 10])
  expect(await seqsFrom(10)).toEqual([10])
  expect(await seqsFrom(11)).toEqual([])
})
