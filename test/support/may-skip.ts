/**
 * What a machine may lack: tests that need it are skipped, with the reason in their names. In CI
 * nobody reads names, so there the lack is an error, unless the run says that it is meant.
 */

export type Need = 'hosts' | 'root'

interface Environment {
  readonly CI?: string | undefined
  /** Needs that may be lacking in CI, between commas. */
  readonly RUNBOOK_MAY_SKIP?: string | undefined
}

/**
 * @param lack - Why tests with this need cannot run here; `undefined`: they can.
 * @returns The same.
 * @throws {Error} In CI, where the run does not say that these tests may be skipped.
 */
export function maySkip(
  need: Need,
  lack: string | undefined,
  { CI, RUNBOOK_MAY_SKIP = '' }: Environment = process.env,
): string | undefined {
  if (lack === undefined || CI !== 'true') return lack
  if (RUNBOOK_MAY_SKIP.split(',').includes(need)) return lack
  throw new Error(`in CI a skipped test is a failure: ${lack}; RUNBOOK_MAY_SKIP=${need} allows it`)
}

/** Why tests that need root cannot run here; `undefined`: they can. */
export function withoutRoot(): string | undefined {
  return maySkip('root', process.getuid?.() === 0 ? undefined : 'needs root')
}
