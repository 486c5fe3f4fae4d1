/** The processes that a run leaves running on a host, as reported by `close.sh`. */

import type { LeftRunning } from '../run/ports.ts'
import { mostNumber, readNumber, readText } from './host-says.ts'
import { createShellScanner } from './marker.ts'

/** Limit of processes that are named. */
const mostTold = 50

/** @param user - The user whose shell started them. */
export function leftRunning(
  said: Buffer,
  shellNonce: string,
  user: string | null,
): readonly LeftRunning[] {
  const found = createShellScanner(shellNonce, mostNumber).push(said)
  return found
    .flatMap((mark) => (Buffer.isBuffer(mark) || mark.kind !== 'l' ? [] : [mark.fields]))
    .flatMap(([numberText, pidText, file = '', ...command]) => {
      const number = readNumber(numberText, mostNumber)
      const pid = readNumber(pidText, mostNumber)
      if (number === undefined || pid === undefined) return []
      return [{ user, number, pid, command: readText(command.join(':')), output: readText(file) }]
    })
    .slice(0, mostTold)
}
