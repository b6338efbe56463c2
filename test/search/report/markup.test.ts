import { expect } from 'chai'
import { escapeJson, html, lineText, shortened, trusted } from '../../../src/search/report/markup.ts'

const HOSTILE = `"><script>alert('1')</script>&`

describe('html', () => {
  it('escapes what is put in, between tags and in attributes', () => {
    expect(html`<p title="${HOSTILE}">${HOSTILE}</p>`.text).to.equal(
      `<p title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</p>`,
    )
  })

  it('takes markup, lists and nothing as they are', () => {
    const rows = [1, 'b<'].map(each => html`<li>${each}</li>`)
    expect(html`<ul>${rows}${null}${false}${0}</ul>${trusted('<hr>')}`.text).to.equal(
      '<ul><li>1</li><li>b&lt;</li>0</ul><hr>',
    )
  })

  it('shows signs that are not seen', () => {
    expect(html`${'a\u202eb\u0007c\nd'}`.text).to.equal('a\ufffdb\ufffdc\nd')
  })
})

describe('texts', () => {
  it('in a script element cannot end it', () => {
    const json = escapeJson(JSON.stringify({ a: '</script><!--\u2028' }))
    expect(json).not.to.match(/[<>\u2028]/)
    expect(JSON.parse(json)).to.deep.equal({ a: '</script><!--\u2028' })
  })

  it('are cut between characters', () => {
    expect(shortened('abcdef', 6)).to.equal('abcdef')
    expect(shortened('abcdefg', 6)).to.equal('abcde…')
    expect(shortened('abcd😀fg', 6)).to.equal('abcd…')
  })

  it('of a line cannot steer a terminal', () => {
    expect(lineText('a\u001b[2Jb\r\nc')).to.equal('a\ufffd[2Jb  c')
  })
})
