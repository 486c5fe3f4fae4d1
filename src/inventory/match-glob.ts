/** The part of a string's interface that matching uses. */
type Characters = Pick<string, 'length' | 'charCodeAt'>

const star = 42
const questionMark = 63

/**
 * Whether the whole `text` matches `pattern`: `*` matches any text, `?` any one character.
 *
 * Backtracks only to the last `*`; earlier ones could not match more.
 */
export function matchGlob(pattern: Characters, text: Characters): boolean {
  let at = 0
  let read = 0
  let lastStar = -1
  let starText = 0
  while (read < text.length) {
    const wanted = at < pattern.length ? pattern.charCodeAt(at) : -1
    if (wanted === star) {
      lastStar = at++
      starText = read
    } else if (wanted === questionMark || wanted === text.charCodeAt(read)) {
      at++
      read++
    } else if (lastStar >= 0) {
      at = lastStar + 1
      read = ++starText
    } else return false
  }
  while (at < pattern.length && pattern.charCodeAt(at) === star) at++
  return at === pattern.length
}
