/** Allows one server per project: its address is stored in a file that only this user can read. */

import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { keepPrivate } from '../../project-files/keep-private.ts'
import { writeWhole } from '../../project-files/write-whole.ts'
import { processStartTime } from '../../journal/run-lock.ts'

const shape = z.object({ v: z.literal(1), pid: z.number(), start: z.string(), url: z.string() })

export type Instance = z.infer<typeof shape>

/** @returns The project's live server, if there is one. */
export async function livingInstance(root: string): Promise<Instance | undefined> {
  const kept = shape.safeParse(readJson(fileOf(root)))
  if (!kept.success) return undefined
  const { pid, start } = kept.data
  return (await processStartTime(pid)) === start ? kept.data : undefined
}

/** Stores this process's address. @returns Removes it again. */
export async function keepInstance(root: string, url: string): Promise<() => void> {
  keepPrivate(root)
  const { pid } = process
  const instance: Instance = { v: 1, pid, start: await processStartTime(pid), url }
  await writeWhole(fileOf(root), `${JSON.stringify(instance)}\n`, 0o600)
  return () => rmSync(fileOf(root), { force: true })
}

function fileOf(root: string): string {
  return join(root, '.runbook', 'serve.json')
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
