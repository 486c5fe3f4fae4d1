/**
 * The numbers of one shell's commands. A number is claimed once on the host, so that whatever is
 * sent twice runs once.
 *
 * A resumed run finds what its earlier life had sent, by what it was: the same command gets its
 * number again and so its answer; what has no place any more is passed over.
 */

import { createHash } from 'node:crypto'
import type { CommandRequest, EarlierPlace } from '../run/ports.ts'
import type { ShellPlace } from './open-shell.ts'

/** What is no command of a page. */
export const questionId = 'q'

export interface Numbers {
  /** Of the next frame. */
  readonly upcoming: number
  take(): number
  /** Whether a command may have the next number without a claim: an earlier life gave it to no other. */
  isFree(id: string): boolean
  /**
   * To be called before a number is taken for what was not sent ahead.
   *
   * @param id - `undefined` for a question.
   * @returns The number under which it had begun, where its shell is gone; else `undefined`.
   */
  claim(id: string | undefined): number | undefined
  /** Up to the end of this number, what is read belongs to nobody any more; 0: nothing. */
  readonly passedOver: number
}

/** Of what a command does; secrets are no part of it. */
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
  // That one was lost was said already.
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
