import type { Message } from '../model/message.ts'

/**
 * Secrets that only a person knows: passphrases of key files, passwords, answers to a host's own
 * questions.
 *
 * Nobody is asked during a handshake, because the host limits its time. The connection is dropped,
 * the person is asked, and a new connection uses the answer. A right answer is kept until the
 * program ends, so that reconnecting asks nothing twice.
 */

export type CredentialQuestion =
  | { readonly kind: 'passphrase'; readonly host: string; readonly path: string }
  | { readonly kind: 'password'; readonly host: string; readonly login: string }
  | {
      readonly kind: 'keyboard'
      readonly host: string
      readonly login: string
      /** In the host's own words, which may be hostile. */
      readonly text: string
      readonly isHidden: boolean
    }

export interface Credentials {
  /** `undefined`: no person is available. */
  get(question: CredentialQuestion): Promise<string | undefined>
  /** The answer was wrong; the next `get` asks again. */
  forget(question: CredentialQuestion): void
}

/** @param ask - Asks a person; `isAgain`: the previous answer was wrong. */
export function createCredentials(
  ask: (question: CredentialQuestion, isAgain: boolean) => Promise<string | undefined>,
): Credentials {
  const known = new Map<string, Promise<string | undefined>>()
  const wrong = new Set<string>()
  return {
    get(question) {
      const key = keyOf(question)
      const answer = known.get(key) ?? ask(question, wrong.has(key))
      known.set(key, answer)
      return answer
    },
    forget(question) {
      const key = keyOf(question)
      known.delete(key)
      wrong.add(key)
    },
  }
}

/** A key file has one passphrase, whichever host it is for. */
function keyOf(question: CredentialQuestion): string {
  return question.kind === 'passphrase' ? question.path : JSON.stringify(question)
}

/** Answers given to one host so far, over several login attempts. */
export interface Told {
  /** Keys that the host refused, by label; offering them again could end the login. */
  readonly refused: Map<string, Message>
  readonly passphrases: Map<string, string>
  readonly passphraseTries: Map<string, number>
  /** Key files for which nobody gave the passphrase. */
  readonly locked: Set<string>
  password: string | undefined
  /** Answers to the host's own questions, round by round. */
  rounds: (readonly string[])[]
  /** Number of wrong passwords and answers. */
  wrong: number
}

export function toldNothing(): Told {
  return {
    refused: new Map(),
    passphrases: new Map(),
    passphraseTries: new Map(),
    locked: new Set(),
    password: undefined,
    rounds: [],
    wrong: 0,
  }
}

/** OpenSSH's limit; more attempts could lock the account. */
export const maxWrong = 3

/**
 * Asks for the answers that a login needs.
 *
 * @returns Whether to try again: there is a new answer, or a key is now known to be unusable.
 */
export async function answerNeeds(
  needs: readonly CredentialQuestion[],
  told: Told,
  credentials: Credentials | undefined,
): Promise<boolean> {
  const [first] = needs
  if (!first || told.wrong >= maxWrong) return false
  const ask = async (question: CredentialQuestion): Promise<string | undefined> => {
    if (told.wrong > 0) credentials?.forget(question)
    return credentials?.get(question)
  }
  if (first.kind === 'passphrase') {
    const before = told.passphrases.get(first.path)
    if (before !== undefined) credentials?.forget(first)
    const passphrase = await credentials?.get(first)
    const tries = (told.passphraseTries.get(first.path) ?? 0) + 1
    told.passphraseTries.set(first.path, tries)
    if (passphrase === undefined || passphrase === '' || tries > maxWrong)
      told.locked.add(first.path)
    else told.passphrases.set(first.path, passphrase)
    return true
  }
  const answers: string[] = []
  for (const question of needs) {
    const answer = await ask(question)
    if (answer === undefined) return false
    answers.push(answer)
  }
  if (first.kind === 'password') [told.password] = answers
  else told.rounds.push(answers)
  return true
}
