import { ProcessOutput } from 'zx'

/** The machine cannot provide what a host needs. The message is for a person; no stack is shown. */
export class HostError extends Error {
  override readonly name = 'HostError'
}

/** The message for an expected failure; `undefined` for a bug of ours. */
export function explainFailure(error: unknown): string | undefined {
  if (error instanceof HostError) return error.message
  if (error instanceof ProcessOutput)
    return `a command failed: ${error.stderr.trim() || error.message}`
  return undefined
}
