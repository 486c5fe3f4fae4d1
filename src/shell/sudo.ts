/**
 * The sudo password of one host: asked for once, kept in memory, and not tried again once wrong.
 */

import type { Account } from './open-channel.ts'
import { ShellError } from './shell-error.ts'

/** `undefined`: nobody can answer. */
export type SudoPassword = () => Promise<string | undefined>

export interface Sudo {
  /** With the password, if it is known by now. */
  account(name: string): Account
  /**
   * Tries without a password first, then asks for it.
   *
   * @throws {ShellError} With sudo's message.
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
      // Serialised, because the first attempt may show that the password is wrong.
      const mine = turn.then(() => {
        if (refused) throw refused
        return withPassword(name, use)
      })
      turn = mine.catch(() => {})
      return mine
    },
  }
}
