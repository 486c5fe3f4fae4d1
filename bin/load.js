/**
 * Loads the bundles of `dist/` with the code that V8 made of them when they were built
 * (docs/adr/0003-bundled-command-line.md). V8 itself refuses the code of another version or text; then,
 * and where there is none, it compiles as for any file.
 */
'use strict'

const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const { Script } = require('node:vm')

/**
 * A `require` for the bundles of a folder, and for what is installed beside us.
 *
 * @param compiled - Called with each bundle's script and file.
 */
function bundlesOf(folder = join(__dirname, '../dist'), compiled = undefined) {
  const loaded = new Map()
  const requireFrom = (id) => {
    if (!id.endsWith('.cjs')) return require(id)
    const file = join(folder, id)
    const known = loaded.get(file)
    if (known) return known.exports
    const module = { exports: {} }
    loaded.set(file, module)
    const script = compile(file, id)
    compiled?.(script, file)
    script.runInThisContext()(module.exports, requireFrom, module, file, folder)
    return module.exports
  }
  return requireFrom
}

function compile(file, id) {
  // The build leaves nothing but ASCII, and Latin-1 is read fastest.
  const text = readFileSync(file, 'latin1')
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${text}\n})`
  // The code keeps the name that it was built with, which stacks show.
  return new Script(wrapped, { filename: join('dist', id), cachedData: codeOf(file) })
}

function codeOf(file) {
  try {
    return readFileSync(`${file}.code`)
  } catch {
    return undefined
  }
}

module.exports = { bundlesOf }
