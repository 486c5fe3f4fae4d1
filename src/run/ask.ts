import { mergedNames } from '../model/named.ts'
import {
  answerOf,
  type AskedCheck,
  askScript,
  asksHost,
  byPatience,
  type Known,
  readReplies,
  type Reply,
} from '../check/ask-checks.ts'
import { LineSearch } from '../check/line-search.ts'
import type { Check, CheckAnswer } from '../model/check.ts'
import type { Values } from '../plan/resolve-variables.ts'
import { bytesFromBase64 } from './byte-text.ts'
import type { HostSession, LostFolder } from './ports.ts'

/** The host, user and variables that checks are asked with. */
export interface Asking {
  readonly user: string | undefined
  readonly values: Values
  readonly known: Pick<Known, 'passedSteps'>
  /** Called if the shell's folder is gone and the checks are asked elsewhere. */
  readonly onLostFolder?: (lost: LostFolder) => void
}

const timeoutMs = 60_000
/**
 * An answer holds 1 MiB: the first pieces of eight files, or one later piece, plus all other
 * answers.
 */
const lineChecksAtOnce = 8
const firstPieceBytes = 64 * 1024
const laterPieceBytes = 512 * 1024
const othersAtOnce = 200
/** Limit of retries for checks that an earlier check kept from being answered. */
const maxSilences = 8

/**
 * Asks all checks and returns the answers in order. This takes one round trip, unless a file is
 * long or a check keeps the host from answering later ones; those are then asked again without it.
 */
export async function askChecks(
  session: HostSession,
  checks: readonly Check[],
  { user, values, known, onLostFolder }: Asking,
): Promise<readonly CheckAnswer[]> {
  const facts = { facts: session.facts, variables: new Set(Object.keys(values)), ...known }
  const answers = new Map<number, CheckAnswer>()
  const searches = new Map<number, LineSearch>()
  let silences = 0
  let open: readonly AskedCheck[] = checks
    .flatMap((check, index) => (asksHost(check) ? [firstAsked(check, index)] : []))
    .toSorted(byPatience)
  while (open.length > 0 && silences <= maxSilences) {
    const batch = nextBatch(open)
    const { script, env } = askScript(batch)
    const { stdout, lostFolder } = await session.probe({
      script,
      stdin: undefined,
      user,
      env: mergedNames(values, env),
      timeoutMs,
    })
    if (lostFolder) onLostFolder?.(lostFolder)
    const replies = readReplies(stdout)
    const [silent, ...unasked] = batch.filter(({ index }) => !replies.has(index))
    if (silent) silences++
    const further = batch.flatMap((asked): readonly AskedCheck[] => {
      const check = checks[asked.index]
      const reply = replies.get(asked.index)
      if (!check || !reply) return []
      if (check.question.kind !== 'line' || reply.status !== 0) {
        answers.set(asked.index, answerOf(check, reply, facts))
        return []
      }
      const search = searches.get(asked.index) ?? new LineSearch(check.question.pattern)
      searches.set(asked.index, search)
      const found = lineAnswer(check, reply, asked, search)
      if (found) answers.set(asked.index, found)
      else return [{ ...asked, skipBytes: search.searchedBytes, maxBytes: laterPieceBytes }]
      return []
    })
    open = [...unasked, ...further, ...open.filter((each) => !batch.includes(each))]
  }
  return checks.map((check, index) => answers.get(index) ?? notAnswered(check, facts))
}

function firstAsked({ question }: Check, index: number): AskedCheck {
  return { index, question, skipBytes: 0, maxBytes: firstPieceBytes }
}

/** As many checks as one answer has room for. */
function nextBatch(open: readonly AskedCheck[]): readonly AskedCheck[] {
  const [later] = open.filter(({ skipBytes }) => skipBytes > 0)
  if (later) return [later]
  const lines = open.filter(isLine).slice(0, lineChecksAtOnce)
  const others = open.filter((each) => !isLine(each)).slice(0, othersAtOnce)
  return [...lines, ...others].toSorted(byPatience)
}

function isLine({ question }: AskedCheck): boolean {
  return question.kind === 'line'
}

/** `undefined`: more of the file must be searched. */
function lineAnswer(
  check: Check,
  { text }: Reply,
  { maxBytes }: AskedCheck,
  search: LineSearch,
): CheckAnswer | undefined {
  const piece = bytesFromBase64(text)
  if (piece === undefined) return { check: check.text, holds: false, actual: 'no answer' }
  const result = search.push(piece, piece.length < maxBytes)
  switch (result) {
    case 'more':
      return undefined
    case 'found':
      return { check: check.text, holds: !check.negated, actual: 'found' }
    case 'none':
      return { check: check.text, holds: check.negated, actual: 'no such line' }
    case 'unknown':
      // Neither the check nor its negation is known to hold.
      return { check: check.text, holds: false, actual: `cut after ${search.searchedBytes} bytes` }
    default:
      return result satisfies never
  }
}

/** A check without an answer holds neither plain nor negated. */
function notAnswered(check: Check, known: Known): CheckAnswer {
  const answer = answerOf(check, undefined, known)
  return asksHost(check) ? { ...answer, holds: false } : answer
}
