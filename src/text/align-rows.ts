import { padDisplay, widest } from './display-width.ts'

/**
 * Renders rows as lines: each column as wide as its widest cell, two blanks between columns.
 *
 * @param rows - Cells without line ends; a cell may contain colours.
 * @param least - Minimum width of each column; 0 where omitted.
 */
export function alignRows(
  rows: readonly (readonly string[])[],
  least: readonly number[] = [],
): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    widest(
      rows.map((row) => row[column] ?? ''),
      least[column],
    ),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => padDisplay(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
