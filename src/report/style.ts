import pc from 'picocolors'
import { isDone, type StepStatus } from '../model/step-status.ts'

/** Colours and marks for one sink; colour never carries meaning alone. */
export interface Palette {
  readonly unicode: boolean
  /** Whether to show the host's own colours: only at a person's terminal. */
  readonly hostColours: boolean
  readonly strong: (text: string) => string
  readonly dim: (text: string) => string
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
  readonly note: (text: string) => string
}

export function paletteFor({
  colour,
  unicode,
  hostColours = false,
}: {
  readonly colour: boolean
  readonly unicode: boolean
  readonly hostColours?: boolean
}): Palette {
  const colours = pc.createColors(colour)
  return {
    unicode,
    hostColours,
    strong: colours.bold,
    dim: colours.dim,
    good: colours.green,
    bad: (text) => colours.red(colours.bold(text)),
    note: colours.yellow,
  }
}

const marks: Readonly<Record<StepStatus, readonly [string, string]>> = {
  passed: ['✔', 'ok'],
  changed: ['✎', 'ok'],
  skipped: ['–', '--'],
  confirmed: ['✔', 'ok'],
  failed: ['✘', 'FAIL'],
  cancelled: ['■', 'STOP'],
  lost: ['?', 'LOST'],
  unknown: ['?', '??'],
}

/** One mark per status; plain words without Unicode. */
export function statusMark(status: StepStatus, palette: Palette): string {
  const [mark, word] = marks[status]
  const text = palette.unicode ? mark : word
  if (status === 'skipped') return palette.dim(text)
  return isDone(status) ? palette.good(text) : palette.bad(text)
}
