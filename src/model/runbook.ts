import type { Lang } from './message.ts'
import type { Check } from './check.ts'
import type { Span } from './span.ts'
import type { Step } from './step.ts'

/** A value that a page leaves open. */
export interface Variable {
  readonly name: string
  readonly secret: boolean
  readonly default: string | undefined
  /** What to ask a person for. */
  readonly ask: string | undefined
  /** RE2 syntax; the whole value must match. */
  readonly pattern: string | undefined
  /** Takes the address by which this role's host was reached. */
  readonly address: string | undefined
  readonly span: Span
}

/** The name that a page gives a host. */
export interface Role {
  readonly name: string
  readonly title: string
  /** The host it is bound to unless `--host` says otherwise. */
  readonly host: string | undefined
}

/** One Markdown page, read. */
export interface Runbook {
  /** As it was given, with `/` between folders. */
  readonly file: string
  /** The page's part of a step's address: `04-mysql`; in a run no two pages share one. */
  readonly name: string
  readonly title: string
  /** In which it is written; `undefined` where it does not say, or says another. */
  readonly lang: Lang | undefined
  readonly requires: readonly string[]
  readonly provides: readonly Check[]
  readonly needs: readonly Check[]
  /** In the order in which the page declares them. */
  readonly roles: readonly Role[]
  readonly variables: readonly Variable[]
  readonly dir: string | undefined
  /** Of the front matter's `dir:`. */
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

/** Every name that an output may set or use on this page. */
export function declaredNames({
  variables,
  steps,
}: Pick<Runbook, 'variables' | 'steps'>): ReadonlySet<string> {
  const captured = steps.flatMap((step) => [...step.captures, ...step.secrets])
  return new Set([...variables.map(({ name }) => name), ...captured])
}
