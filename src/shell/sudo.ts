/** The password for sudo on one host: asked once, kept in memory, never tried again once wrong. */

import type { Account } from './open-channel.ts'
import { ShellError } from './shell-error.ts'

/** `undefined`: nobody is there to be asked. */
export type SudoPassword = () => Promise<string | undefined>

export interface Sudo {
  /** As far as it is known by now. */
  account(name: string): Account
  /**
   * Tries first without a password, then with the one that is asked for.
   *
   * @throws {ShellError} What sudo said.
   */
  become<T>(name: string, use: (account: Account) => Promise<T>): Promise<T>
}

export function createSudo(ask: SudoPassword | undefined): Sudo {
  let password: string | undefined
  let asking: Promise<string | undefined> | undefined
  let refused: ShellError | undefined
  const account = (name: string): Account => ({ name, password })
  let turn: Promise<unknown> = Promise.resolve()
  const withPassword = async <T>(
    name: string,
    use: (account: Account) => Promise<T>,
  ): Promise<T> => {
    try {
      return await use(account(name))
    } catch (error) {
      if (error instanceof ShellError && error.reason === 'sudo-wrong-password') refused = error
      throw error
    }
  }
  return {
    account,
    async become(name, use) {
      if (refused) throw refused
      if (password !== undefined) return withPassword(name, use)
      try {
        return await use(account(name))
      } catch (error) {
        if (!(error instanceof ShellError) || error.reason !== 'sudo-password') throw error
        asking ??= ask?.()
        const given = await asking
        if (given === undefined) throw error
        password = given
      }
      // One after the other: whoever comes second may learn that it is wrong.
      const mine = turn.then(() => {
        if (refused) throw refused
        return withPassword(name, use)
      })
      turn = mine.catch(() => {})
      return mine
    },
  }
}
