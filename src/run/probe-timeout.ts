import type { HostSession } from './ports.ts'

/** A script of ours timed out. */
export class ProbeTimeout extends Error {
  override readonly name = 'ProbeTimeout'
  readonly timeoutMs: number

  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`)
    this.timeoutMs = timeoutMs
  }
}

/** The exit status of `timeout` at its limit. */
const timedOut = 124

/** A session whose probes throw `ProbeTimeout` at their time limit. */
export function withTimeout(session: HostSession): Pick<HostSession, 'probe'> {
  return {
    async probe(request) {
      const result = await session.probe(request)
      if (result.status === timedOut) throw new ProbeTimeout(request.timeoutMs)
      return result
    },
  }
}
