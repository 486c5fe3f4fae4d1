/**
 * What a run was asked to do, kept beside its journal for `resume` and `undo`. Secrets are not in it.
 */

import { messages } from './messages.ts'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { UsageError } from '../diagnostic/usage-error.ts'
import { readRegular } from '../project-files/read-file.ts'

const shape = z.object({
  v: z.literal(1),
  /** Absolute paths of the pages, in the order of the run. */
  pages: z.array(z.string()),
  hosts: z.array(z.object({ role: z.nullable(z.string()), hosts: z.array(z.string()) })),
  values: z.record(z.string(), z.string()),
  selection: z.object({
    from: z.nullable(z.string()),
    to: z.nullable(z.string()),
    only: z.array(z.string()),
    tags: z.array(z.string()),
  }),
  sshConfig: z.nullable(z.string()),
  /** SHA-256 of that file as the person named it, in hexadecimal. */
  sshConfigHash: z.optional(z.string()),
  record: z.nullable(z.enum(['all', 'partial'])),
  update: z.boolean(),
  keepGoing: z.boolean(),
  timeoutMs: z.nullable(z.number()),
  /** How many hosts at a time; a request of an earlier version has none of it. */
  fleet: z.optional(
    z.object({
      parallel: z.nullable(z.number()),
      canary: z.nullable(z.number()),
      batchPercent: z.nullable(z.number()),
      maxFailPercent: z.nullable(z.number()),
    }),
  ),
  /** The run that this one takes back. */
  undoes: z.optional(z.string()),
  /** By host name, so that another machine behind a name is seen. */
  machines: z.record(
    z.string(),
    z.object({ machineId: z.string(), hostKey: z.nullable(z.string()) }),
  ),
})

export type RunRequest = z.infer<typeof shape>

/** @param folder - Of the run. */
export function requestFile(folder: string): string {
  return join(folder, 'request.json')
}

export async function writeRunRequest(
  runsFolder: string,
  run: string,
  request: RunRequest,
): Promise<void> {
  const folder = join(runsFolder, run)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(requestFile(folder), `${JSON.stringify(request, undefined, 2)}\n`, {
    mode: 0o600,
  })
}

/** @throws {UsageError} Where it is not there or not readable. */
export function readRunRequest(runsFolder: string, run: string): RunRequest {
  const file = requestFile(join(runsFolder, run))
  let value: unknown
  try {
    value = JSON.parse(readRegular(file).toString())
  } catch {
    throw new UsageError(messages.requestUnreadable(file), messages.startAgain)
  }
  const result = shape.safeParse(value)
  if (result.success) return result.data
  throw new UsageError(messages.otherVersion(file), messages.startAgain)
}
