/** A program as a table for people: its modules, variables and trainable fields by key path, and which may change. */

import { ENTER, SymObject } from '../symbolic/index.ts'
import { showValue } from './data-error.ts'
import { jsonOf } from './json.ts'
import { Module } from './module.ts'
import { isFrozen, trainableFields, trainablesIn } from './trainable.ts'
import { Variable } from './variable.ts'

/**
 * The table as text, one line a row:
 *
 *     path              type                      trainable  content
 *     (program)         espalier.Sequential       yes
 *     modules[0]        espalier.ScriptSynthesis  yes        rule
 *     modules[0].state  espalier.Variable         yes        {"script":"result = { y: inputs.x }"}
 *     modules[0].rule   field                     yes        nothing
 */
export function summarize(program: Module): string {
  const rows: Row[] = [['path', 'type', 'trainable', 'content']]
  const counts = { modules: 0, variables: 0 }
  const trainables = trainablesIn(program)
  program.walk((path, value) => {
    if (!(value instanceof SymObject)) return ENTER
    const place = path.toString()
    if (value instanceof Variable) {
      counts.variables++
      const isTrainable = trainables.has(path.child('value').toString())
      rows.push([place, value.typeName, word(isTrainable), showValue(jsonOf(value.value))])
    } else if (value instanceof Module) {
      counts.modules++
      rows.push([place || '(program)', value.typeName, word(!isFrozenIn(value)), value.name])
    }
    for (const [name, field] of value instanceof Variable ? [] : trainableFields(value)) {
      const at = path.child(name).toString()
      rows.push([at, 'field', word(trainables.has(at)), contentOf(field)])
    }
    return ENTER
  })
  const total = `${plural(counts.modules, 'module')}, ${plural(counts.variables, 'variable')}, ${plural(trainables.size, 'trainable place')}`
  return [...aligned(rows), total].join('\n')
}

type Row = readonly [path: string, type: string, trainable: string, content: string]

function aligned(rows: readonly Row[]): string[] {
  const widths = [0, 1, 2].map(column => Math.max(...rows.map(row => (row[column] as string).length)))
  return rows.map(row =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** Whether a module, or one above it, forbids training. */
function isFrozenIn(module: Module): boolean {
  return isFrozen(module) || module.ancestor(node => node instanceof SymObject && isFrozen(node)) !== null
}

function contentOf(value: unknown): string {
  if (!(value instanceof SymObject)) return showValue(value)
  const text = value.toString()
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

const word = (is: boolean): string => (is ? 'yes' : 'no')

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
