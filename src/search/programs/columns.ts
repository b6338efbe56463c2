/**
 * Straight bytecode on whole columns: each operation is one tight loop over all rows, which is several times as fast as
 * all operations for each row. Columns are lent to the stack and never written to; results of operations go to buffers.
 */

import * as op from './bytecode.ts'

/** Runs bytecode that never jumps on columns of inputs, and writes the results. */
export function runColumns(
  { code, constants, functions, height }: op.Bytecode,
  inputs: readonly Float64Array[],
  results: Float64Array,
): void {
  const rows = results.length
  const buffers = buffersOf(rows, height)
  const variables = [...inputs]
  const stack: Float64Array[] = []
  let top = -1
  for (let at = 0; code[at] !== op.END; ) {
    const operation = code[at++]!
    if (operation === op.LOAD) stack[++top] = variables[code[at++]!]!
    else if (operation === op.STORE) variables[code[at++]!] = stack[top--]!.slice()
    else if (operation === op.STEPS) at++
    else if (operation === op.CONSTANT) {
      stack[++top] = buffers[top]!.fill(constants[code[at++]!]!)
    } else {
      const arity = arityOf(operation)
      top -= arity - 1
      const out = buffers[top]!
      const [a, b, c] = [stack[top]!, stack[top + 1]!, stack[top + 2]!]
      if (operation < op.ADD) applyFunction(functions[code[at++]!]!, arity, out, a, b, c)
      else if (operation === op.SELECT) select(out, a, b, c)
      else if (arity === 1) applyOne(operation, out, a)
      else applyTwo(operation, out, a, b)
      stack[top] = out
    }
  }
  results.set(stack[0]!)
}

/** Buffers for each height of the stack; shared by all programs over so many rows, since one runs at a time. */
function buffersOf(rows: number, height: number): Float64Array[] {
  if (lent.rows !== rows) lent = { rows, buffers: [] }
  while (lent.buffers.length < height) lent.buffers.push(new Float64Array(rows))
  return lent.buffers
}

let lent: { rows: number; buffers: Float64Array[] } = { rows: 0, buffers: [] }

function arityOf(operation: number): number {
  if (operation < op.ADD) return operation - op.CALL1 + 1
  if (operation === op.SELECT) return 3
  return (op.NEGATE <= operation && operation <= op.COS) || operation === op.NOT ? 1 : 2
}

type Column = Float64Array

// A column may be its own result: each row is read before it is written.

function applyOne(operation: number, out: Column, a: Column): void {
  const n = out.length
  switch (operation) {
    case op.NEGATE:
      for (let i = 0; i < n; i++) out[i] = -a[i]!
      break
    case op.SQUARE:
      for (let i = 0; i < n; i++) out[i] = a[i]! * a[i]!
      break
    case op.ABS:
      for (let i = 0; i < n; i++) out[i] = Math.abs(a[i]!)
      break
    case op.FLOOR:
      for (let i = 0; i < n; i++) out[i] = Math.floor(a[i]!)
      break
    case op.SQRT:
      for (let i = 0; i < n; i++) out[i] = Math.sqrt(a[i]!)
      break
    case op.EXP:
      for (let i = 0; i < n; i++) out[i] = Math.exp(a[i]!)
      break
    case op.LOG:
      for (let i = 0; i < n; i++) out[i] = Math.log(a[i]!)
      break
    case op.SIN:
      for (let i = 0; i < n; i++) out[i] = Math.sin(a[i]!)
      break
    case op.COS:
      for (let i = 0; i < n; i++) out[i] = Math.cos(a[i]!)
      break
    default:
      for (let i = 0; i < n; i++) out[i] = 1 - a[i]!
  }
}

function applyTwo(operation: number, out: Column, a: Column, b: Column): void {
  const n = out.length
  switch (operation) {
    case op.ADD:
      for (let i = 0; i < n; i++) out[i] = a[i]! + b[i]!
      break
    case op.SUBTRACT:
      for (let i = 0; i < n; i++) out[i] = a[i]! - b[i]!
      break
    case op.MULTIPLY:
    case op.AND:
      for (let i = 0; i < n; i++) out[i] = a[i]! * b[i]!
      break
    case op.DIVIDE:
      for (let i = 0; i < n; i++) out[i] = a[i]! / b[i]!
      break
    case op.REMAINDER:
      for (let i = 0; i < n; i++) out[i] = a[i]! % b[i]!
      break
    case op.MIN:
      for (let i = 0; i < n; i++) out[i] = Math.min(a[i]!, b[i]!)
      break
    case op.MAX:
    case op.OR:
      for (let i = 0; i < n; i++) out[i] = Math.max(a[i]!, b[i]!)
      break
    case op.LESS:
      for (let i = 0; i < n; i++) out[i] = a[i]! < b[i]! ? 1 : 0
      break
    case op.LESS_OR_EQUAL:
      for (let i = 0; i < n; i++) out[i] = a[i]! <= b[i]! ? 1 : 0
      break
    default:
      for (let i = 0; i < n; i++) out[i] = a[i]! === b[i]! ? 1 : 0
  }
}

function select(out: Column, test: Column, yes: Column, no: Column): void {
  for (let i = 0; i < out.length; i++) out[i] = test[i]! === 0 ? no[i]! : yes[i]!
}

function applyFunction(
  run: (...args: number[]) => number | boolean,
  arity: number,
  out: Column,
  a: Column,
  b: Column,
  c: Column,
): void {
  const n = out.length
  if (arity === 1) for (let i = 0; i < n; i++) out[i] = Number(run(a[i]!))
  else if (arity === 2) for (let i = 0; i < n; i++) out[i] = Number(run(a[i]!, b[i]!))
  else for (let i = 0; i < n; i++) out[i] = Number(run(a[i]!, b[i]!, c[i]!))
}
