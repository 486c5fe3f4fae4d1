import { describe, expect, test } from 'vitest'
import { startsWithCommand } from '../../src/lint/command-start.ts'

describe('a line of a tutorial is a command', () => {
  test.each([
    'git --version',
    'git version',
    'yum install git',
    'vi /etc/x.conf',
    'docker version',
  ])('%s', (line) => {
    expect(startsWithCommand(line)).toBe(true)
  })
})

describe('a line of a tutorial is what a command prints, or a sentence', () => {
  test.each([
    'git version 2.39.1',
    'docker version v24.0.7',
    'nginx version: nginx/1.22.1',
    'nginx is a web server',
    'docker has two parts',
  ])('%s', (line) => {
    expect(startsWithCommand(line)).toBe(false)
  })
})
