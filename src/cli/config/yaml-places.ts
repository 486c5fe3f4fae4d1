import { yamlProblem } from '../../parse/library-messages.ts'
import { messages } from './messages.ts'
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml'
import { deepYamlAt } from '../../parse/nesting.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'

/** A YAML document as plain values, with the position of each. */
export interface PlacedYaml {
  readonly value: unknown
  /** `FILE:LINE:COL` of the value at `path`, or of its nearest existing parent. */
  readonly placeOf: (path: readonly PropertyKey[]) => string
  /** `FILE:LINE:COL` of the last key of `path`. */
  readonly placeOfKey: (path: readonly PropertyKey[]) => string
}

/**
 * @param file - The name for messages.
 * @throws {UsageError} If the text is not YAML, nests too deep or has an unusable key.
 */
export function readPlacedYaml(file: string, text: string): PlacedYaml {
  const lines = new LineCounter()
  const deep = deepYamlAt(text)
  if (deep !== undefined) {
    const line = text.slice(0, deep).split('\n').length
    throw new UsageError(messages.at(`${file}:${line}:1`, messages.tooDeep), messages.writeFlatter)
  }
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
  })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  const [problem] = [...document.errors, ...document.warnings]
  if (problem) {
    throw new UsageError(
      messages.at(
        at(problem.pos[0]),
        yamlProblem(problem.code, problem.message.split('\n')[0] ?? ''),
      ),
    )
  }
  refuseKeys(document.contents, at)
  return {
    value: valueOf(document, at),
    placeOf: (path) => at(offsetOf(document, path, 'value')),
    placeOfKey: (path) => at(offsetOf(document, path, 'key')),
  }
}

function valueOf(document: Document, at: (offset: number) => string): unknown {
  try {
    return document.toJS() ?? {}
  } catch (error) {
    // The library limits how far aliases expand.
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    throw new UsageError(messages.at(at(0), yamlProblem('BAD_ALIAS', why)))
  }
}

/** Refuses keys that are not plain text, and `__proto__`, which plain objects drop silently. */
function refuseKeys(node: unknown, at: (offset: number) => string): void {
  if (isSeq(node)) for (const item of node.items) refuseKeys(item, at)
  if (!isMap(node)) return
  for (const { key, value } of node.items) {
    const offset = offsetIn(key) ?? 0
    if (!isScalar(key)) throw new UsageError(messages.at(at(offset), messages.keyNotText))
    if (key.value === '__proto__') {
      throw new UsageError(messages.at(at(offset), messages.notAName), messages.chooseAnother)
    }
    refuseKeys(value, at)
  }
}

/** Offset of the key or value at `path`, or of the last node that exists on it. */
function offsetOf(document: Document, path: readonly PropertyKey[], what: 'key' | 'value'): number {
  let node: unknown = document.contents
  let offset = offsetIn(node) ?? 0
  for (const [index, name] of path.entries()) {
    const isLast = index === path.length - 1
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(name))
      : undefined
    const next: unknown = pair ? pair.value : isSeq(node) ? node.items[Number(name)] : undefined
    const found = isLast && what === 'key' && pair ? pair.key : (next ?? pair?.key)
    const place = offsetIn(found)
    if (place === undefined) return offset
    offset = place
    node = next
  }
  return offset
}

function offsetIn(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}
