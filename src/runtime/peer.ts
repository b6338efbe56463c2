// Packages that are needed only by those who use them, found at the moment of need.
// In a bundle this file stands elsewhere, or nowhere; so the folder of the program is looked from as well.

import { createRequire } from 'node:module'
import { join } from 'node:path'

/** The file of a package, as `require` would find it from here or from the program's folder. */
export function findPeer(name: string): string | undefined {
  for (const from of [import.meta.url, join(process.cwd(), 'index.js')]) {
    try {
      return createRequire(from).resolve(name)
    } catch {
      // It may be found from the next.
    }
  }
  return undefined
}
