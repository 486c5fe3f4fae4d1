import type { Lang } from './message.ts'
import type { Check } from './check.ts'
import type { Span } from './span.ts'
import type { Step } from './step.ts'

/** A value that a page leaves open. */
export interface Variable {
  readonly name: string
  readonly secret: boolean
  readonly default: string | undefined
  /** The question put to a person. */
  readonly ask: string | undefined
  /** RE2 syntax; must match the whole value. */
  readonly pattern: string | undefined
  /** The role whose host address becomes the value. */
  readonly address: string | undefined
  readonly span: Span
}

/** A page's name for a host. */
export interface Role {
  readonly name: string
  readonly title: string
  /** The default host; `--host` overrides it. */
  readonly host: string | undefined
}

/** One Markdown page after parsing. */
export interface Runbook {
  /** The path as given, with `/` between folders. */
  readonly file: string
  /** The page's part of a step's address: `04-mysql`; unique in a run. */
  readonly name: string
  readonly title: string
  /** The page's language; `undefined` if it sets none, or one that we do not speak. */
  readonly lang: Lang | undefined
  readonly requires: readonly string[]
  readonly provides: readonly Check[]
  readonly needs: readonly Check[]
  /** In the order of the page. */
  readonly roles: readonly Role[]
  readonly variables: readonly Variable[]
  readonly dir: string | undefined
  /** Span of the front matter's `dir:`. */
  readonly dirSpan: Span | undefined
  readonly tags: readonly string[]
  readonly steps: readonly Step[]
}

/** `04-mysql` for `runbook/04-mysql.md`. */
export function pageName(file: string): string {
  return (file.split('/').at(-1) ?? file).replace(/\.md$/i, '')
}

/** `04-mysql#install`. */
export function stepAddress({ name }: Pick<Runbook, 'name'>, step: Pick<Step, 'id'>): string {
  return `${name}#${step.id}`
}

/** Every name that the page's expected outputs may set or use. */
export function declaredNames({
  variables,
  steps,
}: Pick<Runbook, 'variables' | 'steps'>): ReadonlySet<string> {
  const captured = steps.flatMap((step) => [...step.captures, ...step.secrets])
  return new Set([...variables.map(({ name }) => name), ...captured])
}
