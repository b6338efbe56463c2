// mutative with its defaults: immer's recipes, results not frozen.

import { apply, create } from 'mutative'
import { draftOperations } from './drafts.mjs?mutative'
import { plainOperations } from './plain.mjs?mutative'

export const mutative = { ...plainOperations, ...draftOperations(create, apply), name: 'mutative' }
