/**
 * Requirements that a machine may lack: tests that need them are skipped, with the reason in their
 * names. In CI that is an error, unless the run allows it, because nobody reads the names there.
 */

export type Need = 'hosts' | 'root'

interface Environment {
  readonly CI?: string | undefined
  /** Requirements that CI may lack, separated by commas. */
  readonly RUNBOOK_MAY_SKIP?: string | undefined
}

/**
 * @param lack - Why tests with this requirement cannot run here; `undefined`: they can.
 * @returns `lack`.
 * @throws {Error} In CI, unless the run allows to skip these tests.
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
