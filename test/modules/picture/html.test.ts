import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { Identity, programHtml, Sequential } from '../../../src/modules/index.ts'

describe('programHtml', () => {
  const program = new Sequential({ name: 'A & B', description: 'Does <nothing>.', modules: [new Identity()] })
  const page = programHtml(program)

  it('has the picture, the description and the table', () => {
    expect(page)
      .to.contain('<h1>A &amp; B</h1>')
      .and.contain('<p>Does &lt;nothing&gt;.</p>')
      .and.contain('<svg ')
    expect(page).to.contain('modules[0]  espalier.Identity')
    expect(programHtml(program, { title: 'Mine' })).to.contain('<title>Mine</title>')
  })

  it('loads and runs nothing, and allows just its own styles', () => {
    const styles = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text = '']) =>
      createHash('sha256').update(text).digest('base64'),
    )
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]
    expect(policy).to.equal(
      `default-src 'none'; style-src ${styles.map(hash => `'sha256-${hash}'`).join(' ')}`,
    )
    expect(page).not.to.match(/<script|<link|(?:src|href)=|style="/)
  })
})
