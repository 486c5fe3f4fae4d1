/** How a step changes a file on its host, or why that is unknown. */

/** Why a diff is hidden. */
export type HiddenDiff =
  /** The text contains a secret; the old file may contain an earlier one that is not masked. */
  | 'secret'
  /** The old file is too large to read, or too many lines differ. */
  | 'too-large'

export interface FileChange {
  readonly kind: 'changes'
  readonly isNew: boolean
  readonly added: number
  readonly removed: number
  /** A unified diff; `undefined` if hidden. */
  readonly diff: string | undefined
  readonly hidden: HiddenDiff | undefined
  readonly mode: { readonly from: string; readonly to: string } | undefined
}

export type FileForecast =
  | FileChange
  | { readonly kind: 'equal' }
  /** Why the host's file cannot be compared, in one sentence. */
  | {
      readonly kind: 'unknown'
      readonly why: string
      /** The file does not suit the step now, but earlier steps may change that. */
      readonly mayChange?: true
    }
