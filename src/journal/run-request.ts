/** The request of a run, stored beside its journal for `resume` and `undo`. Holds no secrets. */

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
  /** SHA-256 of the ssh configuration that the person named, in hexadecimal. */
  sshConfigHash: z.optional(z.string()),
  record: z.nullable(z.enum(['all', 'partial'])),
  update: z.boolean(),
  keepGoing: z.boolean(),
  timeoutMs: z.nullable(z.number()),
  /** Number of concurrent hosts; missing in requests of earlier versions. */
  fleet: z.optional(
    z.object({
      parallel: z.nullable(z.number()),
      canary: z.nullable(z.number()),
      batchPercent: z.nullable(z.number()),
      maxFailPercent: z.nullable(z.number()),
    }),
  ),
  /** Its lanes run on workers, and their database has its events. */
  workers: z.optional(z.boolean()),
  /** The run that this one undoes. */
  undoes: z.optional(z.string()),
  /** By host name, to notice that a name leads to another machine. */
  machines: z.record(
    z.string(),
    z.object({
      machineId: z.string(),
      hostKey: z.nullable(z.string()),
      /** What a record says about the host; missing in requests of earlier versions. */
      facts: z.optional(
        z.object({
          osId: z.string(),
          osVersion: z.string(),
          osName: z.string(),
          arch: z.string(),
          kernel: z.string(),
          bash: z.string(),
        }),
      ),
    }),
  ),
})

export type RunRequest = z.infer<typeof shape>

/** @param folder - The run's folder. */
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

/** `undefined` if it is no request of this version. */
export function asRunRequest(value: unknown): RunRequest | undefined {
  return shape.safeParse(value).data
}

/** @throws {UsageError} If it is missing or unreadable. */
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
