/** An output for tests that keeps what was written. */

import type { Output } from '../../../src/search/index.ts'

export interface Paper extends Output {
  text: string
}

export const paper = (terminal: Pick<Output, 'isTTY' | 'columns'> = {}): Paper => ({
  ...terminal,
  text: '',
  write(text) {
    this.text += text
  },
})
