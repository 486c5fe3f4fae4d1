import { expect, test } from 'vitest'
import { HeldScreen } from '../../../src/cli/run/held-screen.ts'

function screenAnd(): { readonly screen: HeldScreen; readonly shown: () => string } {
  let text = ''
  const screen = new HeldScreen((more) => (text += more))
  return { screen, shown: () => text }
}

test('output for the screen is buffered during a question, and all of it is shown afterwards', () => {
  const { screen, shown } = screenAnd()
  screen.add('before\n')
  screen.hold()
  expect(shown()).toBe('before\n')
  screen.add('meanwhile\n')
  screen.flush()
  expect(shown()).toBe('before\n')
  screen.release()
  expect(shown()).toBe('before\nmeanwhile\n')
})

test('output for a program is not delayed', () => {
  const { screen, shown } = screenAnd()
  screen.hold()
  screen.pass('{"kind":"output"}\n')
  screen.flush()
  expect(shown()).toBe('{"kind":"output"}\n')
})

test('a flood waits until the question is answered', async () => {
  const { screen } = screenAnd()
  screen.hold()
  expect(screen.room()).toBeUndefined()
  screen.add('x'.repeat(1024 * 1024))
  const room = screen.room()
  expect(room).toBeInstanceOf(Promise)
  screen.release()
  await room
  expect(screen.room()).toBeUndefined()
})
