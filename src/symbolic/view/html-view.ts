/**
 * The second half of the script of a page: rows, keys, search box, hover card. All text goes in by `textContent`, so
 * nothing in a tree is ever read as markup. Plain JavaScript as text, like the first half.
 */

/** Shows the tree and answers the reader; needs what `MODEL_SCRIPT` defines. */
export const VIEW_SCRIPT = `
const view = { hideDefaults: options.hideDefaults, query: '', root: null, shown: null, hits: [], at: -1 }
const byId = id => document.getElementById(id)
const [tree, card, toast, box, count] = ['tree', 'card', 'toast', 'search', 'count'].map(byId)

function element(tag, className, text) {
  const made = document.createElement(tag)
  if (className) made.className = className
  if (text !== undefined) made.textContent = text
  return made
}

/** Text with what was searched for marked. */
function marked(className, text) {
  const made = element('span', className)
  const wanted = view.query.toLowerCase()
  // Letters whose lower case is longer would shift the marks.
  const lower = text.toLowerCase()
  if (wanted === '' || lower.length !== text.length) return made.append(text), made
  let from = 0
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    made.append(text.slice(from, at), element('mark', '', text.slice(at, at + wanted.length)))
    from = at + wanted.length
  }
  made.append(text.slice(from))
  return made
}

const SIGNS = { added: '+', removed: '−', changed: '~' }
const MAX_TEXT = 160

function makeRow(item, depth, at, of) {
  const row = element('div', 'row ' + (item.kind || ''))
  row.item = item
  item.row = row
  row.setAttribute('role', 'treeitem')
  row.setAttribute('aria-level', depth + 1)
  row.setAttribute('aria-posinset', at + 1)
  row.setAttribute('aria-setsize', of)
  row.style.setProperty('--depth', depth)
  row.tabIndex = -1
  fill(row)
  return row
}

function fill(row) {
  const { item } = row
  row.replaceChildren()
  if (hasKids(item)) row.setAttribute('aria-expanded', item.open === true)
  if (item.isDefault) row.classList.add('default')
  const key = element('div', 'key')
  if (isDiff) {
    const isChange = item.kind in SIGNS && item.below === undefined && item.group === undefined
    key.append(element('span', 'sign', isChange ? SIGNS[item.kind] : ''))
    if (isChange) key.append(element('span', 'unseen', item.kind + ': '))
  }
  key.append(element('span', hasKids(item) ? 'twist' : 'twist none'))
  if (item.group !== undefined) key.append(element('span', 'group', groupText(item)))
  else if (item.parent !== null) {
    key.append(marked(typeof item.key === 'number' ? 'name index' : 'name', item.key === '' ? "''" : String(item.key)))
    if (item.was !== undefined) key.append(element('span', 'was', '← ' + item.was))
    if (item.types !== undefined && item.types[0] === item.types[1] && typeOf(item).kind === 'object')
      key.append(marked('was', shortName(typeOf(item).name)))
  } else if (isDiff) key.append(marked('name', options.rootName))
  // Something to stand on the line by, where there is no text.
  key.append('\u200b')
  row.append(key)
  if (item.group !== undefined) return
  if (isDiff) {
    row.append(cell(item, 'left'), cell(item, 'right'))
  } else row.append(cell(item, 'right'))
  if (item.parent !== null) {
    const copy = element('button', 'copy', 'Copy path')
    copy.type = 'button'
    copy.tabIndex = -1
    copy.setAttribute('aria-label', 'Copy path ' + pathOf(item))
    row.append(copy)
  }
}

function cell(item, side) {
  const made = element('div', 'value ' + side)
  const value = item[side]
  if (item.types !== undefined) {
    const [left, right] = item.types
    if (left !== right) {
      made.append(typeMark(types[side === 'left' ? left : right]))
    }
    return made
  }
  if (value === undefined) return made
  made.classList.add('leaf-cell')
  if (item.kind === 'same' && side === 'left') made.classList.add('quiet')
  if (!isPart(value)) return made.append(leaf(item, side)), made
  const [type, sealed, values] = partOf(value)
  made.append(typeMark(types[type]))
  if (types[type].kind !== 'object') made.append(element('span', 'size', number(values.length)))
  if (sealed) made.append(sealMark())
  if (!(item.kind === 'same' && side === 'left')) made.append(element('span', 'preview', previewOf(value)))
  return made
}

function typeMark(type) {
  return marked('type ' + type.kind, type.kind === 'object' ? shortName(type.name) : type.name)
}

function sealMark() {
  const made = element('span', 'seal')
  made.setAttribute('role', 'img')
  made.setAttribute('aria-label', 'sealed')
  return made
}

const isLow = code => 0xdc00 <= code && code < 0xe000

/** From where to where a text differs from another one, in whole characters. */
function changedSpan(text, other) {
  const length = Math.min(text.length, other.length)
  let start = 0
  while (start < length && text[start] === other[start]) start++
  if (isLow(text.charCodeAt(start))) start--
  let end = text.length
  let rest = length - start
  while (rest > 0 && text[end - 1] === other[other.length - text.length + end - 1]) end--, rest--
  if (isLow(text.charCodeAt(end))) end++
  return [start, end]
}

/** The part of a long text to show: around what was searched for or what changed, else the beginning. */
function windowOf(text, start) {
  const found = view.query === '' ? -1 : text.toLowerCase().indexOf(view.query.toLowerCase())
  const wanted = found >= 0 ? found : start
  let from = wanted < MAX_TEXT - 40 ? 0 : Math.min(wanted - 40, text.length - MAX_TEXT)
  if (isLow(text.charCodeAt(from))) from--
  let to = Math.min(text.length, from + MAX_TEXT)
  if (isLow(text.charCodeAt(to))) to--
  return [from, to]
}

function leaf(item, side) {
  const value = item[side]
  if (typeof value !== 'string') {
    const kind = Array.isArray(value) ? value[0] : value === null ? 'null' : typeof value
    return marked('leaf ' + kind, textOf(value))
  }
  const other = item.kind === 'changed' ? item[side === 'left' ? 'right' : 'left'] : null
  const span = typeof other === 'string' ? changedSpan(value, other) : [0, 0]
  const isLong = value.length > MAX_TEXT
  const isWhole = isLong && item.isWhole === true
  const [from, to] = isLong && !isWhole ? windowOf(value, span[0]) : [0, value.length]
  const inside = at => Math.max(from, Math.min(to, at))
  const [start, end] = span.map(inside)
  const piece = (text, className) => text !== '' && made.append(marked(className, isWhole ? text : quoted(text).slice(1, -1)))
  const made = element('span', isWhole ? 'leaf string whole' : 'leaf string')
  made.append((isWhole ? '' : "'") + (from > 0 ? '…' : ''))
  // Where nothing is in common, marking all of it would say nothing.
  const isPart = end - start < value.length
  piece(value.slice(from, start), '')
  piece(value.slice(start, end), isPart ? 'part' : '')
  piece(value.slice(end, to), '')
  made.append((to < value.length ? '…' : '') + (isWhole ? '' : "'"))
  if (!isLong) return made
  const more = element('button', 'more', isWhole ? 'show less' : number(value.length - (to - from)) + ' more characters')
  more.type = 'button'
  more.tabIndex = -1
  const both = element('span', '')
  both.append(made, ' ', more)
  return both
}

/** Rows for an item and what is open below it. */
function addRows(item, depth, to, at = 0, of = 1) {
  to.append(makeRow(item, depth, at, of))
  if (item.open && hasKids(item)) addKids(item, depth, to)
}

function addKids(item, depth, to) {
  const kids = kidsOf(item)
  kids.forEach((kid, i) => addRows(kid, depth + 1, to, i, kids.length))
}

function render() {
  hideCard()
  const rows = document.createDocumentFragment()
  if (view.shown !== null) addRows(view.shown, 0, rows)
  else rows.append(element('p', 'none-found', view.query === '' ? 'There is no difference.' : 'Nothing here matches.'))
  tree.replaceChildren(rows)
  const first = tree.querySelector('.row')
  if (first !== null) first.tabIndex = 0
}

const depthOf = row => Number(row.getAttribute('aria-level')) - 1

function toggle(row, isOpen) {
  const { item } = row
  if (!hasKids(item) || item.open === isOpen) return
  item.open = isOpen
  row.setAttribute('aria-expanded', isOpen)
  if (isOpen) {
    const rows = document.createDocumentFragment()
    addKids(item, depthOf(row), rows)
    row.after(rows)
  } else {
    const depth = depthOf(row)
    while (row.nextSibling !== null && depthOf(row.nextSibling) > depth) row.nextSibling.remove()
  }
}

/** Opens what meets the condition, level by level, as long as the page stays light. */
function openAll(root, where) {
  let rows = 1
  let isWhole = true
  let level = [root]
  for (let depth = 0; level.length > 0; depth++) {
    const next = []
    for (const item of level) {
      if (!hasKids(item) || !where(item, depth)) continue
      const kids = kidsOf(item)
      const isLight = rows + kids.length <= MAX_ROWS && !(item.group !== undefined && item.total > 1000)
      isWhole &&= isLight
      if (!isLight) continue
      item.open = true
      rows += kids.length
      for (const kid of kids) next.push(kid)
    }
    level = next
  }
  return isWhole
}

function closeAll(item) {
  for (const kid of item.kids ?? []) closeAll(kid)
  item.open = false
}

function fresh() {
  const root = rootItem()
  const { collapseLevel } = options
  if (isDiff && collapseLevel === undefined) openAll(root, item => item.below !== undefined || item.group !== undefined)
  else openAll(root, (_, depth) => collapseLevel === null || depth < (collapseLevel ?? 1))
  for (const path of options.open) openPath(root, path)
  return root
}

/** Opens what leads to a path, and what stands there. */
function openPath(root, keys) {
  let item = root
  for (const key of keys) {
    item.open = true
    let kids = kidsOf(item)
    let found = kids.find(kid => kid.group === undefined && kid.key === key)
    while (found === undefined) {
      const group = kids.find(kid => kid.group !== undefined && kid.group.some(each => each.key === key))
      if (group === undefined) return
      group.open = true
      kids = kidsOf(group)
      found = kids.find(kid => kid.group === undefined && kid.key === key)
    }
    item = found
  }
  item.open = true
}
`
