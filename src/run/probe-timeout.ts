import type { HostSession } from './ports.ts'

/** A script of ours was not over in time. */
export class ProbeTimeout extends Error {
  override readonly name = 'ProbeTimeout'
  readonly timeoutMs: number

  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`)
    this.timeoutMs = timeoutMs
  }
}

/** What a probe answers that was ended by its limit, as `timeout` says it. */
const timedOut = 124

/** A session whose probes throw `ProbeTimeout` where they are not over within their limit. */
export function withTimeout(session: HostSession): Pick<HostSession, 'probe'> {
  return {
    async probe(request) {
      const result = await session.probe(request)
      if (result.status === timedOut) throw new ProbeTimeout(request.timeoutMs)
      return result
    },
  }
}
