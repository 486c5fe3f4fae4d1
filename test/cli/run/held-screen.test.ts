import { expect, test } from 'vitest'
import { HeldScreen } from '../../../src/cli/run/held-screen.ts'

function screenAnd(): { readonly screen: HeldScreen; readonly shown: () => string } {
  let text = ''
  const screen = new HeldScreen((more) => (text += more))
  return { screen, shown: () => text }
}

test('while a question is open the screen waits, and shows all of it afterwards', () => {
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

test('a program that reads us is not kept waiting', () => {
  const { screen, shown } = screenAnd()
  screen.hold()
  screen.pass('{"kind":"output"}\n')
  screen.flush()
  expect(shown()).toBe('{"kind":"output"}\n')
})

test('a flood has to wait until the question is answered', async () => {
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
