import { commandsOf, type Step } from './step.ts'

/** The title that the author gave a step by `title=`. */
export function givenTitle(step: Step): string | undefined {
  return step.attributes['title']
}

/**
 * The step's label in a list: its given title, else its first command, its file or its question.
 */
export function stepTitle(step: Step): string {
  const given = givenTitle(step)
  if (given !== undefined) return given
  if (step.kind === 'manual') return step.text
  if (step.kind === 'file' || step.kind === 'patch') return step.path
  if (step.kind === 'script') return step.run
  const [first, ...others] = commandsOf(step)
  const line = first?.text.split('\n')[0] ?? step.title
  return others.length > 0 || first?.text.includes('\n') === true ? `${line} …` : line
}
