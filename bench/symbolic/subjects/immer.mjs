// immer with its defaults: what it returns is frozen.

import { applyPatches, enablePatches, produce } from 'immer'
import { draftOperations } from './drafts.mjs?immer'
import { plainOperations } from './plain.mjs?immer'

enablePatches()

export const immer = { ...plainOperations, ...draftOperations(produce, applyPatches), name: 'immer' }
