/**
 * A program as boxes in boxes: each module is one, a program has those of its modules inside, and arrows say what goes
 * where. This is what a picture shows, before anything has a size or a place.
 */

import { CONTINUE, ENTER } from '../../symbolic/index.ts'
import { Graph, INPUT } from '../flow/graph.ts'
import { Branch } from '../language/branch.ts'
import { LanguageModule } from '../language/language-module.ts'
import { Module } from '../module.ts'
import { ScriptModule } from '../script-module.ts'
import { Sequential } from '../sequential.ts'
import { trainablesIn } from '../trainable.ts'
import type { Link } from './layered.ts'
import { shortSchema } from './short-schema.ts'

/** What a box is drawn as. */
export type Tone = 'language' | 'script' | 'program' | 'other' | 'port'

export interface Box {
  /** What it is called where it stands. */
  readonly title: string
  readonly tone: Tone
  /** What is written below the title. */
  readonly lines: readonly string[]
  /** Everything else about it, for who points at it. */
  readonly hover: string
  /** Whether anything at or below it may be trained. */
  readonly isTrainable: boolean
  readonly inside?: Inside | undefined
}

export interface Inside {
  readonly boxes: ReadonlyMap<string, Box>
  readonly links: readonly Link[]
}

/** The box of a module, which is called by a title unless it has a name. */
export function boxOf(module: Module, title: string): Box {
  const inside = insideOf(module)
  return {
    title: module.name === '' || module.name === title ? title : `${title} · ${module.name}`,
    tone: toneOf(module, inside),
    lines: linesOf(module),
    hover: hoverOf(module),
    isTrainable: trainablesIn(module).size > 0,
    inside,
  }
}

const toneOf = (module: Module, inside: Inside | undefined): Tone => {
  if (module instanceof LanguageModule) return 'language'
  if (module instanceof ScriptModule) return 'script'
  return inside === undefined ? 'other' : 'program'
}

const shortType = ({ typeName }: Module): string => typeName.slice(typeName.lastIndexOf('.') + 1)

function linesOf(module: Module): string[] {
  const first = firstLine(textOf(module))
  return [shortType(module), ...(first === '' ? [] : [first])]
}

function hoverOf(module: Module): string {
  const { typeName, description, inputSpec, outputSpec } = module
  const lines = [
    `${module.path || 'the program'}: ${typeName}`,
    description,
    `takes ${shortSchema(inputSpec)}`,
    `gives ${shortSchema(outputSpec)}`,
    textOf(module).trim(),
  ]
  const text = lines.filter(line => line !== '').join('\n')
  return text.length > MOST_HOVER ? `${text.slice(0, MOST_HOVER)}…` : text
}

/** The script or the instructions, as they are now. */
function textOf(module: Module): string {
  const text =
    module instanceof LanguageModule
      ? module.instructions.at('text')
      : module instanceof ScriptModule
        ? module.state.at('script')
        : ''
  return typeof text === 'string' ? text : 'not chosen yet'
}

function firstLine(text: string): string {
  const line = text.trim().split('\n')[0] ?? ''
  return line.length > MOST_LINE ? `${line.slice(0, MOST_LINE - 1)}…` : line
}

const MOST_LINE = 44
const MOST_HOVER = 1500

const [IN, OUT] = ['in', 'out'] as const

/** What is drawn inside of a module; undefined when there is nothing. */
function insideOf(module: Module): Inside | undefined {
  if (module instanceof Sequential) return insideOfSequential(module)
  if (module instanceof Graph) return insideOfGraph(module)
  if (module instanceof Branch) return insideOfBranch(module)
  const parts = partsOf(module)
  return parts.length === 0
    ? undefined
    : { boxes: new Map(parts.map(([path, part]) => [path, boxOf(part, path)])), links: [] }
}

const port = (title: string): Box => ({ title, tone: 'port', lines: [], hover: '', isTrainable: false })

/** Ports cannot be told from steps by their names, so the keys of the others are made different. */
const keyOf = (name: string): string => `:${name}`

const withPorts = (boxes: readonly (readonly [name: string, module: Module])[]): Map<string, Box> =>
  new Map([
    [IN, port('input')],
    ...boxes.map(([name, module]): [string, Box] => [keyOf(name), boxOf(module, name)]),
    [OUT, port('output')],
  ])

function insideOfSequential({ modules }: Sequential): Inside {
  const named = [...modules].map((module, i) => [String(i), module] as const)
  const keys = [IN, ...named.map(([name]) => keyOf(name)), OUT]
  return {
    boxes: withPorts(named),
    links: keys.slice(1).map((to, i) => ({ from: keys[i] as string, to })),
  }
}

function insideOfGraph({ steps, output }: Graph): Inside {
  const source = (name: string): string => (name === INPUT ? IN : keyOf(name))
  const links = steps
    .entries()
    .flatMap(([name, { from, needs }]) =>
      [...from].map((each): Link => ({ from: source(each), to: keyOf(name), isDashed: needs === 'any' })),
    )
  const ends = [...output].map((name): Link => ({ from: source(name), to: OUT, isDashed: output.length > 1 }))
  return {
    boxes: withPorts(steps.entries().map(([name, { module }]) => [name, module] as const)),
    links: [...links, ...ends],
  }
}

function insideOfBranch({ decision, branches }: Branch): Inside {
  const labels = branches.keys()
  const named = [
    ['decision', decision] as const,
    ...branches.entries().map(([label, way]) => [`→ ${label}`, way] as const),
  ]
  return {
    boxes: withPorts(named),
    links: [
      { from: IN, to: keyOf('decision') },
      ...labels.flatMap((label): Link[] => [
        { from: keyOf('decision'), to: keyOf(`→ ${label}`), isDashed: true },
        { from: keyOf(`→ ${label}`), to: OUT, isDashed: true },
      ]),
    ],
  }
}

/** The modules right below one, by their paths from it. */
function partsOf(module: Module): [path: string, part: Module][] {
  const parts: [string, Module][] = []
  module.walk((path, node) => {
    if (!(node instanceof Module) || path.isRoot) return ENTER
    parts.push([path.toString(), node])
    return CONTINUE
  })
  return parts
}
