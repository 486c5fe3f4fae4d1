import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../../run/ports.ts'

/** Time as it passes on this computer; setting its clock does not matter. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  sleep: async (ms, signal) => {
    try {
      await sleep(ms, undefined, { signal })
    } catch (error) {
      if (!signal.aborted) throw error
    }
  },
}
