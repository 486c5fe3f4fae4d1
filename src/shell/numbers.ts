/**
 * Numbers the commands of one shell. The host accepts each number once, so a frame that is sent
 * twice runs once.
 *
 * A resumed run matches commands of its earlier life by their content: the same command gets its
 * old number and thereby its result. Numbers of commands that the page no longer contains are
 * skipped.
 */

import { createHash } from 'node:crypto'
import type { CommandRequest, EarlierPlace } from '../run/ports.ts'
import type { ShellPlace } from './open-shell.ts'

/** The id of frames that are not commands of a page. */
export const questionId = 'q'

export interface Numbers {
  /** Number of the next frame. */
  readonly upcoming: number
  take(): number
  /**
   * Whether a command may take the next number without a claim: no earlier life used it for another
   * command.
   */
  isFree(id: string): boolean
  /**
   * Call it before taking a number that was not sent ahead.
   *
   * @param id - `undefined` for a check.
   * @returns The number under which the command had begun in a shell that is gone; else
   * `undefined`.
   */
  claim(id: string | undefined): number | undefined
  /** Output up to the end of this number is discarded; 0: none. */
  readonly passedOver: number
}

/** Hash of a command's content, without secrets. */
export function idOf({ command, dir, stdin, env, secrets }: CommandRequest): string {
  const values = Object.entries(env).filter(([name]) => !secrets.includes(name))
  const text = JSON.stringify([command, dir ?? null, stdin ?? null, values])
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

export function createNumbers(
  { isFound, lastNumber, begun: all }: ShellPlace,
  at: EarlierPlace | undefined,
): Numbers {
  let last = isFound && at ? at.number - 1 : lastNumber
  let passedOver = 0
  // That command was already reported as lost.
  let begun = all.filter(({ number }) => isFound || !at?.isReported || number > at.number)
  const passOver = (number: number): void => {
    if (number <= last) return
    last = number
    passedOver = number
  }
  return {
    get upcoming() {
      return last + 1
    },
    get passedOver() {
      return passedOver
    },
    take() {
      last++
      begun = begun.filter(({ number }) => number !== last)
      return last
    },
    isFree(id) {
      const [next] = begun
      return next ? next.id === id && next.number === last + 1 : !isFound || last >= lastNumber
    },
    claim(id) {
      passedOver = 0
      const index = begun.findIndex((each) => each.id === id)
      const found = begun[index]
      if (!isFound) {
        begun = begun.slice(index + 1)
        return found?.number
      }
      passOver(found ? found.number - 1 : lastNumber)
      begun = found ? begun.slice(index + 1) : []
      return undefined
    },
  }
}
