/** How a step changes a file of its host, or why that is unknown. */

/** Why the lines of a change are hidden. */
export type HiddenDiff =
  /** The text holds a secret: the old file may hold an older one, which is not masked. */
  | 'secret'
  /** The old file was too large to read, or too many lines differ. */
  | 'too-large'

export interface FileChange {
  readonly kind: 'changes'
  readonly isNew: boolean
  readonly added: number
  readonly removed: number
  /** A unified diff; `undefined` where it is hidden. */
  readonly diff: string | undefined
  readonly hidden: HiddenDiff | undefined
  readonly mode: { readonly from: string; readonly to: string } | undefined
}

export type FileForecast =
  | FileChange
  | { readonly kind: 'equal' }
  /** One sentence that says why the host's file cannot be compared. */
  | {
      readonly kind: 'unknown'
      readonly why: string
      /** The file is not fit for the step as it is now, and steps that run before may change that. */
      readonly mayChange?: true
    }
