import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { readInside } from '../../project-files/read-file.ts'

const names = z.optional(z.record(z.string(), z.unknown()))
const shape = z.object({ dependencies: names, devDependencies: names })

/** Whether `npm ci` installs this program for the project. */
export function dependsOnUs(root: string): boolean {
  const file = join(root, 'package.json')
  if (!existsSync(file)) return false
  try {
    const { dependencies, devDependencies } = shape.parse(
      JSON.parse(readInside(root, file).toString()),
    )
    return Object.hasOwn({ ...dependencies, ...devDependencies }, 'runbook')
  } catch {
    // Not a package.json that npm can read.
    return false
  }
}
