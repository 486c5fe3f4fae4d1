import type { ExpectedOutput } from '../model/expected.ts'

/** The fields of an expectation that define its pattern. */
export type PatternSource = Pick<ExpectedOutput, 'text' | 'isStart' | 'typed'>

/** An expectation as an `output` fence would spell it, for the whole output. */
export function patternText({ text, isStart, typed }: PatternSource): string {
  if (typed !== undefined)
    return dialogLines(text, typed)
      .map((line) => line.text)
      .join('\n')
  return isStart === true && text.trim() !== '' ? `${text.trimEnd()}\n...` : text
}

/** Maps a line of `patternText`, from 0, to a line of the expected text, from 1. */
export function lineOfPattern({ text, typed }: PatternSource, index: number): number {
  const line = typed === undefined ? index : dialogLines(text, typed)[index]?.line
  return (line ?? 0) + 1
}

interface DialogLine {
  readonly text: string
  /** Of the expected text, from 0. */
  readonly line: number
}

/**
 * Replaces input at a prompt by `<...>`, because programs echo it in different ways. Output that the
 * page leaves out between two prompts becomes `...`.
 */
function dialogLines(
  text: string,
  typed: NonNullable<PatternSource['typed']>,
): readonly DialogLine[] {
  const prompts = new Map(typed.map(({ line, prompt }) => [line, prompt]))
  const written = text.trimEnd().split('\n')
  const lines: DialogLine[] = []
  let between: DialogLine[] = []
  const close = (line: number) => {
    const isBlank = between.every((each) => each.text.trim() === '')
    lines.push(...(isBlank ? [{ text: '...', line }] : between))
    between = []
  }
  for (const [line, own] of written.entries()) {
    const prompt = prompts.get(line)
    if (prompt === undefined) between.push({ text: own, line })
    else {
      close(line)
      lines.push({ text: `${prompt.replaceAll('<', '\\<')}<...>`, line })
    }
  }
  close(written.length - 1)
  return lines
}
