import { InvalidArgumentError } from '@commander-js/extra-typings'
import { messages } from './messages.ts'

/** Parses the value of `--port`. */
export function readPort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new InvalidArgumentError(`${messages.portForm.en}.`)
}
