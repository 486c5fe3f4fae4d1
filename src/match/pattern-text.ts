import type { ExpectedOutput } from '../model/expected.ts'

/** The part of an expectation that says what its lines stand for. */
export type PatternSource = Pick<ExpectedOutput, 'text' | 'isStart' | 'typed'>

/** An expectation as the lines of a whole output, in the spelling of an `output` fence. */
export function patternText({ text, isStart, typed }: PatternSource): string {
  if (typed !== undefined) return dialogText(text, typed)
  return isStart === true && text.trim() !== '' ? `${text.trimEnd()}\n...` : text
}

/** At a prompt the terminal echoes what was typed, in ways that depend on the program. */
function dialogText(text: string, typed: NonNullable<PatternSource['typed']>): string {
  const prompts = new Map(typed.map(({ line, prompt }) => [line, prompt]))
  const lines: string[] = []
  let between: string[] = []
  const close = () => {
    lines.push(...(between.every((line) => line.trim() === '') ? ['...'] : between))
    between = []
  }
  for (const [index, line] of text.trimEnd().split('\n').entries()) {
    const prompt = prompts.get(index)
    if (prompt === undefined) between.push(line)
    else {
      close()
      lines.push(`${prompt.replaceAll('<', '\\<')}<...>`)
    }
  }
  close()
  return lines.join('\n')
}
