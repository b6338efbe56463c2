/** A module that gives what it is given: for a branch that does nothing, and as a place to put a module later. */

import { register } from '../../symbolic/index.ts'
import type { Json } from '../json.ts'
import { Module } from '../module.ts'

/** The input as the output. */
export class Identity extends Module.define('espalier.Identity', {}) {
  async call(input: Json): Promise<Json> {
    return input
  }
}
register(Identity)
